// The page of the search: reads the query from the box and the address, asks `search-index.js`, and shows what is found. The address always says what
// is shown, so that a search can be linked to.
(function () {
  'use strict';

  const form = document.getElementById('search-form');
  if (!form || !globalThis.kohyoSearch) return;

  const PAGE = 10;
  // Characters of a query; more are no help, and every two of them cost a file.
  const LONGEST = 100;
  // After so many bytes no further part of the site is looked at unasked, as long as there is something to show.
  const BUDGET = 60000;
  // Not even then.
  const MOST = 100000;
  const PAUSE_MS = 400;
  const BEFORE = 30;
  const AFTER = 90;
  // Options that are shown of a group before the others are folded.
  const OPTIONS = 8;
  const GROUPS = ['municipality', 'form', 'chapter'];

  const { FIELD, Index, find, parse, standsAt, trace } = globalThis.kohyoSearch;
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
    opened ??= new Index(load).open(say.head.replace(/\.js$/, ''));
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
  function remember(state, isNew) {
    if (addressOf(state) === addressOf(readAddress())) {
      isDraft &&= !isNew;
      return;
    }
    try {
      history[isDraft ? 'replaceState' : 'pushState'](null, '', addressOf(state));
      isDraft = !isNew;
    } catch {
      // Some browsers keep the address of a file from disk as it is; the search works all the same.
    }
  }

  /* --- A search --- */

  let state = readAddress();
  // The search that is shown; what an older one finds later is dropped.
  let current;

  /** The items that are found so far, and the parts of the site that were not looked at. */
  class Search {
    constructor(index, words, known, knownNear) {
      Object.assign(this, { index, words, known, knownNear, items: [], near: [], shown: 0, nearShown: 0, began: index.spent });
      const all = index.head.segments.map((_, at) => at);
      this.pending = all.filter((at) => this.expected(at).length > 0);
      this.nearPending = all.filter((at) => this.expectedNear(at).length > 0);
    }

    documentsOf(segment) {
      const first = this.index.firstOf[segment];
      return Array.from({ length: this.index.head.segments[segment][1] }, (_, at) => first + at);
    }

    /** The documents of a segment that may have the words. */
    expected(segment) {
      const documents = this.documentsOf(segment);
      return this.known ? documents.filter((document) => this.known.documents.has(document)) : documents;
    }

    /** Those that may have them when headings and names count as well. */
    expectedNear(segment) {
      const documents = this.documentsOf(segment);
      return this.knownNear ? documents.filter((document) => this.knownNear.has(document)) : documents;
    }

    facts(document) {
      const { municipalities, forms } = this.index.head;
      const [code] = municipalities[this.index.municipalityOf[document]];
      return { municipality: code, form: forms[this.index.formOf[document]] };
    }

    isChosen(document, chapter, except) {
      const facts = { ...this.facts(document), chapter: this.index.chapters[chapter] };
      return GROUPS.every((group) => group === except || state.chosen[group].size === 0
        || (group === 'chapter' && chapter === undefined) || state.chosen[group].has(facts[group]));
    }

    chosenItems() {
      return this.items.filter(({ document, chapter }) => this.isChosen(document.number, chapter));
    }

    chosenNear() {
      return this.near.filter(({ document, chapter }) => this.isChosen(document.number, chapter));
    }

    /** The parts that were not looked at and may have something of what is chosen. */
    waiting() {
      return this.pending.filter((at) => this.expected(at).some((document) => this.isChosen(document)));
    }

    waitingNear() {
      return this.nearPending.filter((at) => this.expectedNear(at).some((document) => this.isChosen(document)));
    }

    /** Looks at one part after another until enough is found; at all of them where that is asked for. */
    async advance(wanted, isAll) {
      for (const at of this.waiting()) {
        if (!isAll && this.isEnough(this.chosenItems().length >= wanted)) return;
        await this.lookAt(at);
      }
    }

    /** The same for what only headings and names have. */
    async advanceNear(wanted) {
      for (const at of this.waitingNear()) {
        if (this.isEnough(this.chosenNear().length >= wanted)) return;
        await this.lookAt(at);
      }
    }

    isEnough(isFound) {
      const spent = this.index.spent - this.began;
      return spent > MOST || (isFound && spent > BUDGET);
    }

    async lookAt(at) {
      const { own, near } = await this.index.items(await this.index.segment(at), this.words);
      const isOther = (other) => other !== at;
      [this.pending, this.nearPending] = [this.pending.filter(isOther), this.nearPending.filter(isOther)];
      const inOrder = (a, b) => a.document.number - b.document.number || a.item - b.item;
      this.items = [...this.items, ...own].sort(inOrder);
      // What has a word itself comes before what only stands below it.
      this.near = [...this.near, ...near].sort((a, b) => b.hits.length - a.hits.length || inOrder(a, b));
    }

    /** How many items there are of what `isCounted` says of a document and a chapter; exact where nothing else can be. */
    count(isCounted) {
      const found = this.items.filter(({ document, chapter }) => isCounted(document.number, chapter)).length;
      const open = this.pending.flatMap((at) => this.expected(at)).filter((document) => isCounted(document));
      const rest = open.reduce((sum, document) => sum + (this.known?.documents.get(document) ?? 0), 0);
      const isExact = open.length === 0 || (this.known?.isExact === true && state.chosen.chapter.size === 0);
      return { n: found + rest, isExact };
    }

    /** How many there are with whatever is chosen. */
    total() {
      const { n } = this.count(() => true);
      return { n, isExact: this.pending.length === 0 || this.known?.isExact === true };
    }
  }

  async function run(isNew) {
    remember(state, isNew);
    document.title = state.q.trim() ? `${state.q.trim()} - ${say.title}` : say.title;
    const mine = {};
    current = mine;
    const words = parse(state.q, [], true);
    page.classList.add('is-busy');
    if (words.length === 0) return nothing(state.q.trim() ? say.signs : say.empty);
    if (words.reduce((sum, { forms }) => sum + forms[0].length, 0) > LONGEST) return nothing(fill(say.long, { n: LONGEST }));
    const slow = setTimeout(() => { if (current === mine) status.textContent = fill(say.busy, { q: shortened() }); }, 1000);
    try {
      const opened = await index();
      const began = opened.spent;
      const search = new Search(opened, ...await asked(opened));
      search.began = began;
      if (current !== mine) return;
      mine.search = search;
      await inTurn(mine, async () => {
        await look(search);
        await show(mine);
      });
    } catch (error) {
      failed(mine, error);
    } finally {
      clearTimeout(slow);
      if (current === mine) settle();
    }
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

  async function look(search) {
    await search.advance(PAGE, false);
    if (search.chosenItems().length === 0) await search.advanceNear(PAGE);
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

  /** A folder from disk does not show its page by itself. */
  function onDisk(address) {
    return location.protocol === 'file:' ? address.replace(/\/(#.*)?$/, '/index.html$1') : address;
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

  async function render(search, items) {
    return Promise.all(items.map((item) => renderItem(search, item)));
  }

  async function renderItem(search, { segment, item, document: of, place, hits }) {
    const texts = await Promise.all(hits.map((hit) => search.index.textAt(segment, hit.place, hit.form.length)));
    texts.forEach((text, at) => {
      // What the lists say is true of the text, or the files belong to different sites.
      if (!standsAt(text.signs, hits[at].form, text.at)) throw new Error('the index does not fit the texts');
    });
    const isNear = hits.length < search.words.length;
    const entry = texts[0] ?? await search.index.entry(segment, item);
    const [code, name] = search.index.head.municipalities[search.index.municipalityOf[of.number]];
    const where = `${name} ${of.title}`;
    const address = onDisk(`${say.root}${code}/${encodeURIComponent(of.dir)}/#${entry.anchor}`);
    const link = element('a', { href: address },
      `${entry.reference} `, ...marked(search, entry.label), element('span', { class: 'hidden' }, `（${where}）`));
    const parts = [element('p', { class: 'of' }, ...(isNear && search.words.length > 1 ? marked(search, where) : [where])), element('p', {}, link)];
    if (isNear) parts.splice(1, 0, element('p', { class: 'above' }, ...marked(search, search.index.allPlaces[place].trail.join(' ＞ '))));
    const excerpts = texts.length === 0 ? [beginning(entry.text)]
      : texts.filter((text, at) => !texts.slice(0, at).some((other) => isNearBy(other, text)));
    for (const text of excerpts) {
      const excerpt = around(search, text);
      if (excerpt.length > 0) parts.push(element('p', { class: 'hit' }, ...excerpt));
    }
    return element('li', {}, ...parts);
  }

  /** How the text of an item begins that has none of the words. */
  function beginning(text) {
    return { text, at: 0, isLabel: false, isCut: false };
  }

  /** Two words that stand together are shown once. */
  function isNearBy(a, b) {
    if (a.isLabel || b.isLabel) return true;
    return a.text === b.text && b.at >= a.at - BEFORE && b.at < a.at + AFTER;
  }

  /** What stands around a hit, or how the item begins where the hit is in its label, never beyond the field. */
  function around(search, { text, at, isLabel, isCut }) {
    const { signs, from, to } = trace(text);
    if (signs.length === 0) return [];
    const place = isLabel ? 0 : at;
    let first = place;
    while (first > 0 && place - first < BEFORE && signs[first - 1] !== FIELD) first -= 1;
    let last = place;
    while (last < signs.length && last - place < AFTER && signs[last] !== FIELD) last += 1;
    const begins = first === 0 ? !isCut : signs[first - 1] === FIELD;
    const ends = last === signs.length || signs[last] === FIELD;
    if (last === first) return [];
    const piece = text.slice(from[first], to[last - 1]);
    return [begins ? '' : '…', ...marked(search, piece), ends ? '' : '…'];
  }

  /** A text with every word that was looked for marked. */
  function marked(search, text) {
    const { signs, from, to } = trace(text);
    const spans = search.words.flatMap(({ forms }) => forms).flatMap((form) => {
      const all = [];
      for (let at = find(signs, form, 0); at >= 0; at = find(signs, form, at + form.length)) {
        all.push([from[at], to[at + form.length - 1]]);
      }
      return all;
    }).sort((a, b) => a[0] - b[0]);
    const parts = [];
    let done = 0;
    for (const [start, end] of spans) {
      if (start < done) continue;
      parts.push(readable(text.slice(done, start)), element('mark', {}, readable(text.slice(start, end))));
      done = end;
    }
    return [...parts, readable(text.slice(done))];
  }

  /** Without the signs of Markdown and line breaks. */
  function readable(text) {
    return text.replace(/[*`\\]/g, '').replace(/\s+/g, ' ').replaceAll(FIELD, ' ');
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
    try {
      await inTurn(mine, async () => {
        mine.search.began = mine.search.index.spent;
        await look(mine.search);
        await show(mine);
      });
    } catch (error) {
      failed(mine, error);
    }
  }

  /** More of the search that is shown; a second click waits for nothing and does nothing. */
  async function goOn(work) {
    const mine = current;
    if (!mine?.search || mine.isBusy) return;
    mine.isBusy = true;
    try {
      await inTurn(mine, async () => {
        mine.search.began = mine.search.index.spent;
        await work(mine, mine.search);
      });
    } catch (error) {
      failed(mine, error);
    } finally {
      mine.isBusy = false;
    }
  }

  async function showNext(mine, search, isAll) {
    const before = search.shown;
    await search.advance(before + PAGE, isAll);
    const next = isAll ? [] : await render(search, search.chosenItems().slice(before, before + PAGE));
    if (current !== mine) return;
    list.append(...next);
    search.shown += next.length;
    showState(search);
    const { n } = search.count((document, chapter) => search.isChosen(document, chapter));
    if (next.length > 0) status.textContent += fill(say.shown, { n: n.toLocaleString('ja-JP'), m: search.shown });
    focusOn(list, before);
  }

  async function showNextNear(mine, search) {
    const before = search.nearShown;
    await search.advanceNear(before + PAGE);
    // What is found later may belong before what is shown.
    const results = await render(search, search.chosenNear().slice(0, before + PAGE));
    if (current !== mine) return;
    nearList.replaceChildren(...results);
    search.nearShown = results.length;
    showState(search);
    focusOn(nearList, before);
  }

  function focusOn(results, at) {
    (results.children[at] ?? results.lastElementChild)?.querySelector('a')?.focus();
  }

  /* --- Small things --- */

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
  }

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
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
  box.addEventListener('compositionend', () => typed(false));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    typed(true);
  });
  more.addEventListener('click', () => goOn((mine, search) => showNext(mine, search, false)));
  nearMore.addEventListener('click', () => goOn(showNextNear));
  countAll.addEventListener('click', () => goOn((mine, search) => showNext(mine, search, true)));
  addEventListener('popstate', () => {
    state = readAddress();
    box.value = state.q;
    isDraft = false;
    run(true);
  });

  // On a narrow screen the results come first.
  if (matchMedia('(max-width: 63.99rem)').matches) facets.closest('details').open = false;
  box.value = state.q;
  if (location.protocol === 'file:') {
    for (const link of document.querySelectorAll('a[href$="/"]')) link.setAttribute('href', onDisk(link.getAttribute('href')));
  } else if (location.pathname.endsWith('/index.html')) {
    // The box of the other pages names the file, so that it leads here from disk as well.
    history.replaceState(null, '', location.pathname.replace(/index\.html$/, '') + location.search);
  }
  if (state.q) run(true);
  else settle();
}());
