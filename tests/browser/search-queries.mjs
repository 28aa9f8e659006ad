// node search-queries.mjs DIR < queries.json
//
// Answers queries with the script of the search: a JSON list of queries becomes a JSON list of lists of items. With `--normalise` instead of a
// folder, a list of texts becomes the list of the normalised texts; with `--near=DIR` the items are those that are found by what stands above them.

import { readFileSync } from 'node:fs';
import { findAll, findNear, loadScript, openIndex } from './search-engine.mjs';

const [dir] = process.argv.slice(2);
const asked = JSON.parse(readFileSync(0, 'utf8'));
if (dir === '--normalise') {
  const { kohyoSearch } = loadScript();
  console.log(JSON.stringify(asked.map((text) => kohyoSearch.normalise(text))));
} else {
  const isNear = dir.startsWith('--near=');
  const site = await openIndex(dir.replace('--near=', ''));
  const answers = [];
  for (const query of asked) answers.push(await (isNear ? findNear(site, query) : findAll(site, query, false)));
  console.log(JSON.stringify(answers));
}
