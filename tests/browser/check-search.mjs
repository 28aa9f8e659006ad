// node check-search.mjs DIR
//
// Searches the site in DIR in Chromium, served with the strictest policy and once more from disk, and compares what is found with a plain scan.

import { checkSearch } from './search-checks.mjs';
import { report, runOnFolder } from './report.mjs';

await runOnFolder(async (dir) => {
  const { queries, most, problems } = await checkSearch(dir);
  return report(problems, `${queries} queries, at most ${most} bytes each`);
});
