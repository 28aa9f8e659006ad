// Reads every feed of a folder with two programs that know nothing of ours: a strict
// XML parser (the browser's) and a feed library. It returns { page, rule, selector,
// message } like the other checks.

import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAtomFeed, parseJsonFeed } from 'feedsmith';
import { newTab, startChromium } from './chromium.mjs';

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00$/;

/** Checks the feeds below `dir`; returns { feeds, problems }. */
export async function checkFeeds(dir) {
  const root = resolve(dir);
  const files = readdirSync(root, { recursive: true }).map((file) => file.replaceAll('\\', '/')).sort();
  const feeds = files.filter((file) => /(^|\/)feed\.(atom|json)$/.test(file));
  const texts = feeds.map((file) => readFileSync(join(root, file), 'utf8'));
  const faults = await xmlFaults(feeds.map((file, at) => (file.endsWith('.atom') ? texts[at] : undefined)));
  const problems = feeds.flatMap((page, at) => {
    const found = faults[at] ? [['well-formed', faults[at]]] : faultsOf(page, texts[at]);
    return found.map(([rule, message]) => ({ page, rule, selector: 'feed', message }));
  });
  return { feeds: feeds.length, problems };
}

/** For each text what a browser says about it as XML; undefined where nothing is wrong. */
async function xmlFaults(texts) {
  const browser = await startChromium();
  try {
    const tab = await newTab(browser);
    return await tab.evaluate((all) => all.map((text) => {
      if (text === null || text === undefined) return undefined;
      const fault = new DOMParser().parseFromString(text, 'application/xml').querySelector('parsererror');
      return fault?.textContent;
    }), texts);
  } finally {
    await browser.close();
  }
}

function faultsOf(page, text) {
  try {
    return page.endsWith('.atom') ? atomFaults(parseAtomFeed(text)) : jsonFaults(parseJsonFeed(text));
  } catch (error) {
    return [['unreadable', error.message]];
  }
}

/** RFC 4287, sections 4.1.1 and 4.1.2. */
function atomFaults(feed) {
  const faults = missing(feed, ['id', 'title', 'updated', 'authors', 'links']);
  const entries = feed.entries ?? [];
  for (const entry of entries) {
    faults.push(...missing(entry, ['id', 'title', 'updated', 'links', 'content']));
    if (!MOMENT.test(entry.updated ?? '')) faults.push(['moment', `${entry.updated} is no midnight of a day in Japan`]);
  }
  const moments = entries.map((entry) => Date.parse(entry.updated));
  return [...faults, ...order(moments), ...twice(entries.map((entry) => entry.id))];
}

/** https://www.jsonfeed.org/version/1.1/ */
function jsonFaults(feed) {
  const faults = missing(feed, ['title', 'authors', 'language']);
  const items = feed.items ?? [];
  for (const item of items) {
    faults.push(...missing(item, ['id', 'url', 'title', 'content_html', 'date_published', 'date_modified']));
  }
  const moments = items.map((item) => Date.parse(item.date_modified));
  return [...faults, ...order(moments), ...twice(items.map((item) => item.id))];
}

function missing(object, keys) {
  return keys.filter((key) => !object[key]?.toString()).map((key) => ['missing', `no ${key} in ${object.id ?? 'the feed'}`]);
}

function order(moments) {
  const isWrong = moments.some((moment, at) => Number.isNaN(moment) || (at > 0 && moment > moments[at - 1]));
  return isWrong ? [['order', 'the entries are not newest first']] : [];
}

function twice(ids) {
  return ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => ['duplicate-id', `${id} is there twice`]);
}
