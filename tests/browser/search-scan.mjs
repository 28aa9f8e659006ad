// A plain scan of all `assessment.json` of a site for the words of a query. It shares nothing with the index.

import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

function plain(text) {
  return text.normalize('NFKC').toLowerCase().replace(/[\s*`\\|]/g, '')
    .replace(/[ー‐-―−─━]/g, '-').replace(/[〜∼]/g, '~').replace(/[〇◯]/g, '○').replace(/、/g, ',').replace(/。/g, '.');
}

const ERAS = [['令和', 2019, 5, 1], ['平成', 1989, 1, 8], ['昭和', 1926, 12, 25]];

function dateSpellings(iso) {
  const [year, month, day] = iso.split('-').map(Number);
  const tail = `${month ? `${month}月` : ''}${day ? `${day}日` : ''}`;
  const isFrom = ([, y, m, d]) => year > y || (year === y && ((month ?? 12) > m || (month === m && (day ?? 31) >= d)));
  const era = ERAS.find(isFrom);
  if (!era) return [iso, `${year}年${tail}`];
  const number = year - era[1] + 1;
  const name = `${era[0]}${number === 1 ? '元' : number}年`;
  return [iso, `${year}年${tail}`, `${name}${tail}`, `${name}（${year}年）${tail}`];
}

function fieldsOf(item) {
  const { label, value, type } = item;
  if (type === 'date' && !item.unfit) return [label, ...dateSpellings(value)];
  if (typeof value === 'boolean') return [label, value ? '該当する' : '該当しない'];
  if (Array.isArray(value)) return [label, ...value.flatMap((part) => [part.label, part.text, part.alternative, part.caption].filter(Boolean))];
  return [label, String(value)];
}

export function readItems(root) {
  const folders = (path) => readdirSync(path).filter((name) => statSync(join(path, name)).isDirectory());
  return folders(root).filter((name) => /^\d{6}$/.test(name)).flatMap((code) =>
    folders(join(root, code)).filter((dir) => existsSync(join(root, code, dir, 'assessment.json'))).flatMap((dir) => {
      const { items } = JSON.parse(readFileSync(join(root, code, dir, 'assessment.json'), 'utf8'));
      return items.map((item) => ({
        address: `${code}/${dir}/#${item.id.replace(/\./g, '-').replace(/[[\]]/g, '')}`,
        fields: fieldsOf(item).map(plain),
      }));
    }));
}

export function scan(items, query) {
  const words = query.split(/\s+/).filter(Boolean).map(plain);
  return items.filter(({ fields }) => words.every((word) => fields.some((field) => field.includes(word))))
    .map(({ address }) => address).sort();
}
