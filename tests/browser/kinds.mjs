// Which pages of a site are of one kind, and which page stands for each.

import { statSync } from 'node:fs';
import { join } from 'node:path';

// Folders whose pages are one kind each, and what the names below them stand for, folder by folder.
const COLLECTIONS = {
  items: ['form', 'item'], causes: ['cause'], systems: ['system'], contractors: ['contractor'], laws: ['law'], shared: ['text'],
  glossary: ['term'], prefectures: ['prefecture'], v: ['version'], compare: ['comparison'], changes: ['year'],
};

/**
 * Pages are of one kind when their paths differ only in the names that a city
 * chose: `/011002/15-yobosesshu/changes/` and `/131172/3-zei/changes/` are.
 * The largest page stands for its kind. Gives kind -> page.
 */
export function kindsOf({ root, pages }) {
  const size = (page) => statSync(join(root, page)).size;
  const kinds = new Map();
  for (const page of pages) {
    const kind = page
      .replace(/(^|\/)index\.html$/, '')
      .replace(/\.html$/, '')
      .split('/')
      .reduce(named, { kind: [], names: [], before: '' }).kind.join('-') || 'home';
    if (!kinds.has(kind) || size(page) > size(kinds.get(kind))) kinds.set(kind, page);
  }
  return kinds;
}

/** Adds what a part of a path stands for, whatever a city called it. `names` are those of the folders that follow. */
function named({ kind, names, before }, part) {
  const next = (name, rest = []) => ({ kind: [...kind, name], names: rest, before: part });
  const isFixed = before === 'changes' && !/^(\d{4}|nodate)(-\d+)?$/.test(part);
  if (names.length > 0 && !isFixed) return next(names[0], names.slice(1));
  if (/^\d{6}$/.test(part)) return next('city');
  if (/^\d{6}$/.test(before) && /^\d+-/.test(part)) return next('assessment');
  if (kind.length > 0 && /^\d+$/.test(part)) return next('more');
  // Below a document, there are no folders of forms: the document has one form.
  if (part === 'items' && kind.length > 0) return next(part, ['item']);
  return next(part, COLLECTIONS[part] ?? []);
}

/**
 * At most `most` kinds, those first that differ most: kinds that end alike
 * (`city-changes` and `city-assessment-changes`) are made of the same parts.
 */
export function mostDifferent(kinds, most) {
  const end = (kind) => kind.split('-').at(-1);
  const names = [...kinds.keys()];
  const first = names.filter((kind, at) => names.findIndex((other) => end(other) === end(kind)) === at);
  const rest = names.filter((kind) => !first.includes(kind));
  return new Map([...first, ...rest].slice(0, most).map((kind) => [kind, kinds.get(kind)]));
}
