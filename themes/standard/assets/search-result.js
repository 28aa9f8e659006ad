// One result of the search as it is shown: whose item it is, the link, and the words in what stands around them. `search.js` puts the results on the page.
(function (root) {
  'use strict';

  // Characters of the text before and behind a hit.
  const BEFORE = 30;
  const AFTER = 90;

  const { FIELD, find, standsAt, trace } = root.kohyoSearch;

  /** An item of the list: whose it is, a link to it, and what stands around the words. `top` is the way to the root of the site. */
  async function renderItem(search, { segment, item, document: of, place, hits }, top) {
    const texts = await Promise.all(hits.map((hit) => search.index.textAt(segment, hit.place, hit.form.length)));
    texts.forEach((text, at) => {
      // What the lists say is true of the text, or the files belong to different sites.
      if (!standsAt(text.signs, hits[at].form, text.at)) throw new Error('the index does not fit the texts');
    });
    const isNear = hits.length < search.words.length;
    const entry = texts[0] ?? await search.index.entry(segment, item);
    const [code, name] = search.index.head.municipalities[search.index.municipalityOf[of.number]];
    const where = `${name} ${of.title}`;
    const address = onDisk(`${top}${code}/${encodeURIComponent(of.dir)}/#${entry.anchor}`);
    const link = element('a', { href: address },
      `${entry.reference} `, ...marked(search, entry.label), element('span', { class: 'hidden' }, `（${where}）`));
    const parts = [element('p', { class: 'of' }, ...(isNear && search.words.length > 1 ? marked(search, where) : [where])), element('p', {}, link)];
    if (isNear) parts.splice(1, 0, element('p', { class: 'above' }, ...marked(search, search.index.allPlaces[place].trail.join(' ＞ '))));
    const excerpts = texts.length === 0 ? [beginning(entry)]
      : texts.filter((text, at) => !texts.slice(0, at).some((other) => isNearBy(other, text)));
    for (const text of excerpts) {
      const excerpt = around(search, text);
      if (excerpt.length > 0) parts.push(element('p', { class: 'hit' }, ...excerpt));
    }
    return element('li', {}, ...parts);
  }

  /** How the text of an item begins that has none of the words. */
  function beginning({ text, goesOn }) {
    return { text, at: 0, isLabel: false, isCut: false, goesOn };
  }

  /** Two words that stand together are shown once. */
  function isNearBy(a, b) {
    if (a.isLabel || b.isLabel) return true;
    return a.text === b.text && b.at >= a.at - BEFORE && b.at < a.at + AFTER;
  }

  /** What stands around a hit, or how the item begins where the hit is in its label, never beyond the field. */
  function around(search, { text, at, isLabel, isCut, goesOn }) {
    const { signs, from, to } = trace(text);
    if (signs.length === 0) return [];
    const place = isLabel ? 0 : at;
    let first = place;
    while (first > 0 && place - first < BEFORE && signs[first - 1] !== FIELD) first -= 1;
    let last = place;
    while (last < signs.length && last - place < AFTER && signs[last] !== FIELD) last += 1;
    const begins = first === 0 ? !isCut : signs[first - 1] === FIELD;
    const ends = last === signs.length ? !goesOn : signs[last] === FIELD;
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

  /** A folder from disk does not show its page by itself. */
  function onDisk(address) {
    return location.protocol === 'file:' ? address.replace(/\/(#.*)?$/, '/index.html$1') : address;
  }

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  Object.assign(root.kohyoSearch, { element, onDisk, renderItem });
}(globalThis));
