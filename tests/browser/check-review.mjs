// node check-review.mjs FILE
//
// Checks a review pack (`kohyo review --out FILE`) in Chromium, opened by file:// and
// without a network: accessibility, structure, HTML, small windows, paper, and that
// remarks are saved, kept and read back.

import { report } from './report.mjs';
import { checkReview } from './review-checks.mjs';

const [file] = process.argv.slice(2);
if (!file) {
  console.error('usage: node check-review.mjs FILE');
  process.exitCode = 2;
} else {
  try {
    process.exitCode = report(await checkReview(file), 'the review pack in the browser');
  } catch (error) {
    console.error(error.message);
    process.exitCode = 2;
  }
}
