// node check-lighthouse.mjs DIR
//
// Lighthouse on one page of each kind of the site in DIR.

import { checkLighthouse } from './lighthouse-checks.mjs';
import { report, runOnFolder } from './report.mjs';

await runOnFolder(async (dir) => {
  const { kinds, problems } = await checkLighthouse(dir, (line) => console.log(line));
  return report(problems, `${kinds} kinds of pages in Lighthouse`);
});
