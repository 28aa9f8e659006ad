// node check-html.mjs DIR
//
// Checks all HTML and CSS files of DIR against the standards.

import { checkHtml } from './html-checks.mjs';
import { report, runOnFolder } from './report.mjs';

await runOnFolder(async (dir) => report(await checkHtml(dir), 'HTML and CSS'));
