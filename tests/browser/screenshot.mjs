// node screenshot.mjs DIR OUT
//
// Takes pictures of one page of each kind, at three widths, light and dark, for people to look at.
// It is not part of the tests: no rule says what a good picture is.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { newTab, startChromium } from './chromium.mjs';
import { kindsOf } from './kinds.mjs';
import { leadsOn, openSite } from './site.mjs';

const WIDTHS = [1280, 768, 320];
const SCHEMES = ['light', 'dark'];
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
  for (const colorScheme of SCHEMES) {
    for (const width of WIDTHS) {
      const tab = await newTab(browser, { viewport: { width, height: 800 }, colorScheme });
      for (const [kind, page] of kindsOf(site)) {
        // A page that leads on by itself would show the one that it leads to.
        if (leadsOn(site, page)) continue;
        await tab.goto(site.urlOf(page));
        const height = await tab.evaluate(() => document.documentElement.scrollHeight);
        const file = join(out, `${kind}-${width}-${colorScheme}.png`);
        const clip = { x: 0, y: 0, width, height: Math.min(height, MOST_HEIGHT) };
        await tab.screenshot({ path: file, fullPage: true, clip });
        console.log(`${file}  ${page}`);
      }
      await tab.context().close();
    }
  }
} finally {
  await browser.close();
  await site.close();
}
