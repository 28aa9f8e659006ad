// Lighthouse on one page of each kind: accessibility, good practice and SEO must be complete. How fast a page is on this
// machine says nothing, so performance is not judged.

import { Worker } from 'node:worker_threads';
import { kindsOf, mostDifferent } from './kinds.mjs';
import { leadsOn, openSite } from './site.mjs';

/** More kinds would show little that these do not. */
const MOST_KINDS = 14;
/** Of the time that a page takes, Lighthouse waits most of it until nothing moves any more. */
const AT_ONCE = 3;
const WORKER = new URL('./lighthouse-worker.mjs', import.meta.url);

/** Returns { kinds, problems }; `say` is told of every page. */
export async function checkLighthouse(dir, say = () => {}) {
  const site = await openSite(dir);
  try {
    const kinds = [...mostDifferent(new Map([...kindsOf(site)].filter(([, page]) => !leadsOn(site, page))), MOST_KINDS)];
    if (kinds.length === 0) throw new Error(`no HTML page in ${dir}`);
    const shares = Array.from({ length: Math.min(AT_ONCE, kinds.length) }, (_, at) => kinds.filter((_, n) => n % AT_ONCE === at));
    const found = await Promise.all(shares.map((share) => checkShare(site, share, say)));
    return { kinds: kinds.length, problems: found.flat() };
  } finally {
    await site.close();
  }
}

/** Lighthouse keeps what it measures in globals: at the same time it needs threads, each with a browser of its own. */
async function checkShare(site, share, say) {
  const pages = share.map(([, page]) => ({ page, url: site.urlOf(page) }));
  const worker = new Worker(WORKER, { workerData: { root: site.root, pages } });
  const found = new Map();
  worker.on('message', ({ page, seconds, problems }) => {
    found.set(page, problems.map((problem) => ({ page, ...problem })));
    say(`${share.find(([, other]) => other === page)[0]}: ${seconds.toFixed(1)} s  ${page}`);
  });
  await new Promise((done, failed) => { worker.on('error', failed).on('exit', done); });
  const missing = pages.find(({ page }) => !found.has(page));
  if (missing) throw new Error(`Lighthouse gave no result for ${missing.page}`);
  return [...found.values()].flat();
}
