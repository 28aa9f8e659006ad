// Opens a review pack by file://, as a reviewer does on a computer without a
// network, and returns everything that is wrong with it as a list of
// { page, rule, selector, message }.

import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { newTab, startChromium } from './chromium.mjs';
import { checkHtml } from './html-checks.mjs';
import { openDetails, readDocument, readOverflow, replaceTimers, runAxe, unwrapNoscript } from './in-page.mjs';
import { readPdf } from './print-checks.mjs';

const require = createRequire(import.meta.url);
const AXE_SOURCE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const AXE = {
  tags: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  locale: require('axe-core/locales/ja.json'),
};
const DESKTOP = { width: 1280, height: 800 };
const NARROW = { width: 320, height: 640 };

// Signs that break files, markup and Markdown when somebody forgets to escape them.
const REMARK = '一行目 </textarea><script>alert(1)</script>\n\n二行目 "引用" \\ | `code` 😀 -->';
const REVIEWER = '審査員 山田/(第三者点検)';

/** Checks the pack in `file`; `largest` is the number of bytes that it may have. */
export async function checkReview(file, largest = 2_000_000) {
  const path = resolve(file);
  const browser = await startChromium();
  const folder = mkdtempSync(join(tmpdir(), 'review-'));
  const problems = [];
  const note = (rule, selector, message) => problems.push({ page: basename(path), rule, selector, message });
  try {
    const size = readFileSync(path).length;
    if (size > largest) note('size', 'html', `the pack has ${size} bytes, more than ${largest}`);
    copyFileSync(path, join(folder, 'review.html'));
    problems.push(...await checkHtml(folder));
    const pack = { browser, url: pathToFileURL(path).href, folder, note };
    await checkReading(pack, true);
    await checkReading(pack, false);
    await checkFirstScreen(pack);
    await checkRemarks(pack);
    await checkPaper(pack);
    return problems;
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function open({ browser, url, note }, options = {}) {
  const tab = await newTab(browser, { viewport: DESKTOP, offline: true, ...options });
  tab.on('request', (request) => {
    if (request.url() !== url && !/^(data|blob):/.test(request.url())) {
      note('request', request.url(), 'the pack must ask for nothing');
    }
  });
  tab.on('console', (message) => {
    if (message.type() === 'error') note('console', 'script', message.text());
  });
  tab.on('pageerror', (error) => note('console', 'script', error.message));
  await tab.goto(url, { waitUntil: 'load' });
  return tab;
}

/** Structure, accessibility, links within the page and small windows, with and without JavaScript. */
async function checkReading(pack, javaScriptEnabled) {
  // The pack forbids every script but its own, and the accessibility check is one.
  const tab = await open(pack, { javaScriptEnabled, bypassCSP: true });
  const mode = javaScriptEnabled ? '' : ' (JavaScript off)';
  const note = ({ rule, selector, message }) => pack.note(rule, selector, message + mode);
  const { problems, ids, links } = await tab.evaluate(readDocument);
  problems.forEach(note);
  const known = new Set(ids);
  for (const { value, selector } of links) {
    const isInside = value.startsWith('#') && known.has(decodeURIComponent(value.slice(1)));
    if (!isInside && !value.startsWith('data:image/')) {
      note({ rule: 'dead-link', selector, message: `${value} leads to nothing in the pack` });
    }
  }
  await tab.evaluate(openDetails);
  if (!javaScriptEnabled) {
    await tab.evaluate(unwrapNoscript);
    await tab.evaluate(replaceTimers);
    const isOffered = await tab.locator('#save').isVisible();
    if (isOffered) note({ rule: 'no-script', selector: '#save', message: 'a button that does nothing is shown' });
  }
  await tab.evaluate(AXE_SOURCE);
  (await tab.evaluate(runAxe, AXE)).forEach(note);
  await tab.setViewportSize(NARROW);
  const { scrollWidth, width, culprits } = await tab.evaluate(readOverflow);
  if (scrollWidth > width) {
    note({ rule: 'reflow', selector: culprits.join(', '), message: `${scrollWidth} px wide in ${width} px` });
  }
  await tab.context().close();
}

/** The verdict must be read without scrolling, on a desk and on a phone. */
async function checkFirstScreen(pack) {
  for (const viewport of [DESKTOP, { width: 375, height: 667 }]) {
    const tab = await open(pack, { viewport });
    const box = await tab.locator('.verdict').first().boundingBox();
    if (!box || box.y + box.height > viewport.height) {
      pack.note('first-screen', '.verdict', `not in sight at ${viewport.width} x ${viewport.height}`);
    }
    await tab.context().close();
  }
}

/** Writes remarks, saves them, reads the file, and loads it again where nothing is kept. */
async function checkRemarks(pack) {
  const { note } = pack;
  const tab = await open(pack);
  const boxes = tab.locator('textarea[data-place]');
  const count = await boxes.count();
  if (count === 0) return note('remarks', 'textarea', 'the pack has no box for remarks');
  if (!await tab.locator('#save').isVisible()) return note('remarks', '#save', 'the script of the pack does not run');
  await tab.locator('#save').click();
  if (!(await tab.locator('#remark-status').innerText()).trim()) {
    note('remarks', '#remark-status', 'saving nothing says nothing');
  }
  const last = boxes.nth(count - 1);
  await boxes.first().fill(REMARK);
  await last.fill('最後の意見');
  await tab.locator('#reviewer').fill(REVIEWER);
  const [download] = await Promise.all([tab.waitForEvent('download'), tab.locator('#save').click()]);
  const name = download.suggestedFilename();
  if (!/^review-remarks-[\p{L}\p{N}_-]+\.json$/u.test(name)) note('remarks', '#save', `the file is called ${name}`);
  const saved = join(pack.folder, 'remarks.json');
  await download.saveAs(saved);
  const file = JSON.parse(readFileSync(saved, 'utf8'));
  const texts = file.remarks.map((remark) => remark.text);
  const expected = count === 1 ? ['最後の意見'] : [REMARK, '最後の意見'];
  if (JSON.stringify(texts) !== JSON.stringify(expected)) note('remarks', 'file', `the file says ${JSON.stringify(texts)}`);
  if (file.kind !== 'kohyo-review-remarks' || file.reviewer !== REVIEWER) note('remarks', 'file', 'kind or reviewer is wrong');
  if (file.remarks.some((remark) => !remark.place)) note('remarks', 'file', 'a remark does not say where it belongs');

  await tab.reload();
  if (await last.inputValue() !== '最後の意見') note('remarks', 'textarea', 'remarks are gone when the page is opened again');
  await tab.context().close();

  // Another computer.
  const other = await open(pack);
  const there = other.locator('textarea[data-place]');
  const broken = join(pack.folder, 'broken.json');
  writeFileSync(broken, '{"kind": "something else"}');
  await other.locator('#load').setInputFiles(broken);
  await other.waitForFunction(() => document.querySelector('#remark-status').textContent !== '');
  if (await there.last().inputValue() !== '') note('remarks', '#load', 'a file of another kind was read');
  await other.locator('#load').setInputFiles(saved);
  await other.waitForFunction(() => [...document.querySelectorAll('textarea[data-place]')].some((box) => box.value !== ''));
  if (await there.last().inputValue() !== '最後の意見') note('remarks', '#load', 'a saved remark did not come back');
  if (count > 1 && await there.first().inputValue() !== REMARK) note('remarks', '#load', 'a saved remark came back changed');
  if (await other.locator('#reviewer').inputValue() !== REVIEWER) note('remarks', '#load', 'the name did not come back');
  await other.locator('#load').setInputFiles(saved);
  if (count > 1 && await there.first().inputValue() !== REMARK) note('remarks', '#load', 'the same file twice doubles the remarks');
  // Another reviewer says something that stands within what was said already, and something that has no box here.
  const colleague = join(pack.folder, 'colleague.json');
  const said = [{ ...file.remarks.at(-1), text: '最後' }, { place: 'elsewhere', text: 'この資料にない' }];
  for (const stray of ['この資料にない', 'もう一つ', 'この資料にない']) {
    said[1].text = stray;
    writeFileSync(colleague, JSON.stringify({ ...file, reviewer: 'B', remarks: said }));
    await other.locator('#remark-status').evaluate((status) => { status.textContent = ''; });
    await other.locator('#load').setInputFiles(colleague);
    await other.waitForFunction(() => document.querySelector('#remark-status').textContent.includes('B'));
  }
  if (await there.last().inputValue() !== '最後の意見\n\n［B］最後') {
    note('remarks', '#load', `the remark of another reviewer became ${await there.last().inputValue()}`);
  }
  const [second] = await Promise.all([other.waitForEvent('download'), other.locator('#save').click()]);
  await second.saveAs(saved);
  const strays = JSON.parse(readFileSync(saved, 'utf8')).remarks.filter((remark) => remark.place === 'elsewhere');
  const kept = strays.map((remark) => `${remark.reviewer}: ${remark.text}`).join();
  if (kept !== 'B: この資料にない,B: もう一つ') note('remarks', '#save', `remarks without a box became ${kept}`);
  await other.context().close();
  return undefined;
}

/** A4, with the remarks in full. */
async function checkPaper(pack) {
  const tab = await open(pack);
  const box = tab.locator('textarea[data-place]').first();
  const long = Array.from({ length: 40 }, (_, line) => `${line + 1}行目`).join('\n');
  await box.fill(long);
  await tab.emulateMedia({ media: 'print' });
  const printed = await tab.locator('.written').first();
  if (!await printed.isVisible() || !(await printed.innerText()).includes('40行目')) {
    pack.note('print', '.written', 'a long remark is cut on paper');
  }
  if (await tab.locator('#remark-bar').isVisible()) pack.note('print', '#remark-bar', 'the bar is printed');
  const pdf = await tab.pdf({ format: 'A4', preferCSSPageSize: true, tagged: true, outline: true });
  readPdf(pdf).messages.forEach((message) => pack.note('print', 'pdf', message));
  await tab.context().close();
}
