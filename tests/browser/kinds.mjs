// Which pages of a site are of one kind, and which page stands for each.

import { statSync } from 'node:fs';
import { join } from 'node:path';

// Folders whose pages are one kind each.
const COLLECTIONS = {
  items: 'item', causes: 'cause', systems: 'system', contractors: 'contractor', laws: 'law', shared: 'text', glossary: 'term', v: 'version',
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
      .map(nameOf)
      .join('-') || 'home';
    if (!kinds.has(kind) || size(page) > size(kinds.get(kind))) kinds.set(kind, page);
  }
  return kinds;
}

/** What a part of a path stands for, whatever a city called it. */
function nameOf(part, position, path) {
  const before = path[position - 1];
  if (COLLECTIONS[before]) return COLLECTIONS[before];
  if (before === 'compare') return 'comparison';
  if (/^\d{6}$/.test(part)) return 'city';
  if (/^(\d{4}|nodate)(-\d+)?$/.test(part)) return 'year';
  return /^\d+-/.test(part) ? 'assessment' : part;
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
