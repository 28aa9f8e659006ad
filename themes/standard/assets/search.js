// The page of the search: reads the query from the box and the address, looks for it (`search-index.js`,
// `search-found.js`), and shows what is found (`search-result.js`). The address always says what
// is shown, so that a search can be linked to.
(function () {
  'use strict';

  const form = document.getElementById('search-form');
  if (!form || !globalThis.kohyoSearch) return;

  const PAGE = 10;
  // Characters of a query; more are no help, and every two of them cost a file.
  const LONGEST = 100;
  const PAUSE_MS = 400;
  // Options that are shown of a group before the others are folded.
  const OPTIONS = 8;

  const { GROUPS, Index, Search, element, onDisk, parse, renderItem } = globalThis.kohyoSearch;
  const say = form.dataset;
  const box = document.getElementById('q');
  const status = document.getElementById('search-status');
  const note = document.getElementById('search-spellings');
  const advice = document.getElementById('search-advice');
  const foundBox = document.getElementById('search-found');
  const facets = document.getElementById('search-facets');
  const list = document.getElementById('search-results');
  const more = document.getElementById('search-more');
  const countAll = document.getElementById('search-count-all');
  const nearBox = document.getElementById('search-near');
  const nearCount = document.getElementById('search-near-count');
  const nearList = document.getElementById('search-near-results');
  const nearMore = document.getElementById('search-near-more');
  const names = document.getElementById('search-names');
  const page = form.closest('main');

  /* --- The index --- */

  let opened;
  function index() {
    opened ??= new Index(load).open(say.head.split(' ').map((path) => path.replace(/\.js$/, '')));
    opened.catch(() => { opened = undefined; });
    return opened;
  }

  function load(path) {
    return new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = path.split('/').map(encodeURIComponent).join('/');
      script.onload = () => { script.remove(); resolve(); };
      script.onerror = () => { script.remove(); reject(new Error(path)); };
      document.head.append(script);
    });
  }

  /* --- What is asked, as the address says it --- */

  function readAddress() {
    const asked = new URLSearchParams(location.search);
    const chosen = Object.fromEntries(GROUPS.map((group) => [group, new Set(asked.getAll(group))]));
    return { q: asked.get('q') ?? '', isLiteral: asked.get('exact') === '1', chosen };
  }

  function addressOf({ q, isLiteral, chosen }) {
    const asked = new URLSearchParams();
    if (q) asked.set('q', q);
    if (isLiteral) asked.set('exact', '1');
    for (const group of GROUPS) chosen[group].forEach((value) => asked.append(group, value));
    const text = asked.toString();
    return text ? `?${text}` : location.pathname;
  }

  // The newest entry of the history came while somebody was typing: the next word replaces it.
  let isDraft = false;
  // What the address asked for when it was last looked at.
  let seen = location.search;
  function remember(state, isNew) {
    if (addressOf(state) === addressOf(readAddress())) {
      isDraft &&= !isNew;
      return;
    }
    try {
      history[isDraft ? 'replaceState' : 'pushState'](null, '', addressOf(state));
      seen = location.search;
      isDraft = !isNew;
    } catch {
      // Some browsers keep the address of a file from disk as it is; the search works all the same.
    }
  }

  /* --- A search --- */

  let state = readAddress();
  // The search that is shown; what an older one finds later is dropped.
  let current;

  async function run(isNew) {
    remember(state, isNew);
    document.title = state.q.trim() ? `${state.q.trim()} - ${say.title}` : say.title;
    const mine = {};
    current = mine;
    const words = parse(state.q, [], true);
    page.classList.add('is-busy');
    if (words.length === 0) return nothing(state.q.trim() ? say.signs : say.empty);
    if (words.reduce((sum, { forms }) => sum + forms[0].length, 0) > LONGEST) return nothing(fill(say.long, { n: LONGEST }));
    const slow = soonBusy(mine);
    try {
      const opened = await index();
      const began = opened.spent;
      const search = new Search(opened, () => state.chosen, ...await asked(opened));
      search.began = began;
      if (current !== mine) return;
      mine.search = search;
      await inTurn(mine, async () => {
        await look(mine);
        await show(mine);
      });
    } catch (error) {
      failed(mine, error);
    } finally {
      clearTimeout(slow);
      if (current === mine) settle();
    }
  }

  /** Says that the search is under way where it takes its time. */
  function soonBusy(mine) {
    return setTimeout(() => { if (current === mine) status.textContent = fill(say.busy, { q: shortened() }); }, 1000);
  }

  /**
   * Does something with a search after whatever is under way with it, so that two clicks never look at the same part of the site twice; nothing, where
   * something else was asked for in the meantime.
   */
  function inTurn(mine, work) {
    const { search } = mine;
    search.turn = (search.turn ?? Promise.resolve()).catch(() => {}).then(() => (current === mine ? work() : undefined));
    return search.turn;
  }

  /** What is shown already stays. */
  function failed(mine, error) {
    console.warn(error);
    if (current !== mine) return;
    if (mine.search?.shown > 0 || mine.search?.nearShown > 0) status.textContent = say.failed;
    else nothing(say.failed);
  }

  async function asked(opened) {
    const words = parse(state.q, opened.head.spellings, state.isLiteral);
    return [words, ...await Promise.all([opened.documents(words), opened.documentsNear(words)])];
  }

  async function look(mine) {
    const { search } = mine;
    const isWanted = () => current === mine;
    await search.advance(PAGE, false, isWanted);
    if (search.chosenItems().length === 0) await search.advanceNear(PAGE, isWanted);
  }

  /** What stands below the results may be seen now: it does not move any more. */
  function settle() {
    page.classList.remove('is-busy');
    document.documentElement.classList.add('is-settled');
  }

  function nothing(message) {
    status.textContent = message;
    for (const part of [foundBox, note, advice, names]) part.hidden = true;
    settle();
  }

  /* --- Showing --- */

  async function show(mine) {
    if (current !== mine) return;
    const { search } = mine;
    const results = await render(search, search.chosenItems().slice(0, PAGE));
    // Where items have the words themselves, the others are shown when they are asked for.
    const near = results.length === 0 ? await render(search, search.chosenNear().slice(0, PAGE)) : [];
    if (current !== mine) return;
    [search.shown, search.nearShown] = [results.length, near.length];
    list.replaceChildren(...results);
    nearList.replaceChildren(...near);
    showSpellings(search);
    showNames(search);
    showState(search);
  }

  /** Everything beside the results themselves. */
  function showState(search) {
    showCount(search);
    showFacets(search);
    showNear(search);
    showAdvice(search);
    showMore(search);
    foundBox.hidden = search.total().n === 0 && search.near.length === 0;
  }

  function showCount(search) {
    const { n, isExact } = search.count((document, chapter) => search.isChosen(document, chapter));
    const total = search.total();
    const number = (count) => count.toLocaleString('ja-JP');
    const whole = total.isExact ? number(total.n) : fill(say.roughly, { n: number(total.n) });
    const isNarrowed = isAnythingChosen() && total.n > 0;
    const sentence = isNarrowed ? (isExact ? say.narrowed : say.narrowedAbout)
      : n === 0 && isExact ? say.none : isExact ? say.count
      : search.chosenItems().length === 0 ? say.notYet : say.about;
    const near = search.chosenNear().length;
    const others = near === 0 ? '' : fill(search.waitingNear().length > 0 ? say.nearAtLeast : say.near, { n: number(near) });
    status.textContent = fill(sentence, { q: shortened(), n: number(n), m: whole }) + others;
  }

  function isAnythingChosen() {
    return GROUPS.some((group) => state.chosen[group].size > 0);
  }

  function showNear(search) {
    const near = search.chosenNear();
    const isOpen = search.waitingNear().length > 0;
    nearBox.hidden = near.length === 0 && !isOpen;
    nearCount.textContent = isOpen && near.length === 0 ? '' : fill(isOpen ? say.nearCountAtLeast : say.nearCount, { n: near.length.toLocaleString('ja-JP') });
    nearMore.hidden = near.length <= search.nearShown && !isOpen;
    nearMore.textContent = search.nearShown > 0 ? say.nearMore : near.length > 0 ? say.nearShow : say.nearLook;
  }

  /** A single word that is the name of a place leads there; all items of the place would be no answer. */
  function showNames(search) {
    const found = search.words.length === 1 ? search.index.municipalitiesWith(search.words[0]).slice(0, OPTIONS) : [];
    names.hidden = found.length === 0;
    const links = found.flatMap(([code, name], at) => [
      at > 0 ? '、' : '', element('a', { href: onDisk(`${say.root}${code}/`) }, name),
    ]);
    names.replaceChildren(say.names, ...links);
  }

  function shortened() {
    const signs = Array.from(state.q.trim());
    return signs.length > 40 ? `${signs.slice(0, 40).join('')}…` : signs.join('');
  }

  function showSpellings(search) {
    const others = search.words.flatMap((word) => word.others);
    const widened = parse(state.q, search.index.head.spellings, false).some((word) => word.others.length > 0);
    note.hidden = !widened;
    if (!widened) return;
    const sentence = state.isLiteral ? say.isLiteral
      : fill(say.spellings, { words: others.map((other) => `「${other}」`).join('') });
    const button = element('button', { type: 'button' }, state.isLiteral ? say.widen : say.literal);
    button.addEventListener('click', () => {
      state = { ...state, isLiteral: !state.isLiteral };
      box.focus();
      run(true);
    });
    note.replaceChildren(sentence, ' ', button);
  }

  function showAdvice(search) {
    advice.hidden = search.chosenItems().length > 0 || search.chosenNear().length > 0 || search.waiting().length > 0;
    if (advice.hidden) return;
    const ways = [isAnythingChosen() && unfilter(), search.words.length > 1 && say.fewer, say.shorter, say.elsewhere];
    advice.replaceChildren(element('ul', {}, ...ways.filter(Boolean).map((way) => element('li', {}, way))));
  }

  /** The boxes are out of sight where nothing is found. */
  function unfilter() {
    const button = element('button', { type: 'button' }, say.unfilter);
    button.addEventListener('click', () => {
      state = { ...state, chosen: Object.fromEntries(GROUPS.map((group) => [group, new Set()])) };
      box.focus();
      narrow();
    });
    return button;
  }

  function showMore(search) {
    const isMore = search.chosenItems().length > search.shown || search.waiting().length > 0;
    const { isExact } = search.count((document, chapter) => search.isChosen(document, chapter));
    more.hidden = !isMore;
    countAll.hidden = isExact && (search.pending.length === 0 || search.known?.isExact !== true);
  }

  // What was made of each item: a result that stays is not made anew.
  const made = new WeakMap();
  async function render(search, items) {
    return Promise.all(items.map(async (item) => {
      if (!made.has(item)) made.set(item, await renderItem(search, item, say.root));
      return made.get(item);
    }));
  }

  /* --- Narrowing down --- */

  function showFacets(search) {
    const active = document.activeElement?.id;
    const { municipalities, forms } = search.index.head;
    const options = {
      municipality: municipalities.map(([code, name]) => [code, name]),
      form: forms.map((name) => [name, name]),
      chapter: search.index.chapters.map((name) => [name, name]),
    };
    const groups = GROUPS.map((group) => renderGroup(search, group, options[group])).filter(Boolean);
    facets.replaceChildren(...groups);
    // Whoever ticks a box by keyboard stays there.
    if (active?.startsWith('facet-')) document.getElementById(active)?.focus();
  }

  function renderGroup(search, group, options) {
    const counted = tally(search, group);
    const rows = options
      .map(([value, name], at) => ({ value, name, at, count: counted.get(value) ?? 0, isChosen: state.chosen[group].has(value) }))
      .filter(({ count, isChosen }) => count > 0 || isChosen);
    if (rows.length === 0) return undefined;
    const isSure = (isOwn(search) ? search.pending : search.nearPending).length === 0 || (isOwn(search) && search.known?.isExact && group !== 'chapter' && state.chosen.chapter.size === 0);
    const items = rows.map((row) => [row, renderOption(group, row, isSure)]);
    const top = new Set([...rows].sort((a, b) => b.isChosen - a.isChosen || b.count - a.count || a.at - b.at).slice(0, OPTIONS));
    const rest = items.filter(([row]) => !top.has(row)).map(([, item]) => item);
    const parts = [element('legend', {}, say[group]), element('ul', {}, ...items.filter(([row]) => top.has(row)).map(([, item]) => item))];
    if (rest.length > 0) {
      const wasOpen = facets.querySelector(`details[data-group="${group}"]`)?.open;
      const summary = element('summary', {}, fill(say.others, { n: rest.length }), element('span', { class: 'hidden' }, `（${say[group]}）`));
      const details = element('details', { 'data-group': group }, summary, element('ul', {}, ...rest));
      details.open = Boolean(wasOpen);
      parts.push(details);
    }
    return element('fieldset', {}, ...parts);
  }

  /** The options are those of the items that have the words, and of the others only where there are none. */
  function isOwn(search) {
    return search.total().n > 0;
  }

  /** The items of each option, with what is chosen in the other groups. */
  function tally(search, group) {
    const counted = new Map();
    const add = (value, n) => counted.set(value, (counted.get(value) ?? 0) + n);
    for (const { document, chapter } of isOwn(search) ? search.items : search.near) {
      if (!search.isChosen(document.number, chapter, group)) continue;
      add(group === 'chapter' ? search.index.chapters[chapter] : search.facts(document.number)[group], 1);
    }
    if (group === 'chapter' || !isOwn(search)) return counted;
    for (const document of search.pending.flatMap((at) => search.expected(at))) {
      if (search.isChosen(document, undefined, group)) add(search.facts(document)[group], search.known?.documents.get(document) ?? 0);
    }
    return counted;
  }

  function renderOption(group, { value, name, at, count, isChosen }, isSure) {
    const input = element('input', { type: 'checkbox', id: `facet-${group}-${at}`, name: group, value, form: 'search-form' });
    input.checked = isChosen;
    input.addEventListener('change', () => {
      const chosen = new Set(state.chosen[group]);
      if (input.checked) chosen.add(value);
      else chosen.delete(value);
      state = { ...state, chosen: { ...state.chosen, [group]: chosen } };
      narrow();
    });
    // What is left may add chapters, and takes away from what documents may have at most.
    const bound = isSure ? say.items : group === 'chapter' ? say.itemsAtLeast : say.itemsAtMost;
    const number = fill(bound, { n: count.toLocaleString('ja-JP') });
    const label = element('label', { for: input.id }, input, element('span', {}, name, ' ', element('span', { class: 'count' }, number)));
    return element('li', {}, label);
  }

  /** The same search with other boxes ticked: what is known is kept. */
  async function narrow() {
    remember(state, true);
    if (!current?.search) return;
    const mine = current = { search: current.search };
    const slow = soonBusy(mine);
    try {
      await inTurn(mine, async () => {
        mine.search.began = mine.search.index.spent;
        await look(mine);
        await show(mine);
      });
    } catch (error) {
      failed(mine, error);
    } finally {
      clearTimeout(slow);
      // It may have taken the place of a search that was still under way.
      if (current === mine) settle();
    }
  }

  /** More of the search that is shown; a second click waits for nothing and does nothing. */
  async function goOn(work) {
    const mine = current;
    if (!mine?.search || mine.isBusy) return;
    mine.isBusy = true;
    const slow = soonBusy(mine);
    try {
      await inTurn(mine, async () => {
        mine.search.began = mine.search.index.spent;
        await work(mine, mine.search);
      });
    } catch (error) {
      failed(mine, error);
    } finally {
      clearTimeout(slow);
      mine.isBusy = false;
    }
  }

  /** More results; where all is looked at, only what is found before those that are shown. */
  async function showNext(mine, search, isAll) {
    const wanted = isAll ? Math.max(search.shown, PAGE) : search.shown + PAGE;
    await search.advance(wanted, isAll, () => current === mine);
    if (current !== mine) return;
    const results = await render(search, search.chosenItems().slice(0, wanted));
    if (current !== mine) return;
    const added = put(list, results);
    search.shown = results.length;
    showState(search);
    const { n } = search.count((document, chapter) => search.isChosen(document, chapter));
    if (added) status.textContent += fill(say.shown, { n: n.toLocaleString('ja-JP'), m: search.shown });
    focusOn(list, added);
  }

  async function showNextNear(mine, search) {
    const wanted = search.nearShown + PAGE;
    await search.advanceNear(wanted, () => current === mine);
    if (current !== mine) return;
    const results = await render(search, search.chosenNear().slice(0, wanted));
    if (current !== mine) return;
    const added = put(nearList, results);
    search.nearShown = results.length;
    showState(search);
    focusOn(nearList, added);
  }

  /** Shows results, and gives the first that was not there: what is found later may belong before what is shown. */
  function put(at, results) {
    const before = new Set(at.children);
    at.replaceChildren(...results);
    return results.find((result) => !before.has(result));
  }

  function focusOn(results, result) {
    (result ?? results.lastElementChild)?.querySelector('a')?.focus();
  }

  /* --- Small things --- */

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
  }

  /* --- What people do --- */

  let timer;
  function typed(isNow) {
    clearTimeout(timer);
    const ask = () => {
      if (box.value === state.q && current && !isNow) return;
      state = { ...state, q: box.value, isLiteral: box.value === state.q && state.isLiteral };
      run(isNow);
    };
    if (isNow) ask();
    else timer = setTimeout(ask, PAUSE_MS);
  }

  // While a reading is turned into kanji, nothing is asked yet.
  box.addEventListener('input', (event) => { if (!event.isComposing) typed(false); });
  box.addEventListener('compositionstart', () => clearTimeout(timer));
  box.addEventListener('compositionend', () => typed(false));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    typed(true);
  });
  more.addEventListener('click', () => goOn((mine, search) => showNext(mine, search, false)));
  nearMore.addEventListener('click', () => goOn(showNextNear));
  countAll.addEventListener('click', () => goOn((mine, search) => showNext(mine, search, true)));
  addEventListener('popstate', () => {
    // A link to a part of the page asks for nothing.
    if (location.search === seen) return;
    seen = location.search;
    state = readAddress();
    box.value = state.q;
    isDraft = false;
    run(true);
  });

  // On a narrow screen the results come first.
  if (matchMedia('(max-width: 63.99rem)').matches) facets.closest('details').open = false;
  // On a slow network somebody may have begun to type.
  const early = box.value;
  if (!early) box.value = state.q;
  if (location.protocol === 'file:') {
    for (const link of document.querySelectorAll('a[href$="/"]')) link.setAttribute('href', onDisk(link.getAttribute('href')));
  } else if (location.pathname.endsWith('/index.html')) {
    // The box of the other pages names the file, so that it leads here from disk as well.
    history.replaceState(null, '', location.pathname.replace(/index\.html$/, '') + location.search);
  }
  if (state.q) run(true);
  else settle();
  if (early) typed(false);
}());
