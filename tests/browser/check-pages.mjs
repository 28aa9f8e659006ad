// node check-pages.mjs DIR
//
// Opens every page of the site in DIR in Chromium: accessibility (WCAG 2.2 AA and
// good practice), sideways scrolling at 320 px, headings, ids, links and their
// fragments, requests to other hosts, console errors; with and without JavaScript.

import { checkSite } from './page-checks.mjs';
import { report, runOnFolder } from './report.mjs';

const PROGRESS_EVERY = 100;

await runOnFolder(async (dir) => {
  const { pages, problems } = await checkSite(dir, (done, all) => {
    if (done % PROGRESS_EVERY === 0) console.log(`${done} of ${all} pages`);
  });
  // A wrong folder must not look like a clean site.
  if (pages === 0) throw new Error(`no HTML page in ${dir}`);
  return report(problems, `${pages} pages in the browser`);
});
