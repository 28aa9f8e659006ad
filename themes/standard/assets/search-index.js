// Looks words up in the index of the site: which items have them, how many there are, and what stands around them. It knows nothing of the page;
// `search.js` shows what it finds. The files of the index call `kohyoSearch(name, data)`. Their format is described where they are made
// (src/search/mod.rs), and what is normalised here is normalised there in the same way.
(function (root) {
  'use strict';

  // Stands between two fields of an item.
  const FIELD = '\u001f';
  const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+,-.';
  const VALUES = new Map([...SIGNS].map((sign, value) => [sign.charCodeAt(0), value]));
  // So few places are looked at in the texts instead of in further lists.
  const FEW = 4;
  // Other spellings of one query that are looked for.
  const MOST_SPELLINGS = 8;
  // Halves of a word that are looked up to learn which documents may have it.
  const PROBES = 3;

  /* --- Normalising --- */

  const ATTACHED = /^[\p{M}\uff9e\uff9f\u1160-\u11ff]$/u;
  const NOTHING = /^[\s\u0085*`\\|\u00ad\u200b-\u200d\u2060\ufeff]$/u;
  const DASH = /^[\u30fc\u2010-\u2015\u2043\u2212\u2500\u2501]$/u;
  const WAVE = /^[\u301c\u223c\u223d\u3030]$/u;
  const PLAIN = /^[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff0-9a-z\u001f]$/u;
  const OTHERS = new Map([['〇', '○'], ['◯', '○'], ['、', ','], ['。', '.']]);

  function fold(sign) {
    if (NOTHING.test(sign)) return '';
    if (DASH.test(sign)) return '-';
    if (WAVE.test(sign)) return '~';
    return OTHERS.get(sign) || sign;
  }

  /** The normalised signs of a text, and of each where its cluster begins and ends in the text. */
  function trace(text) {
    const signs = [];
    const from = [];
    const to = [];
    const all = Array.from(text);
    let place = 0;
    for (let at = 0; at < all.length;) {
      let cluster = all[at];
      at += 1;
      while (at < all.length && ATTACHED.test(all[at])) {
        cluster += all[at];
        at += 1;
      }
      const end = place + cluster.length;
      const folded = PLAIN.test(cluster) ? [cluster] : normaliseCluster(cluster);
      for (const sign of folded) {
        signs.push(sign);
        from.push(place);
        to.push(end);
      }
      place = end;
    }
    return { signs, from, to };
  }

  function normaliseCluster(cluster) {
    return Array.from(cluster.normalize('NFKC'))
      .flatMap((sign) => Array.from(sign.toLowerCase()))
      .map(fold)
      .filter((sign) => sign !== '');
  }

  function normalise(text) {
    return trace(text).signs.join('');
  }

  /* --- Lists --- */

  function numbers(list) {
    const all = [];
    let number = 0;
    let scale = 1;
    for (let at = 0; at < list.length; at += 1) {
      const value = VALUES.get(list.charCodeAt(at));
      number += (value & 31) * scale;
      scale *= 32;
      if (value < 32) {
        all.push(number);
        number = 0;
        scale = 1;
      }
    }
    return all;
  }

  /** The numbers that a list of differences stands for. */
  function rising(list) {
    let sum = 0;
    return numbers(list).map((difference) => (sum += difference));
  }

  /** The position of the last of some rising numbers, or names, that is not greater than a given one. */
  function lastUpTo(all, number) {
    let low = 0;
    let high = all.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (all[middle] <= number) low = middle;
      else high = middle;
    }
    return low;
  }

  /* --- What somebody asks for --- */

  /**
   * The words of a query, each with the normalised forms that are looked for, and the spellings among them that were not typed. A form that has
   * another one in it is left out, for whoever looks for サーバ finds サーバー as well.
   */
  function parse(text, spellings, isLiteral) {
    return text.split(/[\s\u0085\u200b\ufeff]+/u)
      .map((typed) => word(typed, isLiteral ? [] : spellings))
      .filter((word) => word.forms.length > 0);
  }

  function word(typed, spellings) {
    const ways = new Map([[normalise(typed), typed]]);
    ways.delete('');
    for (const group of spellings) {
      for (const way of [...ways.values()]) {
        for (const other of respelt(way, group)) {
          const key = normalise(other);
          if (ways.size < MOST_SPELLINGS && !ways.has(key)) ways.set(key, other);
        }
      }
    }
    const keys = [...ways.keys()];
    const forms = keys.filter((key) => !keys.some((other) => other !== key && key.includes(other)));
    const others = forms.filter((form) => form !== keys[0]).map((form) => ways.get(form));
    return { typed, forms: forms.map((form) => Array.from(form)), others };
  }

  /** A text with the longest spelling of a group that stands in it replaced by each of the others. */
  function respelt(text, group) {
    const { signs, from, to } = trace(text);
    const whole = signs.join('');
    const inside = group.filter((spelling) => whole.includes(normalise(spelling)))
      .sort((a, b) => normalise(b).length - normalise(a).length);
    if (inside.length === 0) return [];
    const form = Array.from(normalise(inside[0]));
    const at = find(signs, form, 0);
    const before = text.slice(0, from[at]);
    const after = text.slice(to[at + form.length - 1]);
    return group.filter((spelling) => spelling !== inside[0]).map((spelling) => before + spelling + after);
  }

  function hasOne(key, forms) {
    return forms.some((form) => key.includes(form.join('')));
  }

  function find(signs, form, start) {
    for (let at = start; at + form.length <= signs.length; at += 1) {
      if (standsAt(signs, form, at)) return at;
    }
    return -1;
  }

  function standsAt(signs, form, at) {
    return form.every((sign, offset) => signs[at + offset] === sign);
  }

  /** Where the halves of a word begin that together cover it: first, last, middle, then the others. */
  function halves(form) {
    if (form.length < 3) return [0];
    const all = [];
    for (let at = 0; at + 2 < form.length; at += 2) all.push(at);
    const rest = all.slice(1);
    const middle = rest.splice(rest.length >> 1, 1);
    return [0, form.length - 2, ...middle, ...rest];
  }

  function gram(form, at) {
    return form.slice(at, at + 2).join('');
  }

  /* --- The index --- */

  /** `load(path)` must run the script of that path below `search/` and then settle. */
  class Index {
    constructor(load) {
      this.load = load;
      this.files = new Map();
      this.segments = new Map();
      /** Bytes of what was loaded. */
      this.spent = 0;
    }

    /** The names are those of the files of the head: each holds some fields, and a list may go on in the next. */
    async open(names) {
      const head = {};
      for (const part of await Promise.all(names.map((name) => this.file(name)))) {
        for (const [field, value] of Object.entries(part)) head[field] = Array.isArray(head[field]) ? head[field].concat(value) : value;
      }
      this.head = head;
      this.municipalityOf = head.municipalities.flatMap(([, , forms], at) => Array(forms.length).fill(at));
      this.formOf = head.municipalities.flatMap(([, , forms]) => Array.from(forms, (sign) => sign.charCodeAt(0) - 65));
      this.chapters = head.chapters.map(({ heading, form }) => (form ? `${heading}（${form}）` : heading));
      this.allPlaces = this.trails();
      let first = 0;
      this.firstOf = head.segments.map(([, count]) => (first += count) - count);
      return this;
    }

    /** Of each place its chapter and all headings down to it, as written and as they are compared. */
    trails() {
      const { chapters, headings } = this.head;
      const places = chapters.map(({ heading }, chapter) => ({ chapter, trail: [heading], keys: [normalise(heading)] }));
      for (const [above, heading] of headings) {
        const { chapter, trail, keys } = places[above];
        places.push({ chapter, trail: [...trail, heading], keys: [...keys, normalise(heading)] });
      }
      return places;
    }

    file(name) {
      if (!this.files.has(name)) {
        const asked = this.load(`${name}.js`).then(() => {
          if (!received.has(name)) throw new Error(`${name}.js holds something else`);
          const data = received.get(name);
          received.delete(name);
          this.spent += new TextEncoder().encode(JSON.stringify(data)).length;
          return data;
        });
        // What failed once may work later.
        asked.catch(() => this.files.delete(name));
        this.files.set(name, asked);
      }
      return this.files.get(name);
    }

    /** The list of a gram; empty where nothing has it. `starts` are the first names in the files of the folder. */
    async list(folder, starts, name) {
      const part = async (key) => {
        if (key < starts[0]) return '';
        const file = await this.file(`${folder}/${lastUpTo(starts, key)}`);
        return Object.hasOwn(file, key) ? file[key] : '';
      };
      const first = await part(name);
      if (typeof first === 'string') return first;
      const [count, start] = first;
      const later = Array.from({ length: count - 1 }, (_, at) => part(`${name}${FIELD}${at + 1}`));
      return start + (await Promise.all(later)).join('');
    }

    segment(number) {
      if (!this.segments.has(number)) {
        const asked = this.readSegment(number);
        asked.catch(() => this.segments.delete(number));
        this.segments.set(number, asked);
      }
      return this.segments.get(number);
    }

    async readSegment(number) {
      const [mark] = this.head.segments[number];
      const { documents, lengths, values, lists } = await this.file(`s/${mark}/head`);
      let place = 0;
      const ends = numbers(lengths).map((length) => (place += length));
      const starts = ends.map((_, at) => ends[at - 1] ?? 0);
      let firstItem = 0;
      const placeOf = [];
      const read = documents.map(([dir, title, textMark, count, places, pieces], at) => {
        const document = {
          number: this.firstOf[number] + at, dir, title, mark: textMark, firstItem, count,
        };
        const runs = numbers(places);
        for (let run = 0; run < runs.length; run += 2) {
          for (let n = 0; n < runs[run + 1]; n += 1) placeOf.push(runs[run]);
        }
        const base = count > 0 ? starts[firstItem] : 0;
        document.pieces = rising(pieces).map((start) => start + base);
        firstItem += count;
        return document;
      });
      return {
        number, folder: `s/${mark}`, lists, starts, ends, values: numbers(values), documents: read, placeOf,
        firstItems: read.map((document) => document.firstItem),
      };
    }

    /** Every place where a form begins in a segment; of one character the first in each item. */
    async places(segment, form) {
      const list = async (at) => rising(await this.list(segment.folder, segment.lists, gram(form, at)));
      const offsets = halves(form);
      let places = await list(0);
      for (let at = 1; at < offsets.length && places.length > 0; at += 1) {
        if (places.length <= FEW && offsets.length - at > 2) return this.verified(segment, form, places);
        const there = new Set(await list(offsets[at]));
        places = places.filter((place) => there.has(place + offsets[at]));
      }
      return places;
    }

    async verified(segment, form, places) {
      const stands = await Promise.all(places.map(async (place) => {
        const text = await this.textAt(segment, place, form.length);
        return standsAt(text.signs, form, text.at);
      }));
      return places.filter((_, at) => stands[at]);
    }

    documentAt(segment, item) {
      let at = lastUpTo(segment.firstItems, item);
      // Documents without items begin where the next one begins.
      while (segment.documents[at].count === 0) at -= 1;
      return segment.documents[at];
    }

    /**
     * The field texts around a place: the entry that it is in, its normalised signs and the place among them; whether the text is cut in front (`isCut`)
     * and goes on behind (`goesOn`).
     */
    async textAt(segment, place, length) {
      const item = lastUpTo(segment.starts, place);
      const document = this.documentAt(segment, item);
      const number = item - document.firstItem;
      const valueStart = segment.starts[item] + segment.values[item];
      let piece = lastUpTo(document.pieces, place);
      const entry = (await this.piece(document, piece)).find(([at]) => at === number);
      if (!entry) throw new Error('the index does not fit the texts');
      const [, anchor, reference, label, , , isCut] = entry;
      const isLabel = place < valueStart;
      let text = entry[4];
      let traced = trace(isLabel ? label : text);
      const at = place - (isLabel ? segment.starts[item] : isCut ? document.pieces[piece] : valueStart);
      while (!isLabel && at + length > traced.signs.length && goesOn(segment, document, item, piece)) {
        piece += 1;
        const [next] = await this.piece(document, piece);
        if (next[0] !== number) throw new Error('the index does not fit the texts');
        text += next[4];
        traced = trace(text);
      }
      return {
        ...traced, at, text, anchor, reference, label, isLabel, document, isCut: isCut === 1, goesOn: goesOn(segment, document, item, piece),
      };
    }

    /** An item as its document has it: what it is called and how it begins. */
    async entry(segment, item) {
      const document = this.documentAt(segment, item);
      const piece = lastUpTo(document.pieces, segment.starts[item]);
      const found = (await this.piece(document, piece)).find(([at]) => at === item - document.firstItem);
      if (!found) throw new Error('the index does not fit the texts');
      const [, anchor, reference, label, text] = found;
      return { anchor, reference, label, text, goesOn: goesOn(segment, document, item, piece) };
    }

    piece(document, at) {
      const code = this.head.municipalities[this.municipalityOf[document.number]][0];
      return this.file(`t/${code}/${document.dir}/${at}-${document.mark}`);
    }

    /**
     * The items of a segment that have all words, `own` where what they say or are called has every word, each with a place of every word; `near` where some
     * words stand only in the headings above, or, with several words, in the name of the municipality or the title of the document.
     */
    async items(segment, words) {
      const found = await Promise.all(words.map((word) => this.itemsOf(segment, word)));
      const around = words.map((word) => this.placesWith(word));
      const own = [];
      const near = [];
      segment.documents.forEach((document) => {
        const isOf = words.map((word) => words.length > 1 && this.isOf(document, word));
        for (let item = document.firstItem; item < document.firstItem + document.count; item += 1) {
          const place = segment.placeOf[item];
          const hits = found.map((places) => places.get(item));
          const isAbove = around.map((places) => places.has(place));
          const isThere = hits.every((hit, at) => hit || isAbove[at] || isOf[at]);
          // What only the document has would be all its items.
          if (!isThere || !hits.some((hit, at) => hit || isAbove[at])) continue;
          const { chapter } = this.allPlaces[place];
          const isOwn = hits.every(Boolean);
          (isOwn ? own : near).push({ segment, item, document, chapter, place, hits: hits.filter(Boolean) });
        }
      });
      return { own, near };
    }

    /** The places that have a word in their headings. */
    placesWith({ forms }) {
      const has = ({ keys }) => keys.some((key) => hasOne(key, forms));
      return new Set(this.allPlaces.flatMap((place, at) => (has(place) ? [at] : [])));
    }

    /** Whether a word stands in the name of the municipality of a document or in its title. */
    isOf({ number, title }, { forms }) {
      const [, name] = this.head.municipalities[this.municipalityOf[number]];
      return [name, title].some((text) => hasOne(normalise(text), forms));
    }

    /** The municipalities that have a word in their names. */
    municipalitiesWith({ forms }) {
      return this.head.municipalities.filter(([, name]) => hasOne(normalise(name), forms));
    }

    async itemsOf(segment, word) {
      const items = new Map();
      const all = await Promise.all(word.forms.map(async (form) => [form, await this.places(segment, form)]));
      for (const [form, places] of all) {
        for (const place of places) {
          const item = lastUpTo(segment.starts, place);
          const isLabel = place < segment.starts[item] + segment.values[item];
          const known = items.get(item);
          // What an item says tells more than what it is called.
          if (!known || (known.isLabel && !isLabel)) items.set(item, { place, form, isLabel });
        }
      }
      return items;
    }

    /** The documents that may have all words, each with the number of its items that may, and whether these are the numbers of those that do. */
    async documents(words) {
      if (!this.head.site) return undefined;
      const all = await Promise.all(words.map((word) => this.documentsOf(word)));
      const [first, ...rest] = all;
      const documents = new Map([...first]
        .filter(([document]) => rest.every((other) => other.has(document)))
        .map(([document, count]) => [document, Math.min(count, ...rest.map((other) => other.get(document)))]));
      const isExact = words.length === 1 && words[0].forms.length === 1 && words[0].forms[0].length <= 2;
      return { documents, isExact };
    }

    /** The documents that may have all words when headings, names and titles count as well. A title stands in an item of its document, too. */
    async documentsNear(words) {
      if (!this.head.site) return undefined;
      const all = this.municipalityOf.map((_, document) => document);
      const sets = await Promise.all(words.map(async (word) => {
        if (this.placesWith(word).size > 0) return new Set(all);
        const own = await this.documentsOf(word);
        const names = words.length > 1 ? new Set(this.municipalitiesWith(word).map(([code]) => code)) : new Set();
        return new Set(all.filter((document) => own.has(document)
          || names.has(this.head.municipalities[this.municipalityOf[document]][0])));
      }));
      return new Set(all.filter((document) => sets.every((set) => set.has(document))));
    }

    async documentsOf(word) {
      const { site: mark, starts } = this.head;
      const sum = new Map();
      for (const form of word.forms) {
        const probes = halves(form).slice(0, PROBES).map((at) => this.list(`g/${mark}`, starts, gram(form, at)));
        const [first, ...rest] = (await Promise.all(probes)).map(countsOf);
        for (const [document, count] of first) {
          const counts = [count, ...rest.map((other) => other.get(document) || 0)];
          const least = Math.min(...counts);
          if (least > 0) sum.set(document, (sum.get(document) || 0) + least);
        }
      }
      return sum;
    }
  }

  /** Whether signs of an item are in a later piece than the given one. An item that begins with the next piece begins behind the end of this one. */
  function goesOn(segment, document, item, piece) {
    return document.pieces[piece + 1] < segment.ends[item] - 1;
  }

  function countsOf(list) {
    const counts = new Map();
    const all = numbers(list);
    let document = 0;
    for (let at = 0; at + 1 < all.length; at += 2) {
      document += all[at];
      counts.set(document, all[at + 1]);
    }
    return counts;
  }

  const received = new Map();

  root.kohyoSearch = Object.assign((name, data) => received.set(name, data), {
    FIELD, Index, find, normalise, numbers, parse, standsAt, trace,
  });
}(globalThis));
