// Walks through one page of each kind as people do who have no mouse, need larger or wider text, less motion or other
// colours; and looks at what the largest document asks of a slow connection.
// Returns everything that is wrong as a list of { page, rule, selector, message }.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { newTab, startChromium } from './chromium.mjs';
import { openDetails, readOverflow } from './in-page.mjs';
import { kindsOf } from './kinds.mjs';
import { choosePage } from './print-checks.mjs';
import { leadsOn, openSite } from './site.mjs';
import { citeSome, focusNearEnd, readClipped, readFocus, readMotion, readShift, readUnforced } from './walk-in-page.mjs';

const WIDTHS = [320, 768, 1280];
/** Before compression: what a page may weigh. */
export const MOST_BYTES = 350 * 1024;
const MOST_SHIFT = 0.001;
// WCAG 1.4.3.
const LEAST_CONTRAST = 4.5;
// Each dialog over the largest document takes a quarter of a second: one item in so many, which meets all kinds.
const CITED = 7;
const FIRST_STOPS = 80;
const LAST_STOPS = 20;
const QUERY = '再委託';
// WCAG 1.4.12 names these values.
const SPACING = '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }'
  + ' p { margin-block-end: 2em !important; }';
// A connection on which a page of some hundred KB is seen while it comes.
const SLOW = { offline: false, latency: 100, downloadThroughput: 200_000, uploadThroughput: 100_000 };

/** Everything about the site in `dir`; `say` is told how long the parts took. */
export async function checkWalk(dir, say = () => {}) {
  const site = await openSite(dir);
  const browser = await startChromium();
  try {
    const kinds = new Map([...kindsOf(site)].filter(([, page]) => !leadsOn(site, page)));
    if (kinds.size === 0) throw new Error(`no HTML page in ${dir}`);
    const largest = choosePage(site);
    const problems = [];
    const part = async (name, work) => {
      const start = Date.now();
      problems.push(...await work());
      say(`${name}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
    };
    await part(`size of ${site.pages.length} pages`, async () => checkSizes(site));
    await part('keyboard', () => checkKeyboard(site, browser, [...new Set(['index.html', largest])]));
    await part('citations', () => checkCitations(site, browser, largest));
    await part('search', () => checkSearch(site, browser));
    await part(`widths and spacing of ${kinds.size} kinds`, () => checkWidths(site, browser, [...kinds.values()]));
    await part('motion', () => checkMotion(site, browser, [...kinds.values()]));
    await part('forced colours', () => checkForced(site, browser, [...kinds.values()]));
    await part('layout shift', () => checkShift(site, browser, largest));
    return { kinds: kinds.size, largest, problems };
  } finally {
    await browser.close();
    await site.close();
  }
}

export function checkSizes(site) {
  return site.pages
    .map((page) => [page, statSync(join(site.root, page)).size])
    .filter(([, bytes]) => bytes >= MOST_BYTES)
    .map(([page, bytes]) => ({ page, rule: 'size', selector: 'html', message: `${bytes} bytes, the most is ${MOST_BYTES}` }));
}

/** The citation of an item begins with the reference that its data give. */
async function checkCitations(site, browser, page) {
  const data = join(site.root, dirname(page), 'assessment.json');
  if (!existsSync(data)) return [];
  const anchor = (id) => id.replace(/\[(\d+)\]/g, '$1').replaceAll('.', '-');
  const references = new Map(JSON.parse(readFileSync(data, 'utf8')).items.map(({ id, ref }) => [anchor(id), ref]));
  const tab = await newTab(browser, { viewport: { width: 1280, height: 800 } });
  try {
    await tab.goto(site.urlOf(page));
    const cited = await tab.evaluate(citeSome, CITED);
    const items = cited.filter(({ id }) => references.has(id));
    if (items.length === 0) return [{ page, rule: 'citation', selector: 'a.self', message: 'no item can be cited' }];
    return items
      .filter(({ id, text }) => !text.includes(`）${references.get(id)}`))
      .map(({ id, text }) => ({ page, rule: 'citation', selector: `#${id}`, message: `${references.get(id)} is cited as ${text}` }));
  } finally {
    await tab.context().close();
  }
}

async function checkKeyboard(site, browser, pages) {
  const problems = [];
  for (const page of pages.filter((name) => site.pages.includes(name))) {
    for (const colorScheme of ['light', 'dark']) {
      problems.push(...(await walk(site, browser, page, colorScheme)).map((problem) => ({ page, ...problem })));
    }
  }
  return problems;
}

/** Tab from the top, the skip link, and Tab to the end. */
export async function walk(site, browser, page, colorScheme = 'light') {
  const tab = await newTab(browser, { viewport: { width: 1280, height: 800 }, colorScheme });
  try {
    await tab.goto(site.urlOf(page));
    const problems = await stops(tab, FIRST_STOPS);
    const [first] = problems.first;
    if (!first?.isSkipLink) {
      problems.push({ rule: 'skip-link', selector: first?.selector ?? 'html', message: 'the first stop is no link to the main content' });
    } else {
      problems.push(...await skip(tab, site, page));
    }
    await tab.goto(site.urlOf(page));
    const left = await tab.evaluate(focusNearEnd, LAST_STOPS);
    problems.push(...await stops(tab, left));
    return problems;
  } finally {
    await tab.context().close();
  }
}

/** A busy machine scrolls to what has the focus a moment later. */
async function isSeenLater(tab) {
  await tab.waitForTimeout(300);
  return (await tab.evaluate(readFocus))?.isSeen === true;
}

/** Presses Tab and looks at each stop. The list also has the first stops, as `first`. */
async function stops(tab, most) {
  const problems = [];
  problems.first = [];
  for (let count = 0; count < most; count += 1) {
    await tab.keyboard.press('Tab');
    const stop = await tab.evaluate(readFocus);
    if (!stop) break;
    if (!stop.isSeen) stop.isSeen = await isSeenLater(tab);
    if (problems.first.length < 2) problems.first.push(stop);
    const add = (rule, message) => problems.push({ rule, selector: stop.selector, message });
    if (stop.isSame) {
      add('keyboard-trap', 'Tab does not leave it');
      break;
    }
    if (!stop.isAfter) add('focus-order', 'the focus goes back in the page');
    if (stop.contrast !== null && stop.contrast < LEAST_CONTRAST) add('focus-contrast', `what has the focus has a contrast of ${stop.contrast.toFixed(2)}`);
    if (!stop.hasOutline) add('focus-visible', 'the focus has no outline');
    if (!stop.isSeen) add('focus-seen', 'what has the focus is hidden, outside the window or under something');
  }
  return problems;
}

async function skip(tab, site, page) {
  await tab.goto(site.urlOf(page));
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('Enter');
  await tab.keyboard.press('Tab');
  const stop = await tab.evaluate(readFocus);
  if (!stop || stop.isInMain) return [];
  // A main part without a link has no stop; what comes after it is right then.
  const hasStops = await tab.evaluate(() => document.querySelector('main a[href], main button, main input, main summary') !== null);
  if (!hasStops) return [];
  return [{ rule: 'skip-link', selector: stop.selector, message: 'after the skip link, Tab does not go into the main content' }];
}

/** Types a question, and goes to a result by keyboard. The page says itself how it shows results: as links. */
export async function checkSearch(site, browser) {
  const page = 'search/index.html';
  if (!site.pages.includes(page)) return [];
  const wrong = (selector, message) => [{ page, rule: 'search', selector, message }];
  const tab = await newTab(browser, { viewport: { width: 1280, height: 800 } });
  try {
    await tab.goto(site.urlOf(page));
    const field = tab.locator('main input[type=search], main input[name=q]').first();
    if (await field.count() === 0) return wrong('input', 'there is no field for a question');
    const links = () => tab.evaluate(() => [...document.querySelectorAll('main a[href]')].map((link) => link.href));
    const before = new Set(await links());
    await field.focus();
    await tab.keyboard.type(QUERY);
    await tab.keyboard.press('Enter');
    let found = [];
    for (let wait = 0; wait < 100 && found.length === 0; wait += 1) {
      await tab.waitForTimeout(100);
      found = (await links().catch(() => [])).filter((href) => !before.has(href));
    }
    if (found.length === 0) return wrong('main', `no result for ${QUERY}`);
    for (let count = 0; count < FIRST_STOPS; count += 1) {
      const href = await tab.evaluate(() => document.activeElement?.href ?? '');
      if (found.includes(href)) return [];
      await tab.keyboard.press('Tab');
    }
    return wrong(found[0], 'no result can be reached by keyboard');
  } finally {
    await tab.context().close();
  }
}

async function checkWidths(site, browser, pages) {
  const problems = [];
  const tab = await newTab(browser);
  for (const page of pages) {
    await tab.setViewportSize({ width: 1280, height: 800 });
    await tab.goto(site.urlOf(page));
    await tab.evaluate(openDetails);
    const overflow = async (rule, width) => {
      await tab.setViewportSize({ width, height: 800 });
      const { scrollWidth, culprits } = await tab.evaluate(readOverflow);
      if (scrollWidth <= width) return;
      problems.push({ page, rule, selector: culprits.join(', ') || 'html', message: `the page is ${scrollWidth} px wide in a window of ${width} px` });
    };
    for (const width of WIDTHS) await overflow('reflow', width);
    const before = new Set(await tab.evaluate(readClipped));
    await tab.addStyleTag({ content: SPACING });
    for (const width of WIDTHS) await overflow('text-spacing', width);
    for (const selector of await tab.evaluate(readClipped)) {
      if (!before.has(selector)) problems.push({ page, rule: 'text-spacing', selector, message: 'the text is cut off when it is set wider' });
    }
  }
  await tab.context().close();
  return problems;
}

async function checkMotion(site, browser, pages) {
  const problems = [];
  const tab = await newTab(browser, { reducedMotion: 'reduce' });
  for (const page of pages) {
    await tab.goto(site.urlOf(page));
    for (const selector of await tab.evaluate(readMotion)) {
      problems.push({ page, rule: 'reduced-motion', selector, message: 'it moves although less motion was asked for' });
    }
  }
  await tab.context().close();
  return problems;
}

/**
 * Forced colours replace those of the style sheet when the page is painted, and computed styles still name the old ones, so
 * contrast cannot be asked. What can be lost is what a page keeps from being replaced, and the mark of the focus.
 */
async function checkForced(site, browser, pages) {
  const problems = [];
  const tab = await newTab(browser, { forcedColors: 'active', colorScheme: 'dark' });
  for (const page of pages) {
    await tab.goto(site.urlOf(page));
    for (const selector of await tab.evaluate(readUnforced)) {
      problems.push({ page, rule: 'forced-colours', selector, message: 'a text keeps its own colours' });
    }
    for (const { rule, selector, message } of await stops(tab, 3)) {
      if (rule === 'focus-visible') problems.push({ page, rule, selector, message: `${message} (forced colours)` });
    }
  }
  await tab.context().close();
  return problems;
}

/** The largest document over a slow connection: nothing that was read may move. */
export async function checkShift(site, browser, page) {
  const problems = [];
  for (const width of [1280, 390]) {
    const tab = await newTab(browser, { viewport: { width, height: 800 } });
    const session = await tab.context().newCDPSession(tab);
    await session.send('Network.emulateNetworkConditions', SLOW);
    await tab.goto(site.urlOf(page));
    const shift = await tab.evaluate(readShift);
    if (shift >= MOST_SHIFT) problems.push({ page, rule: 'layout-shift', selector: `${width} px`, message: `the layout shifts by ${shift.toFixed(4)}` });
    await tab.context().close();
  }
  return problems;
}
