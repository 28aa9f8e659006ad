// Finds and starts the system's Chromium. The browser comes from the operating
// system's packages, never from a download of the test library.

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

export const FLAGS = [
  // The sandbox needs user namespaces, which containers and root often lack.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  // Without these the browser itself asks its maker's hosts for updates and the like.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
  // Whatever a page asks for elsewhere is recorded and then goes nowhere.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--lang=ja',
];

/** Pages of several hundred KB are normal here, on a machine that may be busy. */
export const PATIENCE_MS = 180_000;

export async function startChromium() {
  return chromium.launch({ executablePath: findChromium(), args: FLAGS, timeout: PATIENCE_MS });
}

export async function newTab(browser, options) {
  const context = await browser.newContext({ locale: 'ja-JP', reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  return context.newPage();
}

/** `CHROMIUM=/path/to/browser` overrides the search. */
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = candidates.find((file) => existsSync(file));
  if (!found) throw new Error(`no Chromium found (${NAMES.join(', ')}); set CHROMIUM to its path`);
  return found;
}
