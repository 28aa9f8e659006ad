// node check-print.mjs DIR
//
// Prints one assessment of the site in DIR and checks the PDF.

import { checkPrint } from './print-checks.mjs';
import { report, runOnFolder } from './report.mjs';

await runOnFolder(async (dir) => {
  const { page, sheets, problems } = await checkPrint(dir);
  return report(problems, `${page} printed on ${sheets} sheets of A4`);
});
