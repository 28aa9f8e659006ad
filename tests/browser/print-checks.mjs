// Prints one assessment page to PDF, as a resident would with the browser's print
// command, and looks at what came out.

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { newTab, startChromium } from './chromium.mjs';
import { openSite } from './site.mjs';

// `/{code6}/{number}-{slug}/index.html` is an assessment.
const ASSESSMENT = /(^|\/)\d{6}\/[^/]+\/index\.html$/;
const NOT_ASSESSMENT = /(^|\/)\d{6}\/changes\/index\.html$/;
// A4 in points. Browsers round it to whole pixels, so a point more or less is the same paper.
const A4 = { width: 595, height: 842 };

/** The largest assessment, because it has the most chances to print badly. */
export function choosePage(site) {
  const size = (page) => statSync(join(site.root, page)).size;
  const assessments = site.pages.filter((page) => ASSESSMENT.test(page) && !NOT_ASSESSMENT.test(page));
  const pages = assessments.length > 0 ? assessments : site.pages;
  return [...pages].sort((a, b) => size(b) - size(a))[0];
}

/** Prints the chosen page; returns { page, sheets, problems }. */
export async function checkPrint(dir) {
  const site = await openSite(dir);
  const browser = await startChromium();
  try {
    const page = choosePage(site);
    if (!page) throw new Error(`no HTML page in ${dir}`);
    const tab = await newTab(browser);
    await tab.goto(site.urlOf(page));
    // The style sheet's own @page size counts, since that is what readers will print.
    const pdf = await tab.pdf({ format: 'A4', preferCSSPageSize: true, tagged: true, outline: true });
    const { sheets, messages } = readPdf(pdf);
    const problems = messages.map((message) => ({ page, rule: 'print', selector: 'pdf', message }));
    return { page, sheets, problems };
  } finally {
    await browser.close();
    await site.close();
  }
}

/**
 * What the check needs to know of a PDF. Chromium writes the catalogue and the
 * page tree uncompressed, so no PDF library is needed to find these entries.
 */
export function readPdf(pdf) {
  const text = pdf.toString('latin1');
  const messages = [];
  if (!text.startsWith('%PDF-')) messages.push('this is not a PDF file');
  const sheets = [...text.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length;
  if (sheets === 0) messages.push('the PDF has no pages');
  const tagged = /\/MarkInfo\s*<<[^>]*\/Marked\s+true/.test(text) && /\/StructTreeRoot\b/.test(text);
  if (!tagged) messages.push('the PDF is not tagged, so a screen reader cannot follow its structure');
  for (const [, width, height] of text.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)) {
    const sides = [Number(width), Number(height)].sort((a, b) => a - b);
    if (Math.abs(sides[0] - A4.width) > 1.5 || Math.abs(sides[1] - A4.height) > 1.5) {
      messages.push(`a page is ${width} x ${height} pt, not A4`);
      break;
    }
  }
  return { sheets, messages };
}
