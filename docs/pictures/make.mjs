// node docs/pictures/make.mjs KOHYO
//
// Takes the pictures of docs/officers.md anew, from the sample content and the program that is named: run it when pages look
// different, and look at every picture before it is committed. What the browser checks need must be installed
// (`tests/run --only-browser` does that); `CHROMIUM` names another browser.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { newTab, startChromium } from '../../tests/browser/chromium.mjs';
import { openSite } from '../../tests/browser/site.mjs';

const [program] = process.argv.slice(2);
if (!program) {
  console.error('usage: node docs/pictures/make.mjs KOHYO');
  process.exit(2);
}
const kohyo = resolve(program);
const here = dirname(fileURLToPath(import.meta.url));
const project = join(here, '../..');
/** More would make the page slow to open on the lines of a town hall. */
const MOST_BYTES = 120 * 1024;
const VIEW = { width: 960, height: 540 };
const DOCUMENT = '019984/12-kojin-juminzei';

const work = mkdtempSync(join(tmpdir(), 'kohyo-pictures-'));
const [repository, site, drafts, pack] = ['repository', 'site', 'drafts', 'review.html'].map((name) => join(work, name));
const run = (command, args, cwd) => execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
run('bash', ['tests/browser/history.sh', kohyo, repository, site, pack], project);
run(kohyo, ['build', '--drafts', '--allow-errors', '--out', drafts], repository);

const browser = await startChromium();
const failed = [];
try {
  await pictures();
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
}
if (failed.length > 0) {
  console.error(`too large: ${failed.join(', ')}`);
  process.exitCode = 1;
}

async function pictures() {
  const file = pathToFileURL(pack).href;
  await picture('pack.png', file);
  const important = 'article.change:has(.chip.important)';
  await picture('redline.png', file, { from: important });
  await picture('remark.png', file, {
    from: `${important} .row-facts`,
    prepare: (tab) => tab.locator(`${important} textarea`).first()
      .fill('電子申請でも本人確認の方法は同じか、確かめてください。'),
  });
  const published = await openSite(site);
  await picture('version.png', `${published.urlOf(`${DOCUMENT}/v/2025-09-01/index.html`)}`);
  await picture('compare.png', `${published.urlOf(`${DOCUMENT}/compare/2025-09-01..2026-09-01/index.html`)}`, {
    from: 'article.change:has(.chip.important)',
  });
  await picture('due.png', published.urlOf('019984/due/index.html'), { from: 'table' });
  await published.close();
  const preview = await openSite(drafts);
  await picture('drafts.png', preview.urlOf(`${DOCUMENT}/index.html`));
  await preview.close();
}

/** One picture: of the window as it opens, or of what stands at an element and below. */
async function picture(name, address, { from, prepare } = {}) {
  const tab = await newTab(browser, { viewport: VIEW });
  await tab.goto(address);
  await prepare?.(tab);
  if (from) {
    await tab.locator(from).first().evaluate((element) => element.scrollIntoView({ block: 'start' }));
  }
  const path = join(here, name);
  await tab.screenshot({ path });
  const { size } = statSync(path);
  if (size > MOST_BYTES) failed.push(name);
  console.log(`${name}  ${size} bytes`);
  await tab.context().close();
}
