// A built site as the checks see it: the list of its pages, a web server that
// delivers it, and the question "which file does this link lead to?".
//
// The pages are served over HTTP instead of opened from disk, because links
// such as `/style.css` mean nothing under file://, and because a browser treats
// every file:// page as an origin of its own.

import { createServer } from 'node:http';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join, relative, resolve, sep } from 'node:path';

const CONTENT_TYPES = {
  '.atom': 'application/atom+xml; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.ics': 'text/calendar; charset=utf-8',
  '.jsonld': 'application/ld+json; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml; charset=utf-8',
};

const LEADS_ON = /http-equiv="?refresh/i;

/** Whether a page leads on to another one by itself. */
export function leadsOn(site, page) {
  return LEADS_ON.test(readFileSync(join(site.root, page), 'utf8'));
}

/** Starts serving `dir`. The caller must `close()` the result. */
export async function openSite(dir) {
  const root = resolve(dir);
  const pages = listFiles(root).filter((file) => file.endsWith('.html'));
  const published = publishedAddress(root);
  const server = createServer((request, response) => answer(root, published.path, request, response));
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${server.address().port}`;

  return {
    root,
    pages,
    origin,
    /** The address a visitor would use: a folder, not its index.html. */
    urlOf: (page) => origin + published.path
      + page.split('/').map(encodeURIComponent).join('/').replace(/(^|\/)index\.html$/, '$1'),
    locate: (url) => locate(root, [origin, published.origin], published.path, url),
    close: () => new Promise((done) => {
      server.close(done);
      server.closeAllConnections?.();
    }),
  };
}

/**
 * What a link leads to: `{ outside: true }` for another site, `{ missing: reason }`
 * for a dead link, otherwise `{ file, fragment }` with the file relative to the root.
 */
function locate(root, ownOrigins, mount, url) {
  if (!ownOrigins.includes(url.origin)) return { outside: true };
  const path = decode(url.pathname);
  if (!path.startsWith(mount)) return { missing: `the site is published under ${mount}` };
  const file = fileFor(root, path.slice(mount.length));
  if (!file) return { missing: 'no such file' };
  // A text fragment (`#:~:text=…`) is an instruction to the browser, not an id.
  const fragment = decode(url.hash.slice(1)).replace(/:~:.*$/s, '');
  return { file: relative(root, file).split(sep).join('/'), fragment };
}

function answer(root, mount, request, response) {
  const path = decode(new URL(request.url, 'http://127.0.0.1').pathname);
  const file = path.startsWith(mount) && fileFor(root, path.slice(mount.length));
  if (file) {
    const type = CONTENT_TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'cache-control': 'max-age=3600' });
    response.end(readFileSync(file));
  } else if (path === '/favicon.ico') {
    // Browsers ask for this file unasked. It belongs to the host, not to the site.
    response.writeHead(204).end();
  } else {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('404');
  }
}

/** The file behind a path below the mount point; a folder stands for its index.html. */
function fileFor(root, path) {
  const file = resolve(root, `./${path}`);
  if (file !== root && !file.startsWith(root + sep)) return undefined;
  if (!existsSync(file)) return undefined;
  if (!statSync(file).isDirectory()) return file;
  const index = join(file, 'index.html');
  return existsSync(index) ? index : undefined;
}

/**
 * Where the site will live, read from the canonical link of its first page. A
 * site made for https://city.example/pia/ has links such as /pia/style.css, so
 * it must be served under /pia/; and links to that full address are its own.
 */
function publishedAddress(root) {
  const index = join(root, 'index.html');
  const head = existsSync(index) ? readFileSync(index, 'utf8').slice(0, 20_000) : '';
  const link = head.match(/<link\b[^>]*\brel\s*=\s*["']?canonical\b[^>]*>/i)?.[0];
  const href = link?.match(/\bhref\s*=\s*["']?([^"'\s>]+)/i)?.[1];
  if (!href || !URL.canParse(href)) return { origin: undefined, path: '/' };
  const { origin, pathname } = new URL(href);
  return { origin, path: decode(pathname).replace(/[^/]*$/, '') };
}

function listFiles(root, folder = root) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return listFiles(root, path);
      return [relative(root, path).split(sep).join('/')];
    })
    .sort();
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
