// A search: the items that are found so far, the parts of the site that may have more, and how many there are of what is chosen. It knows nothing of
// the page; `search.js` shows it.
(function (root) {
  'use strict';

  // A further part of the site is not looked at unasked when a query would load more bytes than this, besides the head of the index.
  const BUDGET = 100000;
  // What showing ten results loads of the texts, about.
  const TEXTS = 40000;
  const GROUPS = ['municipality', 'form', 'chapter'];

  /** The items that are found so far, and the parts of the site that were not looked at. What is chosen is asked for anew each time: it changes while the search goes on. */
  class Search {
    constructor(index, chosen, words, known, knownNear) {
      Object.assign(this, { index, chosen, words, known, knownNear, found: new Map(), shown: 0, nearShown: 0, began: index.spent, dearest: 0 });
      const all = index.head.segments.map((_, at) => at);
      this.pending = all.filter((at) => this.expected(at).length > 0);
      this.nearPending = all.filter((at) => this.expectedNear(at).length > 0);
    }

    /** The items that have the words, in the order of the documents, whichever part was looked at first. */
    get items() {
      return this.sorted().own;
    }

    /** What has a word itself comes before what only stands below it. */
    get near() {
      return this.sorted().near;
    }

    /** Put in order when it is read, not with every part: of a large site there are many. */
    sorted() {
      if (!this.order) {
        const parts = [...this.found.keys()].sort((a, b) => a - b).map((at) => this.found.get(at));
        this.order = {
          own: parts.flatMap(({ own }) => own),
          near: parts.flatMap(({ near }) => near).sort((a, b) => b.hits.length - a.hits.length),
        };
      }
      return this.order;
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
      return GROUPS.every((group) => group === except || this.chosen()[group].size === 0
        || (group === 'chapter' && chapter === undefined) || this.chosen()[group].has(facts[group]));
    }

    chosenItems() {
      return this.chosenOf(this.items);
    }

    chosenNear() {
      return this.chosenOf(this.near);
    }

    chosenOf(items) {
      return items.filter(({ document, chapter }) => this.isChosen(document.number, chapter));
    }

    /** The parts that were not looked at and may have something of what is chosen. */
    waiting() {
      return this.pending.filter((at) => this.expected(at).some((document) => this.isChosen(document)));
    }

    waitingNear() {
      return this.nearPending.filter((at) => this.expectedNear(at).some((document) => this.isChosen(document)));
    }

    /** Looks at one part after another until enough is found, at all of them where that is asked for, and no longer than `isWanted` says. */
    async advance(wanted, isAll, isWanted) {
      let count = this.chosenItems().length;
      for (const at of this.waiting()) {
        if (!isWanted() || (!isAll && this.isEnough(count, wanted))) return;
        count += this.chosenOf((await this.lookAt(at)).own).length;
      }
    }

    /** The same for what only headings and names have. */
    async advanceNear(wanted, isWanted) {
      let count = this.chosenNear().length;
      for (const at of this.waitingNear()) {
        if (!isWanted() || this.isEnough(count, wanted)) return;
        count += this.chosenOf((await this.lookAt(at)).near).length;
      }
    }

    /** Whether to stop before the next part, which is taken to be as dear as the dearest so far. Whoever asks for more gets one part at least. */
    isEnough(count, wanted) {
      const spent = this.index.spent - this.began;
      if (spent === 0 && count < wanted) return false;
      const texts = count > 0 ? TEXTS : 0;
      return spent + this.dearest + texts > BUDGET;
    }

    async lookAt(at) {
      const before = this.index.spent;
      const found = await this.index.items(await this.index.segment(at), this.words);
      const isOther = (other) => other !== at;
      [this.pending, this.nearPending] = [this.pending.filter(isOther), this.nearPending.filter(isOther)];
      this.dearest = Math.max(this.dearest, this.index.spent - before);
      this.found.set(at, found);
      this.order = undefined;
      return found;
    }

    /** How many items there are of what `isCounted` says of a document and a chapter; exact where nothing else can be. */
    count(isCounted) {
      const found = this.items.filter(({ document, chapter }) => isCounted(document.number, chapter)).length;
      const open = this.pending.flatMap((at) => this.expected(at)).filter((document) => isCounted(document));
      const rest = open.reduce((sum, document) => sum + (this.known?.documents.get(document) ?? 0), 0);
      const isExact = open.length === 0 || (this.known?.isExact === true && this.chosen().chapter.size === 0);
      return { n: found + rest, isExact };
    }

    /** How many there are with whatever is chosen. */
    total() {
      const { n } = this.count(() => true);
      return { n, isExact: this.pending.length === 0 || this.known?.isExact === true };
    }
  }

  Object.assign(root.kohyoSearch, { GROUPS, Search });
}(globalThis));
