// The search of a site as a visitor uses it: what is found, counted, narrowed down, linked to, and what it costs.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { newTab, startChromium } from './chromium.mjs';
import { runAxe } from './in-page.mjs';
import { checkLarge } from './search-large-checks.mjs';
import { ask, numberIn, open, serve, settled, shownItems } from './search-page.mjs';
import { readItems, scan } from './search-scan.mjs';

const require = createRequire(import.meta.url);
const AXE_SOURCE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const AXE = {
  tags: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  locale: require('axe-core/locales/ja.json'),
};
/** What a query may transfer before the visitor asks for more. */
const MOST_BYTES = 150_000;

const QUERIES = [
  '再委託', 'ＩＣカード', 'icｶｰﾄﾞ', 'ワクチン接種記録システム', '課税課', '令和7年', '2015-12', '番号法第9条第1項', '別表第二', '税', '市',
  '特定個人情報ファイル', 'lgwan', '10年', '委託 契約 職員', '住民基本台帳ネットワークシステム', 'この言葉はどの評価書にも書かれていない',
];

export async function checkSearch(dir) {
  const root = resolve(dir);
  const problems = [];
  const costs = [];
  const note = (rule, selector, message) => problems.push({ page: 'search/', rule, selector, message });
  const items = readItems(root);
  const served = await serve(root);
  const browser = await startChromium();
  try {
    const places = [served.origin, pathToFileURL(root).href];
    for (const place of places) {
      const tab = await open(browser, place, note);
      for (const query of QUERIES) {
        const spent = await checkQuery(tab, served, items, query, note);
        if (place === served.origin) costs.push(spent);
      }
      await tab.context().close();
    }
    const tab = await open(browser, served.origin, note);
    await checkFacets(tab, note);
    await checkOddQueries(tab, note);
    await checkAddress(tab, served.origin, note);
    await checkKeyboard(tab, note);
    await tab.context().close();
    await checkBox(browser, served.origin, note);
    await checkNear(browser, served.origin, items, note);
    await checkLarge(browser, served.origin, items, note);
    await checkFragment(browser, served.origin, note);
    await checkTyping(browser, served.origin, note);
    await checkEarly(browser, served.origin, note);
    await checkFailure(browser, served.origin, note);
    await checkCuts(browser, served.origin, note);
    await checkFromDisk(browser, pathToFileURL(root).href, note);
    await checkStillness(browser, served.origin, note);
    await checkLooks(browser, served.origin, note);
  } finally {
    await browser.close();
    await served.close();
  }
  return { queries: QUERIES.length, most: Math.max(...costs), problems };
}

/** Returns the bytes that the first results cost; none from disk. */
async function checkQuery(tab, served, items, query, note) {
  // A page without anything of the query before it.
  await tab.goto(tab.url().replace(/\?.*$/, ''));
  const before = served.sent.bytes;
  const said = await ask(tab, query);
  const spent = served.sent.bytes - before;
  if (spent > MOST_BYTES) note('bytes', query, `${spent} bytes were transferred`);
  const expected = scan(items, query);
  if (said.includes('は多くて')) note('count', query, `the count is not exact: ${said}`);
  if (numberIn(said) !== expected.length) note('count', query, `${said} There are ${expected.length}.`);
  const results = tab.locator('#search-results li');
  for (let at = 0; at < await results.count(); at += 1) {
    if (await results.nth(at).locator('mark').count() === 0) note('mark', query, `result ${at + 1} shows no hit`);
  }
  while (await tab.locator('#search-more').isVisible()) {
    const count = await results.count();
    await tab.locator('#search-more').click();
    await tab.waitForFunction((n) => document.querySelectorAll('#search-results li').length > n, count);
  }
  const shown = await shownItems(tab);
  const sorted = [...shown].sort();
  if (JSON.stringify(sorted) !== JSON.stringify(expected)) {
    const missing = expected.filter((address) => !shown.includes(address));
    const wrong = shown.filter((address) => !expected.includes(address));
    note('found', query, `${missing.length} are missing (${missing.slice(0, 3)}), ${wrong.length} are wrong (${wrong.slice(0, 3)})`);
  }
  return spent;
}

async function checkFacets(tab, note) {
  const all = numberIn(await ask(tab, '委託'));
  for (const group of ['municipality', 'form', 'chapter']) {
    const boxes = tab.locator(`#search-facets input[name="${group}"]`);
    const labels = tab.locator(`#search-facets label:has(input[name="${group}"])`);
    const counts = (await labels.allTextContents()).map((text) => Number(text.match(/([\d,]+)件\s*$/)[1].replace(/,/g, '')));
    const sum = counts.reduce((a, b) => a + b, 0);
    if (sum !== all) note('facets', group, `the options have ${sum} items together, there are ${all}`);
    await boxes.first().check();
    await tab.waitForFunction((n) => document.querySelector('#search-status').textContent.includes(`${n.toLocaleString('ja-JP')}件です`), counts[0])
      .catch(() => note('facets', group, 'the number of an option is not that of its items'));
    const said = await tab.locator('#search-status').textContent();
    if (!said.includes(`${all.toLocaleString('ja-JP')}件のうち`)) note('facets', group, `it is not said how many there are in all: ${said}`);
    if (await tab.evaluate(() => document.activeElement.name) !== group) note('facets', group, 'the focus is lost');
    if (!new URL(tab.url()).searchParams.has(group)) note('facets', group, 'the address does not say what is chosen');
    await tab.goBack();
    await settled(tab);
    if (numberIn(await tab.locator('#search-status').textContent()) !== all) note('facets', group, 'going back does not take the choice back');
  }
}

async function checkOddQueries(tab, note) {
  const expects = [
    ['', '入力'], ['　 \t', '入力'], ['。'.repeat(300), '長すぎ'], ['あ'.repeat(99), 'ませんでした'], ['<b>"&\'', 'ませんでした'], ['* `', '入力'],
    ['__proto__', 'ませんでした'], ['constructor', 'ませんでした'], ['𠮷鬱', 'ませんでした'],
  ];
  for (const [query, expected] of expects) {
    const said = await ask(tab, query);
    if (!said.includes(expected)) note('odd-query', query.slice(0, 20), said);
  }
  await ask(tab, 'この言葉はどの評価書にも書かれていない');
  if (await tab.locator('#search-advice li').count() < 2) note('advice', '#search-advice', 'nothing is advised where nothing is found');
  await ask(tab, '漏洩');
  if (!(await tab.locator('#search-spellings').textContent()).includes('漏えい')) note('spellings', '#search-spellings', 'another spelling is not told');
  await tab.locator('#search-spellings button').click();
  await tab.waitForFunction(() => document.querySelector('#search-spellings').textContent.includes('入力したとおり'));
  if (!tab.url().includes('exact=1')) note('spellings', '#search-spellings', 'the address does not say that only what was typed is searched');
}

async function checkAddress(tab, origin, note) {
  await tab.goto(`${origin}/search/?q=${encodeURIComponent('再委託')}`);
  await settled(tab);
  if (await tab.locator('#q').inputValue() !== '再委託') note('address', '#q', 'the box does not show the query of the address');
  if (await tab.locator('#search-results li').count() === 0) note('address', '#search-results', 'the query of the address is not answered');
  if (!(await tab.title()).startsWith('再委託')) note('address', 'title', 'the title does not say what was searched');
  // What is typed is searched without Enter, and the focus stays.
  await tab.locator('#q').fill('委託先');
  await tab.waitForFunction(() => document.querySelector('#search-status').textContent.includes('委託先'));
  if (await tab.evaluate(() => document.activeElement.id) !== 'q') note('address', '#q', 'the focus does not stay in the box');
  if (new URL(tab.url()).searchParams.get('q') !== '委託先') note('address', 'url', 'the address does not follow');
}

async function checkKeyboard(tab, note) {
  await ask(tab, '委託');
  const reached = new Set();
  for (let count = 0; count < 60; count += 1) {
    await tab.keyboard.press('Tab');
    reached.add(await tab.evaluate(() => {
      const { activeElement: at } = document;
      return at.closest('#search-results') ? 'result' : at.closest('#search-facets') ? 'facet' : at.id || at.localName;
    }));
  }
  for (const place of ['facet', 'result', 'search-more']) {
    if (!reached.has(place)) note('keyboard', place, 'it is not reached with the Tab key');
  }
  await tab.locator('#search-more').focus();
  await tab.keyboard.press('Enter');
  await tab.waitForFunction(() => document.querySelectorAll('#search-results li').length > 10);
  const isNew = await tab.evaluate(() => [...document.querySelectorAll('#search-results li')].indexOf(document.activeElement.closest('li')) === 10);
  if (!isNew) note('keyboard', '#search-more', 'the focus does not go to the first new result');
}

/** The box in the header of every page, with and without scripts. */
async function checkBox(browser, origin, note) {
  for (const javaScriptEnabled of [true, false]) {
    const tab = await newTab(browser, { javaScriptEnabled });
    await tab.goto(`${origin}/`);
    await tab.locator('#search-box').fill('再委託');
    await tab.locator('#search-box').press('Enter');
    await tab.waitForURL(javaScriptEnabled ? /search\/\?q=/ : /search\/index\.html\?q=/);
    if (!javaScriptEnabled && !await tab.locator('.search-ways a').first().isVisible()) note('box', '.search-ways', 'without scripts there is no way on');
    if (!javaScriptEnabled && !(await tab.locator('main').innerText()).includes('JavaScript')) note('box', 'noscript', 'nobody says why nothing is found');
    await tab.context().close();
  }
}

/** What only stands in headings above is counted apart, and the name of a municipality alone leads there. */
async function checkNear(browser, origin, items, note) {
  const tab = await open(browser, origin, note);
  const said = await ask(tab, '保管期間');
  if (numberIn(said) !== scan(items, '保管期間').length) note('near', '保管期間', `${said}`);
  if (!/見出しなどに含むものが[\d,]+件/.test(said)) note('near', '保管期間', `nothing is found by its heading: ${said}`);
  if (await tab.locator('#search-near-results li').count() === 0) await tab.locator('#search-near-more').click({ timeout: 5000 });
  await tab.waitForFunction(() => document.querySelectorAll('#search-near-results li .above mark').length > 0, undefined, { timeout: 5000 })
    .catch(() => note('near', '#search-near-results', 'no heading shows the word'));
  const shown = await tab.locator('#search-results a, #search-near-results a').evaluateAll((links) => links.map((link) => link.href));
  if (new Set(shown).size !== shown.length) note('near', '#search-near-results', 'an item is found twice');
  const option = await tab.locator('#search-facets label:has(input[name="municipality"])').first().textContent();
  const name = option.replace(/[約\d,]+件\s*$/, '').trim();
  await ask(tab, name);
  if (!await tab.locator('#search-names a').first().isVisible()) note('near', '#search-names', 'the name of a municipality does not lead there');
  if (await tab.locator('#search-near-results li').count() > 0) note('near', name, 'the name of a municipality finds all its items');
  await tab.context().close();
}

/** A link to a part of the page is no other search. */
async function checkFragment(browser, origin, note) {
  const tab = await open(browser, origin, note);
  await ask(tab, 'の');
  await tab.locator('#search-more').click();
  const count = await tab.waitForFunction(() => {
    const { length } = document.querySelectorAll('#search-results li');
    return length > 10 && length;
  });
  await tab.locator('a[href="#main"]').focus();
  await tab.keyboard.press('Enter');
  await tab.waitForTimeout(500);
  if (await tab.locator('#search-results li').count() !== await count.jsonValue()) note('fragment', 'a[href="#main"]', 'results that were shown are gone');
  await tab.goBack();
  await tab.waitForTimeout(500);
  if (await tab.locator('#search-results li').count() !== await count.jsonValue()) note('fragment', 'history', 'going back from a part of the page searches anew');
  await tab.context().close();
}

/** What is typed last is what is searched, through a conversion to kanji as well. */
async function checkTyping(browser, origin, note) {
  const tab = await open(browser, origin, note);
  const keyboard = await tab.context().newCDPSession(tab);
  const compose = (text) => keyboard.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await tab.locator('#q').pressSequentially('再');
  for (const text of ['い', 'いた', 'いたく']) await compose(text);
  await tab.waitForTimeout(600);
  if (/%E3%81/.test(tab.url())) note('typing', '#q', `a reading is searched before it is kanji: ${decodeURI(tab.url())}`);
  await keyboard.send('Input.insertText', { text: '委託' });
  await tab.waitForFunction(() => document.querySelector('#search-status').textContent.includes('「再委託」'))
    .catch(() => note('typing', '#q', 'what was turned into kanji is not searched'));
  await tab.context().close();
}

/** What is typed before the scripts are there is searched as well. */
async function checkEarly(browser, origin, note) {
  const tab = await newTab(browser);
  let go;
  const held = new Promise((done) => { go = done; });
  await tab.route(/\.js\b/, async (route) => { await held; await route.continue(); });
  await tab.goto(`${origin}/search/`, { waitUntil: 'commit' });
  await tab.locator('#q').fill('委託先');
  go();
  await tab.waitForFunction(() => document.querySelector('#search-status').textContent.includes('「委託先」'))
    .catch(() => note('typing', '#q', 'what is typed before the scripts are there is lost'));
  await tab.context().close();
}

/** Files that are gone: somebody published the site anew while the page was open, or the network failed. */
async function checkFailure(browser, origin, note) {
  const tab = await newTab(browser);
  await tab.goto(`${origin}/search/`);
  await ask(tab, '再委託');
  const files = /search\/[gst]\//;
  await tab.route(files, (route) => route.fulfill({ status: 404, contentType: 'text/html', body: 'gone' }));
  const said = await ask(tab, '住民票');
  if (!said.includes('読み込み直す')) note('failure', '#search-status', said);
  if (await tab.locator('#search-found').isVisible()) note('failure', '#search-found', 'the results of another query stay');
  await tab.unroute(files);
  await tab.reload();
  if (!(await settled(tab)).includes('「住民票」')) note('failure', '#search-status', 'the query is gone with the page');
  await tab.context().close();
}

/** Long texts are cut into pieces; an excerpt that ends with a piece and not with the text says so. */
async function checkCuts(browser, origin, note) {
  const tab = await open(browser, origin, note);
  const [whole, cut] = await tab.evaluate(async () => {
    const { parse, renderItem, trace } = globalThis.kohyoSearch;
    const text = '委託先は毎年';
    const excerpt = async (goesOn) => {
      const found = { ...trace(text), at: 0, text, anchor: 'i-1', reference: 'Ⅰ', label: '委託先', isLabel: false, isCut: false, goesOn };
      const index = { head: { municipalities: [['019984', 'みほん市']] }, municipalityOf: [0], textAt: async () => found };
      const hit = { place: 0, form: ['委', '託'], isLabel: false };
      const item = await renderItem({ index, words: parse('委託', [], true) }, { document: { number: 0, title: '', dir: '1-a' }, hits: [hit] }, '../');
      return item.querySelector('.hit').textContent;
    };
    return [await excerpt(false), await excerpt(true)];
  });
  if (whole !== '委託先は毎年') note('cuts', '.hit', `a whole text is not shown as one: ${whole}`);
  if (cut !== '委託先は毎年…') note('cuts', '.hit', `an excerpt ends as if the text did: ${cut}`);
  await tab.context().close();
}

async function checkFromDisk(browser, place, note) {
  const tab = await newTab(browser);
  await tab.goto(`${place}/index.html`);
  await tab.locator('#search-box').fill('再委託');
  await tab.locator('#search-box').press('Enter');
  await tab.waitForURL(/search\/index\.html\?q=/);
  await settled(tab);
  const open = await tab.locator('main a').evaluateAll((links) => links.map((link) => link.getAttribute('href')).filter((href) => /\/(#|$)/.test(href)));
  if (open.length > 0) note('disk', open[0], `${open.length} links show a folder`);
  await tab.context().close();
}

/** Nothing that is read already moves while results come. */
async function checkStillness(browser, origin, note) {
  for (const [width, height] of [[1280, 900], [360, 740]]) {
    for (const query of ['再委託', '保管期間', 'この言葉はどの評価書にも書かれていない', '']) {
      const tab = await newTab(browser, { viewport: { width, height } });
      await tab.addInitScript(() => {
        globalThis.shift = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => { globalThis.shift += entry.value; }))
          .observe({ type: 'layout-shift', buffered: true });
      });
      // As slow as a network: the page is painted before its scripts and the index are there.
      await tab.route(/\.js\b/, async (route) => { await new Promise((done) => { setTimeout(done, 150); }); await route.continue(); });
      await tab.goto(`${origin}/search/?q=${encodeURIComponent(query)}`);
      if (query) await settled(tab);
      await tab.waitForTimeout(300);
      const shift = await tab.evaluate(() => globalThis.shift);
      if (shift >= 0.05) note('shift', query, `${shift.toFixed(3)} at ${width} px`);
      if (!await tab.locator('.search-ways').isVisible()) note('shift', '.search-ways', `${query}: other ways stay hidden`);
      await tab.context().close();
    }
  }
}

async function checkLooks(browser, origin, note) {
  for (const [width, colorScheme] of [[1280, 'light'], [320, 'light'], [1280, 'dark']]) {
    // axe-core is brought in from outside, which the policy of the page forbids.
    const tab = await newTab(browser, { viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    for (const query of ['再委託', 'この言葉はどの評価書にも書かれていない', '漏洩']) {
      await tab.goto(`${origin}/search/?q=${encodeURIComponent(query)}`);
      await settled(tab);
      await tab.locator('.search-facets').evaluate((details) => { details.open = true; });
      await tab.evaluate(AXE_SOURCE);
      for (const { rule, selector, message } of await tab.evaluate(runAxe, AXE)) note(rule, selector, `${query}, ${width} px, ${colorScheme}: ${message}`);
      const [wide, window] = await tab.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      if (wide > window) note('reflow', 'html', `${query}: ${wide} px wide in a window of ${window} px`);
    }
    await tab.context().close();
  }
}
