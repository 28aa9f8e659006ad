// Lighthouse on one page of each kind: accessibility, good practice and SEO must be complete. How fast a page is on this
// machine says nothing, so performance is not judged.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { FLAGS, findChromium } from './chromium.mjs';
import { kindsOf, mostDifferent } from './kinds.mjs';
import { leadsOn, openSite } from './site.mjs';

/** About 5 s a page: more kinds would show little that these do not. */
const MOST_KINDS = 14;
const CATEGORIES = ['accessibility', 'best-practices', 'seo'];

/** Returns { kinds, problems }; `say` is told of every page. */
export async function checkLighthouse(dir, say = () => {}) {
  const site = await openSite(dir);
  const browser = await launch({ chromePath: findChromium(), chromeFlags: ['--headless=new', ...FLAGS], logLevel: 'silent' });
  try {
    const kinds = mostDifferent(new Map([...kindsOf(site)].filter(([, page]) => !leadsOn(site, page))), MOST_KINDS);
    if (kinds.size === 0) throw new Error(`no HTML page in ${dir}`);
    const problems = [];
    for (const [kind, page] of kinds) {
      const start = Date.now();
      problems.push(...(await checkPage(site, browser, page)).map((problem) => ({ page, ...problem })));
      say(`${kind}: ${((Date.now() - start) / 1000).toFixed(1)} s  ${page}`);
    }
    return { kinds: kinds.size, problems };
  } finally {
    await browser.kill();
    await site.close();
  }
}

async function checkPage(site, browser, page) {
  const settings = {
    port: browser.port,
    logLevel: 'silent',
    output: 'json',
    onlyCategories: CATEGORIES,
    disableFullPageScreenshot: true,
    throttlingMethod: 'provided',
    locale: 'ja',
  };
  const result = await lighthouse(site.urlOf(page), settings);
  if (!result) throw new Error(`Lighthouse gave no result for ${page}`);
  const { lhr } = result;
  if (lhr.runtimeError) return [{ rule: 'lighthouse', selector: lhr.runtimeError.code, message: lhr.runtimeError.message }];
  // A page that says itself that it is not to be found (404) cannot be found.
  const isHidden = /<meta\b(?=[^>]*\brobots\b)[^>]*\bnoindex\b/.test(readFileSync(join(site.root, page), 'utf8'));
  return Object.values(lhr.categories).flatMap(({ id, auditRefs }) => auditRefs
    .filter(({ weight, id: audit }) => weight > 0 && !(isHidden && audit === 'is-crawlable'))
    .map(({ id: audit }) => lhr.audits[audit])
    .filter(({ score }) => score !== null && score < 1)
    .map((audit) => ({ rule: `${id}/${audit.id}`, selector: places(audit), message: audit.title })));
}

/** Where an audit found something, as far as it says. */
function places({ details }) {
  const items = details?.items ?? [];
  const names = items.map(({ node, source, url, description }) => node?.selector ?? description ?? url ?? source?.url ?? '');
  return names.filter(Boolean).slice(0, 3).join(', ') || 'html';
}
