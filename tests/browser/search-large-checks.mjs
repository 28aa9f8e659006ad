// The search of a site that is too large to look at all of it: what comes first, what is left for later, and what stops it.

import { ask, open, settled, shownItems } from './search-page.mjs';
import { scan } from './search-scan.mjs';

/**
 * In the page: a segment for every document, and no more of them are looked at than are needed, as on a large site. Between
 * `hold()` and `letGo()` each takes its time.
 */
function makeLarge() {
  const { Index, Search } = globalThis.kohyoSearch;
  const { open, segment, items } = Index.prototype;
  globalThis.lookedAt = [];
  globalThis.hold = () => { globalThis.held = new Promise((done) => { globalThis.letGo = done; }); };
  Index.prototype.open = async function openLarge(names) {
    await open.call(this, names);
    this.whole = Object.create(this, { head: { value: { ...this.head } }, firstOf: { value: this.firstOf }, segments: { value: new Map() } });
    this.firstOf = this.municipalityOf.map((_, document) => document);
    this.head.segments = this.firstOf.map(() => ['', 1]);
    return this;
  };
  Index.prototype.segment = async function segmentOf(document) {
    const all = await segment.call(this.whole, this.whole.firstOf.findLastIndex((first) => first <= document));
    return { ...all, only: document };
  };
  Index.prototype.items = async function itemsOf(part, words) {
    globalThis.lookedAt.push(part.only);
    await globalThis.held;
    const found = await items.call(this, part, words);
    const isHere = ({ document }) => document.number === part.only;
    return { own: found.own.filter(isHere), near: found.near.filter(isHere) };
  };
  Index.prototype.documents = async function documentsOf() {
    return { documents: new Map(this.firstOf.map((document) => [document, 1])), isExact: false };
  };
  globalThis.isEnough = Search.prototype.isEnough;
  Search.prototype.isEnough = (count, wanted) => count >= wanted;
}

async function openLarge(browser, origin, note) {
  const tab = await open(browser, origin, note);
  await tab.evaluate(makeLarge);
  return tab;
}

/** Ticks a box or takes the tick away, and waits for what is said then. */
async function tick(tab, box) {
  await tab.locator('#search-status').evaluate((status) => { status.textContent = ''; });
  await box.click();
  return settled(tab);
}

/** All that is checked here. `items` are those of a plain scan. */
export async function checkLarge(browser, origin, items, note) {
  await checkBudget(browser, origin, note);
  await checkOrder(browser, origin, items, note);
  await checkStopping(browser, origin, note);
  await checkBusy(browser, origin, note);
}

/** A query stops before it is dear, and whoever asks for more gets more, however dear it is. */
async function checkBudget(browser, origin, note) {
  const tab = await openLarge(browser, origin, note);
  await tab.evaluate(() => {
    const { Index, Search } = globalThis.kohyoSearch;
    Search.prototype.isEnough = globalThis.isEnough;
    const { items } = Index.prototype;
    Index.prototype.items = async function dear(part, words) {
      this.spent += 120_000;
      return items.call(this, part, words);
    };
  });
  const looked = () => tab.evaluate(() => globalThis.lookedAt.length);
  await ask(tab, '評価');
  const first = await looked();
  if (first !== 1) note('budget', '#search-status', `${first} dear parts are looked at unasked`);
  await ask(tab, 'この言葉はどの評価書にも書かれていない');
  const none = await looked();
  if (none !== first + 1) note('budget', '#search-status', `${none - first} dear parts are looked at unasked where nothing is found`);
  await tab.locator('#search-more').click();
  await tab.waitForFunction((count) => globalThis.lookedAt.length > count, none, { timeout: 5000 })
    .catch(() => note('budget', '#search-more', 'whoever asks for more gets no further'));
  await tab.context().close();
}

/** Whichever part of the site was looked at first, every result is shown once. */
async function checkOrder(browser, origin, items, note) {
  const expected = JSON.stringify(scan(items, 'の'));
  for (const isCounted of [false, true]) {
    const tab = await openLarge(browser, origin, note);
    await ask(tab, 'の');
    for (let count = 0; count < 2; count += 1) await tick(tab, tab.locator('#search-facets input[name="municipality"]').last());
    if (isCounted) {
      await tab.locator('#search-count-all').click();
      await tab.locator('#search-count-all').waitFor({ state: 'hidden' });
    }
    while (await tab.locator('#search-more').isVisible()) {
      const count = await tab.locator('#search-results li').evaluateAll((all) => {
        globalThis.old = new Set(all);
        return all.length;
      });
      await tab.locator('#search-more').click();
      await tab.waitForFunction((n) => document.querySelectorAll('#search-results li').length > n, count);
      const isNew = await tab.evaluate(() => {
        const at = document.activeElement.closest('#search-results li');
        return at !== null && !globalThis.old.has(at);
      });
      if (!isNew) note('order', '#search-more', 'the focus does not go to a new result');
    }
    const shown = await shownItems(tab);
    const twice = shown.length - new Set(shown).size;
    if (twice > 0) note('order', '#search-results', `${twice} results stand there twice`);
    if (JSON.stringify(shown.sort()) !== expected) note('order', '#search-results', 'not all results are shown');
    await tab.context().close();
  }
}

/** Ticks a box while a part of the site is looked at. */
async function tickMeanwhile(tab) {
  await tab.waitForFunction(() => globalThis.lookedAt.length > 0);
  await tab.locator('#search-status').evaluate((status) => { status.textContent = ''; });
  await tab.locator('#search-facets input[name="municipality"]').first().click();
  await tab.evaluate(() => globalThis.letGo());
  await settled(tab);
}

/** Whoever asks for something else does not wait for what is under way. */
async function checkStopping(browser, origin, note) {
  const tab = await openLarge(browser, origin, note);
  await ask(tab, 'の');
  await tab.evaluate(() => { globalThis.lookedAt = []; globalThis.hold(); });
  await tab.locator('#search-count-all').click();
  await tab.waitForFunction(() => document.querySelector('#search-status').textContent.includes('探しています'), undefined, { timeout: 5000 })
    .catch(() => note('stopping', '#search-status', 'nothing says that all parts are being looked at'));
  await tickMeanwhile(tab);
  const count = await tab.evaluate(() => globalThis.lookedAt.length);
  if (count > 1) note('stopping', '#search-count-all', `${count} parts are looked at after something else was asked for`);
  await tab.context().close();
}

/** A box that is ticked during a search takes its place. */
async function checkBusy(browser, origin, note) {
  const tab = await openLarge(browser, origin, note);
  await ask(tab, 'の');
  await tab.evaluate(() => { globalThis.lookedAt = []; globalThis.hold(); });
  await tab.locator('#q').fill('のの');
  await tickMeanwhile(tab);
  await tab.waitForFunction(() => !document.querySelector('main').classList.contains('is-busy'))
    .catch(() => note('busy', 'main', 'it stays busy when a box is ticked during a search'));
  await tab.context().close();
}
