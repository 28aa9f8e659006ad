// Runs the Nu Html Checker, the reference implementation of the HTML rules, over
// all HTML and CSS files of a folder. It returns { page, rule, selector, message }
// like the other checks.

import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const JAR = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');

// The checker knows most of today's CSS and finds misspelt properties, so CSS is
// checked too. These are the parts of CSS that it does not know yet although all
// current browsers do. Only these exact findings are ignored, not whole files.
const UNKNOWN_BUT_VALID_CSS = [
  /^CSS: Unrecognized at-rule “@(container|property|starting-style|view-transition)”/,
  /^CSS: “[^”]+”: Property “(container|container-name|container-type|interpolate-size)” doesn't exist/,
];

export async function checkHtml(dir) {
  const root = resolve(dir);
  // The checker itself finds nothing wrong with a folder that is not there.
  const files = readdirSync(root, { recursive: true });
  if (!files.some((file) => file.endsWith('.html'))) throw new Error(`no HTML page in ${dir}`);
  const { messages } = JSON.parse(await runChecker(root));
  return messages
    .filter(({ type }) => type !== 'info')
    .filter(({ message }) => !UNKNOWN_BUT_VALID_CSS.some((pattern) => pattern.test(message)))
    .map(({ url, type, message, extract, lastLine, lastColumn }) => ({
      page: `${url ? relative(root, fileURLToPath(url.replace(/^file:\/*/, 'file:///'))) : '?'}:${lastLine}:${lastColumn}`,
      rule: type,
      selector: (extract ?? '').replace(/\s+/g, ' ').trim(),
      message,
    }));
}

function runChecker(root) {
  return new Promise((done, fail) => {
    // A deeply nested page needs more stack than Java gives by default.
    const options = ['-Xss4m', '-jar', JAR, '--errors-only', '--also-check-css', '--skip-non-html',
      '--format', 'json', '--stdout', '--exit-zero-always', root];
    const child = spawn('java', options, { stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    const errors = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => errors.push(chunk));
    child.on('error', (error) => fail(new Error(`java could not be started (17 or newer is needed): ${error.message}`)));
    child.on('close', (code) => {
      if (code === 0) done(Buffer.concat(output).toString('utf8'));
      else fail(new Error(`the HTML checker ended with ${code} (Java 17 or newer is needed): ${Buffer.concat(errors)}`));
    });
  });
}
