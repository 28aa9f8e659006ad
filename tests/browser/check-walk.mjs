// node check-walk.mjs DIR
//
// Keyboard, search, three widths, wider text, less motion, forced colours, layout shift and size, on one page of each kind.

import { report, runOnFolder } from './report.mjs';
import { checkWalk } from './walk-checks.mjs';

await runOnFolder(async (dir) => {
  const { kinds, largest, problems } = await checkWalk(dir, (line) => console.log(line));
  return report(problems, `${kinds} kinds of pages, the largest document is ${largest}`);
});
