// The page of the search in a browser: serving the site under the strictest policy, asking, and reading what is shown.

import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { newTab } from './chromium.mjs';

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'";
const TYPES = { '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml' };

export async function serve(root) {
  const sent = { bytes: 0 };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://127.0.0.1').pathname);
    let file = join(root, path);
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
    if (!existsSync(file)) {
      response.writeHead(path === '/favicon.ico' ? 204 : 404).end();
      return;
    }
    const { size } = statSync(file);
    sent.bytes += size;
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-security-policy': POLICY, 'cache-control': 'no-store',
    });
    createReadStream(file).pipe(response);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    sent,
    close: () => new Promise((done) => { server.close(done); server.closeAllConnections?.(); }),
  };
}

export async function open(browser, place, note, search = '') {
  const tab = await newTab(browser, { viewport: { width: 1280, height: 900 } });
  tab.on('pageerror', (error) => note('console', 'script', error.message));
  tab.on('console', (message) => { if (message.type() === 'error') note('console', message.location().url, message.text()); });
  await tab.goto(`${place}/search/${place.startsWith('file:') ? 'index.html' : ''}${search}`);
  return tab;
}

/** Types a query and waits until the status says how many items have it. */
export async function ask(tab, query) {
  await tab.locator('#search-status').evaluate((status) => { status.textContent = ''; });
  await tab.locator('#q').fill(query);
  await tab.locator('#q').press('Enter');
  return settled(tab);
}

export async function settled(tab) {
  await tab.waitForFunction(() => /件です|ませんでした|ありません|ください/.test(document.querySelector('#search-status').textContent));
  return tab.locator('#search-status').textContent();
}

export const numberIn = (text) => Number(text.match(/([\d,]+)件です/)?.[1].replace(/,/g, '') ?? 0);

export async function shownItems(tab) {
  const addresses = await tab.locator('#search-results a').evaluateAll((links) => links.map((link) => link.href));
  return addresses.map((address) => address.replace(/index\.html/, '').match(/\d{6}\/[^/]+\/#.*$/)[0]);
}
