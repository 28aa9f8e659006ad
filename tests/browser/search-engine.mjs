// The script of the search without a browser: the index of a built site, read from its folder.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const SCRIPT = join(dirname(fileURLToPath(import.meta.url)), '../../themes/standard/assets/search-index.js');

/** What the script gives to a page: `normalise`, `parse`, `Index` … */
export function loadScript() {
  const context = vm.createContext({ TextEncoder });
  vm.runInContext(readFileSync(SCRIPT, 'utf8'), context, { filename: SCRIPT });
  return { context, kohyoSearch: context.kohyoSearch };
}

/** The index of the site in a folder, and the bytes of the files that were asked for. */
export async function openIndex(dir) {
  const { context, kohyoSearch } = loadScript();
  const loaded = { bytes: 0, files: [] };
  const load = async (path) => {
    const script = readFileSync(join(dir, 'search', path), 'utf8');
    loaded.bytes += Buffer.byteLength(script);
    loaded.files.push(path);
    vm.runInContext(script, context);
  };
  const page = readFileSync(join(dir, 'search/index.html'), 'utf8');
  const heads = page.match(/data-head="([^"]+)"/)[1].split(' ').map((path) => path.replace(/\.js$/, ''));
  const index = await new kohyoSearch.Index(load).open(heads);
  return { index, kohyoSearch, loaded };
}

/** Every item that has the words of a query, as `code/dir#anchor`, in the order of the results. */
export async function findAll({ index, kohyoSearch }, query, isLiteral) {
  const words = kohyoSearch.parse(query, index.head.spellings, isLiteral);
  if (words.length === 0) return [];
  const known = await index.documents(words);
  const found = [];
  for (let at = 0; at < index.head.segments.length; at += 1) {
    const end = index.firstOf[at] + index.head.segments[at][1];
    const isThere = (document) => document >= index.firstOf[at] && document < end;
    if (known && ![...known.documents.keys()].some(isThere)) continue;
    const segment = await index.segment(at);
    const { own } = await index.items(segment, words);
    for (const hit of own) {
      if (known && !known.documents.has(hit.document.number)) throw new Error('a document was passed over');
      const { place, form } = hit.hits[0];
      const text = await index.textAt(segment, place, form.length);
      if (!kohyoSearch.standsAt(text.signs, form, text.at)) throw new Error(`「${query}」 does not stand in ${text.anchor}`);
      if (text.goesOn !== await isCutBehind(index, text)) throw new Error(`「${query}」: it is not known whether ${text.anchor} goes on`);
      const [code] = index.head.municipalities[index.municipalityOf[hit.document.number]];
      found.push(`${code}/${hit.document.dir}#${text.anchor}`);
    }
  }
  if (known && known.isExact) {
    const count = [...known.documents.values()].reduce((sum, n) => sum + n, 0);
    if (count !== found.length) throw new Error(`「${query}」: ${count} items are counted and ${found.length} found`);
  }
  return found;
}

/** Whether a text that was read ends before its item does, as the pieces say. */
async function isCutBehind(index, { document, anchor, text }) {
  const parts = [];
  for (let at = 0; at < document.pieces.length; at += 1) {
    parts.push(...(await index.piece(document, at)).filter((entry) => entry[1] === anchor).map((entry) => entry[4]));
  }
  return !text.endsWith(parts.at(-1));
}

/** The items that have a word of the query only in the headings above them, or in the name of the municipality or the title, in the order of the documents. */
export async function findNear({ index, kohyoSearch }, query) {
  const words = kohyoSearch.parse(query, index.head.spellings, false);
  const known = await index.documentsNear(words);
  const found = [];
  for (let at = 0; at < index.head.segments.length; at += 1) {
    const segment = await index.segment(at);
    const { near } = await index.items(segment, words);
    for (const { document, item } of near) {
      if (known && !known.has(document.number)) throw new Error('a document was passed over');
      const { anchor } = await index.entry(segment, item);
      const [code] = index.head.municipalities[index.municipalityOf[document.number]];
      found.push(`${code}/${document.dir}#${anchor}`);
    }
  }
  return found;
}
