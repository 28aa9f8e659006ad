// node self-test.mjs
//
// A check that cannot fail is worth nothing. This test makes a small site in which
// every page but the good ones has exactly one kind of fault, and asserts that
// each fault is found by the check that is there for it, and that the good pages pass.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { atOnce } from './at-once.mjs';
import { newTab, startChromium } from './chromium.mjs';
import { checkFeeds } from './feed-checks.mjs';
import { checkHtml } from './html-checks.mjs';
import { kindsOf, mostDifferent } from './kinds.mjs';
import { checkLighthouse } from './lighthouse-checks.mjs';
import { checkSite } from './page-checks.mjs';
import { readPdf } from './print-checks.mjs';
import { MOST_BYTES, checkWalk } from './walk-checks.mjs';

/** Faults that are looked for at the same time. */
const AT_ONCE = 3;
const HERE = dirname(fileURLToPath(import.meta.url));

/** A page without faults, except those that the arguments bring in. */
function page({ head = '', main = '', lang = ' lang="ja"', title = '<title>見本</title>', h1 = '<h1>見本の評価書</h1>' } = {}) {
  return `<!DOCTYPE html>
<html${lang}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${title}
<link rel="stylesheet" href="/pia/style.css">
${head}
</head>
<body>
<a class="skip" href="#main">本文へ移動</a>
<header><p>見本市</p></header>
<main id="main" tabindex="-1">
${h1}
<p>予防接種に関する事務の評価書です。</p>
${main}
</main>
<footer><p>見本市 総務課</p></footer>
</body>
</html>
`;
}

const STYLE = `
body { margin: 0; padding: 1rem; color: #1a1a1a; background: #fff; line-break: strict; overflow-wrap: anywhere; }
a { color: #00118f; }
.scroll { overflow-x: auto; }
@container (min-width: 30rem) { p { margin: 0; } }
`;

// The mark of the focus must be there for the walk.
const FOCUS_STYLE = `${STYLE} a:focus-visible, input:focus-visible { outline: 4px solid #000; }`;
// The canonical link makes the checks serve a site under /pia/.
const CANONICAL = '<head><link rel="canonical" href="https://www.city.example.jp/pia/">';

const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';
const WIDE_TABLE = `<table><tr>${'<td>変更前の記載変更後の記載</td>'.repeat(3)}</tr></table>`;
const ROWS = Array.from({ length: 1500 }, (_, n) =>
  `<h2 id="i${n}">項目${n}</h2>\n<p>接種対象者を抽出し、<ins>${n}件を</ins>通知する。<a href="#i${n}">この項目</a></p>`);

/** Pages in which nothing may be found. */
const GOOD = {
  // The canonical link makes the checks serve this site under /pia/.
  'index.html': page({
    head: '<link rel="canonical" href="https://www.city.example.jp/pia/">',
    main: `<p><a href="011002/15-mihon/">評価書</a> <a href="/pia/011002/15-mihon/index.html#i7">項目</a>
<a href="https://www.city.example.jp/pia/011002/15-mihon/#i8">項目</a> <a href="https://other.example/">他の機関</a></p>
<div class="scroll" role="region" aria-label="表" tabindex="0">${WIDE_TABLE}</div>`,
  }),
  '011002/15-mihon/index.html': page({ main: ROWS.join('\n') }),
  'enhanced.html': page({
    main: '<p id="count">件数は表にあります。</p>\n<noscript><p>検索には JavaScript が必要です。</p></noscript>\n'
      + "<script>document.getElementById('count').textContent = '件数は十件です。';</script>",
  }),
};

/** Page -> its source and the rules that must be found in it, and no others. */
const BAD = {
  'contrast.html': [page({ main: '<p style="color:#aaa">薄い文字で書かれた文章です。</p>' }), ['color-contrast']],
  'alt.html': [page({ main: `<img src="${PIXEL}">` }), ['image-alt']],
  'dead-fragment.html': [page({ main: '<a href="/pia/#nowhere">項目へ</a>' }), ['dead-fragment']],
  'dead-link.html': [page({ main: '<a href="nowhere/">評価書へ</a>' }), ['dead-link']],
  'outside-mount.html': [page({ main: '<a href="/011002/15-mihon/">評価書へ</a>' }), ['dead-link']],
  'dead-image.html': [page({ main: '<img src="nowhere.png" alt="図">' }), ['console', 'dead-link']],
  'script-link.html': [page({ main: '<a href="javascript:void(0)">印刷する</a>' }), ['dead-link']],
  'wide-table.html': [page({ main: WIDE_TABLE.replaceAll('<td', '<td style="min-width:12rem"') }), ['reflow']],
  'folded-table.html': [page({
    main: `<details><summary>表</summary><div style="width:40rem">広い内容</div></details>`,
  }), ['reflow']],
  'duplicate-id.html': [page({ main: '<p id="i1">一</p><p id="i1">二</p>' }), ['duplicate-id']],
  'two-h1.html': [page({ main: '<h1>もう一つ</h1>' }), ['one-h1']],
  'no-h1.html': [page({ h1: '' }), ['one-h1', 'page-has-heading-one']],
  'heading-level.html': [page({ main: '<h3>二段下の見出し</h3>' }), ['heading-level', 'heading-order']],
  'lang.html': [page({ lang: '' }), ['html-has-lang', 'lang']],
  'title.html': [page({ title: '' }), ['document-title', 'title']],
  'other-host.html': [page({ main: '<img src="http://192.0.2.1/pixel.png" alt="図">' }), ['console', 'other-host']],
  'preconnect.html': [page({ head: '<link rel="preconnect" href="https://fonts.example/">' }), ['other-host']],
  'console.html': [page({ main: "<script>console.error('壊れた')</script>" }), ['console']],
  'exception.html': [page({ main: '<script>nowhere()</script>' }), ['console']],
  'script-fault.html': [page({
    main: `<div id="x"></div><script>document.getElementById('x').innerHTML = '<img src="${PIXEL}">';</script>`,
  }), ['image-alt']],
  'no-script-fault.html': [page({ main: `<noscript><img src="${PIXEL}"></noscript>` }), ['image-alt']],
  'no-script-contrast.html': [page({
    head: '<style>@media (scripting: none) { main p { color: #aaa; } }</style><noscript></noscript>',
  }), ['color-contrast']],
  'dark.html': [page({
    head: '<style>@media (prefers-color-scheme: dark) { main p { color: #555; background: #222; } }</style>',
  }), ['color-contrast']],
  'only-script.html': [
    '<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>見本</title></head><body><main></main>'
      + "<script>document.querySelector('main').innerHTML = '<h1>見本の評価書</h1>';</script></body></html>",
    ['empty', 'one-h1', 'page-has-heading-one'],
  ],
};

const folder = mkdtempSync(join(tmpdir(), 'browser-self-test-'));
try {
  const good = join(folder, 'good');
  const bad = join(folder, 'bad');
  write(good, { ...GOOD, 'style.css': STYLE });
  const badPages = Object.entries(BAD).map(([name, [source]]) => [name, source]);
  write(bad, { ...GOOD, ...Object.fromEntries(badPages), 'style.css': STYLE });

  await testPages(bad);
  await testHtml(good, folder);
  await testPdf();
  await testFeeds(folder);
  // Lighthouse mostly waits.
  await Promise.all([testWalk(folder), testLighthouse(folder)]);
  testKinds(folder);
  await testCommands(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function testPages(dir) {
  const { pages, problems } = await checkSite(dir);
  assert.equal(pages, Object.keys(GOOD).length + Object.keys(BAD).length, 'every page is opened');
  for (const name of Object.keys(GOOD)) {
    assert.deepEqual(problems.filter((problem) => problem.page === name), [], `${name} has no fault`);
  }
  for (const [name, [, expected]] of Object.entries(BAD)) {
    const found = problems.filter((problem) => problem.page === name);
    const rules = [...new Set(found.map((problem) => problem.rule))].sort();
    assert.deepEqual(rules, expected, `${name}: ${JSON.stringify(found, null, 1)}`);
  }
  const reflow = problems.find((problem) => problem.page === 'wide-table.html');
  assert.match(reflow.selector, /^td/, 'the element that is too wide is named');
  console.log(`pages: ${Object.keys(BAD).length} faults found, ${Object.keys(GOOD).length} good pages passed`);
}

async function testHtml(good, folder) {
  assert.deepEqual(await checkHtml(good), [], 'good pages are valid, and so is @container');
  const bad = join(folder, 'invalid');
  write(bad, {
    'nesting.html': page({ main: '<p><div>段落の中の箱</div></p>' }),
    'aria.html': page({ main: '<p><ins aria-label="追加">追加した文</ins></p>' }),
    'inline.html': page({ main: '<p style="colour:red">つづりの誤り</p>' }),
    'style.css': 'a { colour: red; }',
  });
  const found = new Set((await checkHtml(bad)).map((problem) => problem.page.replace(/:.*/, '')));
  assert.deepEqual([...found].sort(), ['aria.html', 'inline.html', 'nesting.html', 'style.css']);
  console.log('HTML checker: invalid HTML and CSS found');
}

async function testPdf() {
  const browser = await startChromium();
  try {
    const tab = await newTab(browser);
    await tab.setContent(page());
    const tagged = readPdf(await tab.pdf({ format: 'A4', tagged: true }));
    assert.deepEqual(tagged, { sheets: 1, messages: [] });
    assert.match(readPdf(await tab.pdf({ format: 'A4', tagged: false })).messages.join(), /not tagged/);
    assert.match(readPdf(await tab.pdf({ format: 'Letter', tagged: true })).messages.join(), /not A4/);
    assert.match(readPdf(Buffer.from('not found')).messages.join(), /not a PDF.*no pages/);
  } finally {
    await browser.close();
  }
  console.log('print: untagged, not A4 and empty found');
}

async function testFeeds(folder) {
  const entry = (id, day) => `<entry><id>${id}</id><title>変更</title><updated>2025-03-${day}T00:00:00+09:00</updated>`
    + '<link href="https://city.example/"/><content type="html">&lt;p&gt;文&lt;/p&gt;</content></entry>';
  const feed = (...entries) => '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x</id><title>見本</title>'
    + `<updated>2025-03-14T00:00:00+09:00</updated><author><name>見本市</name></author><link href="https://city.example/"/>${entries.join('')}</feed>`;
  const dir = join(folder, 'feeds');
  write(dir, {
    'good/feed.atom': feed(entry('a', 14), entry('b', 13)),
    'broken/feed.atom': feed(entry('a', 14)).replace('</title>', ''),
    'order/feed.atom': feed(entry('a', 13), entry('b', 14)),
    'twice/feed.atom': feed(entry('a', 14), entry('a', 14)),
    'empty/feed.json': JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: '見本', items: [{ id: 'a' }] }),
  });
  const { feeds, problems } = await checkFeeds(dir);
  assert.equal(feeds, 5);
  const rules = new Set(problems.map(({ page, rule }) => `${page.replace(/\/.*/, '')} ${rule}`));
  assert.deepEqual([...rules].sort(), ['broken well-formed', 'empty missing', 'empty order', 'order order', 'twice duplicate-id']);
  console.log('feeds: faults found, the good feed passed');
}

/** One site a fault, because a walk goes through one page of each kind. */
async function testWalk(folder) {
  const links = (count) => Array.from({ length: count }, (_, n) => `<p><a href="#l${n}" id="l${n}">項目${n}</a></p>`).join('');
  const head = (css) => `<style>${css}</style>`;
  const script = (text) => `<script>${text}</script>`;
  const cases = {
    good: [page({ main: links(30) }), []],
    outline: [page({ main: links(3), head: head('a:focus { outline: none; }') }), ['focus-visible']],
    skip: [page({ main: links(3) }).replace('<a class="skip" href="#main">本文へ移動</a>', ''), ['skip-link']],
    'skip-nowhere': [page({ main: links(3) }).replace('<header>', '<header><a href="/pia/">ホーム</a>').replace('href="#main"', 'href="#nowhere"'), ['skip-link']],
    trap: [page({ main: links(3) + script("document.getElementById('l1').onkeydown = (event) => event.key === 'Tab' && event.preventDefault()") }), ['keyboard-trap']],
    order: [page({ main: links(3).replace('id="l2"', 'id="l2" tabindex="2"').replace('id="l1"', 'id="l1" tabindex="3"') }), ['focus-order', 'skip-link']],
    hidden: [page({ main: `${links(3)}<p style="opacity:1;position:absolute;left:-999px"><a href="#l1">外</a></p>` }), ['focus-seen']],
    covered: [page({ main: `${links(3)}<div style="position:fixed;inset:0;background:#fff"></div>` }), ['focus-seen']],
    wide: [page({ main: '<div style="width:50rem">広い</div>' }), ['reflow', 'text-spacing']],
    spacing: [page({ main: '<p style="height:1.3em;line-height:1.2;overflow:hidden;max-width:20em">間を広げると切れます。</p>' }), ['text-spacing']],
    motion: [page({ head: head('html { scroll-behavior: smooth; } a { transition: color 2s; }') }), ['reduced-motion']],
    forced: [page({ head: head('main p { forced-color-adjust: none; }') }), ['forced-colours']],
    shift: [page({ main: script("setTimeout(() => document.querySelector('h1').style.marginTop = '20rem', 50)") }), ['layout-shift']],
    size: [page({ main: `<p hidden>${'大'.repeat(MOST_BYTES / 3)}</p>` }), ['size']],
  };
  await atOnce(AT_ONCE, Object.entries(cases), async ([name, [source, expected]]) => {
    const dir = join(folder, 'walk', name);
    write(dir, { 'index.html': source.replace('<head>', CANONICAL), 'style.css': FOCUS_STYLE });
    const { problems } = await checkWalk(dir);
    assert.deepEqual([...new Set(problems.map(({ rule }) => rule))].sort(), expected, `${name}: ${JSON.stringify(problems, null, 1)}`);
  });
  const searches = {
    finds: ["location.hash || (document.querySelector('output').innerHTML = '<a href=\"/pia/#main\">再委託</a>')", []],
    silent: ['', ['search']],
    unreachable: ["document.querySelector('output').innerHTML = '<a tabindex=-1 href=\"/pia/#main\">再委託</a>'", ['search']],
  };
  await atOnce(AT_ONCE, Object.entries(searches), async ([name, [answer, expected]]) => {
    const dir = join(folder, 'walk', name);
    const main = `<form><label>語 <input type="search" name="q"></label></form><output></output>
<script>document.querySelector('form').onsubmit = (event) => { event.preventDefault(); ${answer} }</script>`;
    write(dir, { 'index.html': page().replace('<head>', CANONICAL), 'search/index.html': page({ main }), 'style.css': FOCUS_STYLE });
    const { problems } = await checkWalk(dir);
    assert.deepEqual([...new Set(problems.map(({ rule }) => rule))], expected, `${name}: ${JSON.stringify(problems, null, 1)}`);
  });
  console.log(`walk: ${Object.keys(cases).length + Object.keys(searches).length} sites, each fault found`);
}

async function testLighthouse(folder) {
  const description = '<meta name="description" content="見本の評価書です。"><link rel="icon" href="data:,">';
  const good = join(folder, 'lighthouse', 'good');
  write(good, {
    'index.html': page({ head: description }).replace('<head>', CANONICAL),
    // A page for what is not there may say so to search engines.
    '404.html': page({ head: `${description}<meta name="robots" content="noindex">` }),
    'style.css': STYLE,
  });
  assert.deepEqual(await checkLighthouse(good), { kinds: 2, problems: [] });
  const bad = join(folder, 'lighthouse', 'bad');
  write(bad, {
    'index.html': page({ main: `<img src="${PIXEL}"><script>console.error('壊れた')</script>` }).replace('<head>', CANONICAL),
    'style.css': STYLE,
  });
  const { problems } = await checkLighthouse(bad);
  const rules = problems.map(({ rule }) => rule).sort();
  for (const rule of ['accessibility/image-alt', 'best-practices/errors-in-console', 'seo/meta-description']) {
    assert.ok(rules.includes(rule), `${rule} in ${rules}`);
  }
  console.log('Lighthouse: faults of all three kinds found, the good pages passed');
}

function testKinds(folder) {
  const root = join(folder, 'kinds');
  const files = ['index.html', '011002/index.html', '011002/15-a/index.html', '022012/3-b/index.html', '011002/changes/2022/index.html',
    '011002/15-a/changes/2023-2/index.html', 'items/zenkomoku/a/index.html', 'items/kiso/b/index.html', 'items/kiso/b/2/index.html',
    '011002/15-a/items/c/index.html', '011002/15-a/v/2022-04-01/index.html', '404.html'];
  write(root, Object.fromEntries(files.map((name) => [name, name.startsWith('022012') ? 'longer' : 'x'])));
  const kinds = kindsOf({ root, pages: files });
  assert.deepEqual([...kinds.keys()], ['home', 'city', 'city-assessment', 'city-changes-year', 'city-assessment-changes-year',
    'items-form-item', 'items-form-item-more', 'city-assessment-items-item', 'city-assessment-v-version', '404']);
  assert.equal(kinds.get('city-assessment'), '022012/3-b/index.html', 'the largest stands for its kind');
  assert.ok(!mostDifferent(kinds, 7).has('city-assessment-changes-year'), 'what ends alike comes last');
  console.log('kinds: pages of one kind are counted once');
}

/** The exit codes are what the test run looks at. */
async function testCommands(folder) {
  const [good, bad, invalid, empty] = ['one-good', 'one-bad', 'invalid', 'empty'].map((name) => join(folder, name));
  write(good, { 'index.html': GOOD['enhanced.html'], 'pia/style.css': STYLE });
  write(bad, { 'index.html': BAD['contrast.html'][0], 'pia/style.css': STYLE });
  mkdirSync(empty);
  const cases = [
    ['check-pages.mjs', good, 0],
    ['check-pages.mjs', bad, 1],
    ['check-pages.mjs', empty, 2],
    ['check-html.mjs', good, 0],
    ['check-html.mjs', invalid, 1],
    ['check-html.mjs', join(folder, 'nowhere'), 2],
    ['check-print.mjs', good, 0],
    ['check-print.mjs', empty, 2],
    ['check-feeds.mjs', join(folder, 'feeds'), 1],
    ['check-feeds.mjs', empty, 2],
    ['check-walk.mjs', join(folder, 'walk', 'motion'), 1],
    ['check-walk.mjs', empty, 2],
    ['check-lighthouse.mjs', empty, 2],
  ];
  await atOnce(AT_ONCE, cases, async ([script, dir, code]) => {
    const run = await ended(process.execPath, [join(HERE, script), dir]);
    assert.equal(run.code, code, `${script} ${dir}:\n${run.said}`);
  });
  console.log('commands: exit codes are right');
}

/** How a program ended and what it said. */
function ended(program, args) {
  return new Promise((done) => {
    execFile(program, args, (error, out, err) => done({ code: error ? error.code : 0, said: out + err }));
  });
}

function write(dir, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
}
