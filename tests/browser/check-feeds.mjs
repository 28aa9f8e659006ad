// node check-feeds.mjs DIR
//
// Reads all Atom and JSON feeds of DIR with parsers of others.

import { checkFeeds } from './feed-checks.mjs';
import { report, runOnFolder } from './report.mjs';

await runOnFolder(async (dir) => {
  const { feeds, problems } = await checkFeeds(dir);
  if (feeds === 0) throw new Error(`no feed in ${dir}`);
  return report(problems, `${feeds} feeds`);
});
