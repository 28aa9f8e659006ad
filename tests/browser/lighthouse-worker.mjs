// Lighthouse on some pages, one after another, in a thread of its own. `workerData` is { root, pages: [{ page, url }] }; of each page
// it tells { page, seconds, problems }.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { FLAGS, findChromium } from './chromium.mjs';

const CATEGORIES = ['accessibility', 'best-practices', 'seo'];

const browser = await launch({ chromePath: findChromium(), chromeFlags: ['--headless=new', ...FLAGS], logLevel: 'silent' });
try {
  for (const { page, url } of workerData.pages) {
    const start = Date.now();
    const problems = await checkPage(browser.port, { page, url });
    parentPort.postMessage({ page, seconds: (Date.now() - start) / 1000, problems });
  }
} finally {
  await browser.kill();
}

async function checkPage(port, { page, url }) {
  const settings = {
    port,
    logLevel: 'silent',
    output: 'json',
    onlyCategories: CATEGORIES,
    disableFullPageScreenshot: true,
    throttlingMethod: 'provided',
    locale: 'ja',
  };
  const result = await lighthouse(url, settings);
  if (!result) throw new Error(`Lighthouse gave no result for ${page}`);
  const { lhr } = result;
  if (lhr.runtimeError) return [{ rule: 'lighthouse', selector: lhr.runtimeError.code, message: lhr.runtimeError.message }];
  // A page that says itself that it is not to be found (404) cannot be found.
  const isHidden = /<meta\b(?=[^>]*\brobots\b)[^>]*\bnoindex\b/.test(readFileSync(join(workerData.root, page), 'utf8'));
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
