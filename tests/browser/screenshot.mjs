// node screenshot.mjs DIR OUT
//
// Takes pictures of one page of each kind, wide and narrow, for people to look at.
// It is not part of the tests: no rule says what a good picture is.

import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { newTab, startChromium } from './chromium.mjs';
import { openSite } from './site.mjs';

const WIDTHS = [1280, 320];
// Chromium cannot paint pictures of any height; the top of a long page is enough.
const MOST_HEIGHT = 6000;

const [dir, out] = process.argv.slice(2);
if (!dir || !out) {
  console.error('usage: node screenshot.mjs DIR OUT');
  process.exit(2);
}
mkdirSync(out, { recursive: true });
const site = await openSite(dir);
const browser = await startChromium();
try {
  for (const [kind, page] of kindsOf(site)) {
    for (const width of WIDTHS) {
      const tab = await newTab(browser, { viewport: { width, height: 800 } });
      await tab.goto(site.urlOf(page));
      const height = await tab.evaluate(() => document.documentElement.scrollHeight);
      const file = join(out, `${kind}-${width}.png`);
      const clip = { x: 0, y: 0, width, height: Math.min(height, MOST_HEIGHT) };
      await tab.screenshot({ path: file, fullPage: true, clip });
      console.log(`${file}  ${page}`);
      await tab.context().close();
    }
  }
} finally {
  await browser.close();
  await site.close();
}

/**
 * Pages are of one kind when their paths differ only in the names that a city
 * chose: `/011002/15-yobosesshu/changes/` and `/131172/3-zei/changes/` are.
 * The largest page stands for its kind.
 */
function kindsOf({ root, pages }) {
  const size = (page) => statSync(join(root, page)).size;
  const kinds = new Map();
  for (const page of pages) {
    const kind = page
      .replace(/(^|\/)index\.html$/, '')
      .replace(/\.html$/, '')
      .split('/')
      .map(nameOf)
      .join('-') || 'home';
    if (!kinds.has(kind) || size(page) > size(kinds.get(kind))) kinds.set(kind, page);
  }
  return kinds;
}

/** What a part of a path stands for, whatever a city called it. */
function nameOf(part, position, path) {
  if (path[position - 1] === 'items') return 'item';
  if (path[position - 1] === 'causes') return 'cause';
  if (/^\d{6}$/.test(part)) return 'city';
  if (/^(\d{4}|nodate)(-\d+)?$/.test(part)) return 'year';
  return /^\d+-/.test(part) ? 'assessment' : part;
}
