// Opens every page of a site in Chromium and returns everything that is wrong
// with it as a list of { page, rule, selector, message }.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { newTab, startChromium } from './chromium.mjs';
import { openDetails, readDocument, readOverflow, replaceTimers, runAxe, unwrapNoscript } from './in-page.mjs';
import { leadsOn, openSite } from './site.mjs';
import { readColours } from './walk-in-page.mjs';

const require = createRequire(import.meta.url);
const AXE_SOURCE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const AXE = {
  tags: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  locale: require('axe-core/locales/ja.json'),
};

/** The rules whose result depends on colours. Everything else is the same in the dark. */
export const CONTRAST = { rules: ['color-contrast', 'link-in-text-block'], locale: AXE.locale };

const DESKTOP = { width: 1280, height: 800 };
// The width that WCAG 1.4.10 (reflow) names: a 1280 px window at a zoom of 400 %.
const NARROW = { width: 320, height: 640 };
// Two tabs fill the two cores of a small machine; more of them only share the time.
const TABS = 2;
// A tab that has seen hundreds of large pages keeps memory that only closing it frees.
const PAGES_PER_TAB = 200;

/** Puts axe-core into a page. */
export async function loadAxe(tab) {
  await tab.evaluate(AXE_SOURCE);
}

/** What axe-core finds on a page that has it. */
export async function runAxeIn(tab, options) {
  return tab.evaluate(runAxe, options);
}

/** Checks every page of the folder. `onPage` is told about the progress. */
export async function checkSite(dir, onPage = () => {}) {
  const site = await openSite(dir);
  const browser = await startChromium();
  try {
    const reports = new Map();
    const queue = [...site.pages];
    const darkColours = new Set();
    const work = async () => {
      let tabs = await openTabs(browser);
      for (let count = 1; queue.length > 0; count += 1) {
        const page = queue.shift();
        reports.set(page, await checkPage(site, tabs, page, darkColours));
        onPage(reports.size, site.pages.length);
        if (count % PAGES_PER_TAB === 0) {
          await tabs.close();
          tabs = await openTabs(browser);
        }
      }
      await tabs.close();
    };
    await Promise.all(Array.from({ length: TABS }, work));
    // Links are judged last, when the ids of every page are known. The order of
    // the list is that of the pages, whichever tab was the faster one.
    const problems = site.pages.flatMap((page) => {
      const report = reports.get(page);
      const found = [...report.problems, ...checkLinks(site, page, report, reports)];
      return withoutRepeats(found).map((problem) => ({ page, ...problem }));
    });
    return { pages: site.pages.length, problems };
  } finally {
    await browser.close();
    await site.close();
  }
}

async function openTabs(browser) {
  const scripted = await newTab(browser, { viewport: DESKTOP });
  const plain = await newTab(browser, { viewport: DESKTOP, javaScriptEnabled: false });
  return { scripted, plain, close: () => Promise.all([scripted.context().close(), plain.context().close()]) };
}

async function checkPage(site, tabs, page, darkColours) {
  try {
    const first = await visit(site, tabs.scripted, page, { scripts: true, darkColours });
    // A page without scripts is the same page twice, so it is read only once.
    if (!first.hasScripts) return first;
    const second = await visit(site, tabs.plain, page, { scripts: false, known: first.html });
    return {
      problems: [...first.problems, ...second.problems.map(markPlain)],
      // A link must work for everybody, so its target must be there either way.
      ids: new Set([...first.ids].filter((id) => second.ids.has(id))),
      links: [...first.links, ...second.links],
    };
  } catch (error) {
    const message = error.message.split('\n')[0];
    return { problems: [{ rule: 'not-checked', selector: 'html', message }], ids: new Set(), links: [] };
  }
}

function markPlain(problem) {
  return { ...problem, message: `${problem.message} (JavaScript off)` };
}

/** Makes the browser work out all colours again. Runs in the page. */
function restyle() {
  const root = document.documentElement;
  root.style.display = 'none';
  root.getBoundingClientRect();
  root.removeAttribute('style');
}

/**
 * The page in the dark, only as far as colours go. Most pages are coloured like one before: a page all of whose ways of
 * colouring were seen on pages without a fault need not be asked again, and that is quicker to find out.
 */
async function checkDark(tab, seen) {
  await tab.emulateMedia({ colorScheme: 'dark' });
  // Chromium may keep the colours of what was not shown while the scheme changed. Nobody's page is resized as these are.
  await tab.evaluate(restyle);
  try {
    const colours = await tab.evaluate(readColours);
    if (colours.every((colour) => seen.has(colour))) return [];
    const found = await runAxeIn(tab, CONTRAST);
    if (found.length === 0) colours.forEach((colour) => seen.add(colour));
    return found.map((problem) => ({ ...problem, message: `${problem.message} (dark)` }));
  } finally {
    await tab.emulateMedia({ colorScheme: 'light' });
  }
}

async function visit(site, tab, page, { scripts, known, darkColours }) {
  const heard = listen(site, tab);
  try {
    await tab.setViewportSize(DESKTOP);
    await stay(site, tab, page);
    const response = await tab.goto(site.urlOf(page), { waitUntil: 'load' });
    if (!response.ok()) throw new Error(`the page answered ${response.status()}`);

    const html = await tab.evaluate(() => document.documentElement.outerHTML);
    const hasScripts = /<(script|noscript)\b|\son[a-z]+\s*=/i.test(html);
    const document = await tab.evaluate(readDocument);
    const problems = [...document.problems];
    await tab.evaluate(openDetails);

    // axe-core is the slow part, and it need not see the same page twice. The text
    // of a noscript element shows only without scripts, though the source is the same.
    if (scripts || html !== known || /<noscript\b/i.test(html)) {
      if (!scripts) {
        await tab.evaluate(unwrapNoscript);
        await tab.evaluate(replaceTimers);
      }
      await loadAxe(tab);
      problems.push(...await runAxeIn(tab, AXE));
      if (scripts) problems.push(...await checkDark(tab, darkColours));
    }

    await tab.setViewportSize(NARROW);
    const { scrollWidth, width, culprits } = await tab.evaluate(readOverflow);
    if (scrollWidth > width) {
      problems.push({
        rule: 'reflow',
        selector: culprits.join(', ') || 'html',
        message: `the page is ${scrollWidth} px wide in a window of ${width} px`,
      });
    }
    problems.push(...heard.problems);
    return { html, hasScripts, problems, ids: new Set(document.ids), links: document.links };
  } finally {
    heard.stop();
  }
}

/** A page that leads on to another one by itself is looked at, not left. */
async function stay(site, tab, page) {
  await tab.unrouteAll();
  if (!leadsOn(site, page)) return;
  const address = site.urlOf(page);
  await tab.route((url) => url.href !== address, (route) => (
    // Answered with nothing, the browser keeps the page that it has.
    route.request().isNavigationRequest() ? route.fulfill({ status: 204 }) : route.continue()
  ));
}

/** Collects what the page asks for and what the browser complains about. */
function listen(site, tab) {
  const problems = [];
  const onRequest = (request) => {
    const url = new URL(request.url());
    if (url.protocol === 'data:' || url.protocol === 'blob:' || url.origin === site.origin) return;
    problems.push({ rule: 'other-host', selector: url.href, message: 'the page asks another host for a file' });
  };
  const onConsole = (message) => {
    if (message.type() !== 'error') return;
    problems.push({ rule: 'console', selector: message.location().url, message: message.text() });
  };
  const onError = (error) => problems.push({ rule: 'console', selector: 'script', message: error.message });
  tab.on('request', onRequest).on('console', onConsole).on('pageerror', onError);
  return {
    problems,
    stop: () => tab.off('request', onRequest).off('console', onConsole).off('pageerror', onError),
  };
}

function checkLinks(site, page, report, reports) {
  const problems = [];
  for (const { value, base, loads, selector } of report.links) {
    const add = (rule, message) => problems.push({ rule, selector, message: `${value}: ${message}` });
    if (!URL.canParse(value, base)) {
      add('dead-link', 'not an address');
      continue;
    }
    const url = new URL(value, base);
    if (url.protocol === 'javascript:') add('dead-link', 'this link does nothing without JavaScript');
    if (url.protocol !== 'http:' && url.protocol !== 'https:') continue;

    const target = site.locate(url);
    if (target.outside) {
      if (loads) add('other-host', 'the page must load nothing from another host');
    } else if (target.missing) {
      add('dead-link', target.missing);
    } else if (target.fragment && target.fragment !== 'top' && target.file.endsWith('.html')) {
      if (!reports.get(target.file)?.ids.has(target.fragment)) add('dead-fragment', `no such id in ${target.file}`);
    }
  }
  return problems;
}

function withoutRepeats(problems) {
  const seen = new Map();
  for (const problem of problems) {
    const key = JSON.stringify([problem.rule, problem.selector, problem.message.replace(/ \((JavaScript off|dark)\)$/, '')]);
    if (!seen.has(key)) seen.set(key, problem);
  }
  return [...seen.values()];
}
