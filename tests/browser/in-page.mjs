// The questions that are asked inside a page. Each function is sent to the
// browser as source text, so it may use nothing from outside its own body.

/** Headings, ids, language, title and content, as { problems, ids, links }. */
export function readDocument() {
  const problems = [];
  const add = (rule, selector, message) => problems.push({ rule, selector, message });
  const describe = (element) => {
    const id = element.id ? `#${element.id}` : '';
    const text = element.textContent.replace(/\s+/g, ' ').trim().slice(0, 40);
    return `${element.localName}${id}${text ? `「${text}」` : ''}`;
  };

  if (!document.documentElement.lang) add('lang', 'html', 'the page does not say its language');
  if (!document.title.trim()) add('title', 'title', 'the page has no title');

  const main = document.querySelector('main') ?? document.body;
  if (!main.innerText.trim()) add('empty', 'main', 'the page shows no text');

  const headings = [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')];
  const tops = headings.filter((heading) => heading.localName === 'h1');
  if (tops.length !== 1) add('one-h1', 'h1', `the page has ${tops.length} h1, it must have one`);
  let before = 0;
  for (const heading of headings) {
    const level = Number(heading.localName[1]);
    if (level > before + 1) {
      add('heading-level', describe(heading), `h${level} follows ${before ? `h${before}` : 'the start of the page'}`);
    }
    before = level;
  }

  const ids = new Set();
  for (const element of document.querySelectorAll('[id]')) {
    if (ids.has(element.id)) add('duplicate-id', describe(element), `the id "${element.id}" is used twice`);
    ids.add(element.id);
  }
  for (const anchor of document.querySelectorAll('a[name]')) ids.add(anchor.name);

  // `loads` marks what the browser fetches by itself, as against what a reader may follow.
  const links = [];
  const FETCHING = /\b(stylesheet|icon|preload|modulepreload|prefetch|preconnect|dns-prefetch|manifest)\b/i;
  const link = (element, value, loads) => {
    if (value !== null) links.push({ value, base: document.baseURI, loads, selector: describe(element) });
  };
  for (const element of document.querySelectorAll('a[href],area[href]')) link(element, element.getAttribute('href'), false);
  for (const element of document.querySelectorAll('link[href]')) link(element, element.getAttribute('href'), FETCHING.test(element.rel));
  for (const element of document.querySelectorAll('[src]')) link(element, element.getAttribute('src'), true);
  for (const element of document.querySelectorAll('[poster]')) link(element, element.getAttribute('poster'), true);
  for (const element of document.querySelectorAll('object[data]')) link(element, element.getAttribute('data'), true);
  for (const element of document.querySelectorAll('image[href],use[href]')) link(element, element.getAttribute('href'), true);
  for (const element of document.querySelectorAll('form[action]')) link(element, element.getAttribute('action'), false);
  for (const element of document.querySelectorAll('[srcset]')) {
    for (const candidate of element.getAttribute('srcset').split(/,\s+/)) link(element, candidate.trim().split(/\s+/)[0], true);
  }
  return { problems, ids: [...ids], links };
}

/** Unfolds what is folded: a table that is too wide is often inside of a closed one. */
export function openDetails() {
  for (const details of document.querySelectorAll('details')) details.open = true;
}

/** Whether the page scrolls sideways, and the elements that stick out of it. */
export function readOverflow() {
  const width = document.documentElement.clientWidth;
  const scrollWidth = document.documentElement.scrollWidth;
  if (scrollWidth <= width) return { scrollWidth, width, culprits: [] };
  const scrollsItself = (element) => getComputedStyle(element).overflowX !== 'visible';
  const culprits = [];
  const visit = (element) => {
    const sticksOut = element.getBoundingClientRect().right > width + 0.5;
    const children = scrollsItself(element) && element !== document.body ? [] : [...element.children];
    const before = culprits.length;
    children.forEach(visit);
    // Only the innermost elements are named: their ancestors are merely as wide as they are.
    if (sticksOut && culprits.length === before) {
      const name = element.id ? `#${element.id}` : [...element.classList].map((c) => `.${c}`).join('');
      culprits.push(`${element.localName}${name} (to ${Math.round(element.getBoundingClientRect().right)} px)`);
    }
  };
  visit(document.body);
  return { scrollWidth, width, culprits: culprits.slice(0, 5) };
}

/** Runs axe-core, which must have been loaded into the page before, with some rules or all that have one of the tags. */
export async function runAxe({ tags, rules, locale }) {
  globalThis.axe.configure({ locale });
  const result = await globalThis.axe.run(document, {
    runOnly: rules ? { type: 'rule', values: rules } : { type: 'tag', values: tags },
    resultTypes: ['violations'],
  });
  return result.violations.flatMap((violation) =>
    violation.nodes.map((node) => ({
      rule: violation.id,
      selector: node.target.flat().join(' '),
      message: `${violation.help}: ${(node.failureSummary ?? '').replace(/\s+/g, ' ').trim()}`,
    })));
}

/**
 * axe-core passes over noscript elements as if nobody ever saw them. Where scripts
 * are off they are plain content, so each becomes an element that is looked at.
 */
export function unwrapNoscript() {
  for (const noscript of document.body.querySelectorAll('noscript')) {
    const content = document.createElement('div');
    for (const { name, value } of noscript.attributes) content.setAttribute(name, value);
    content.style.display = 'contents';
    content.append(...noscript.childNodes);
    noscript.replaceWith(content);
  }
}

/**
 * With scripts switched off the browser runs no timers, and axe-core waits for
 * some. Its short waits only yield to the page, so they may end at once; the
 * long ones are time limits and must not fire at all.
 */
export function replaceTimers() {
  window.setTimeout = (callback, delay = 0, ...rest) => {
    if (delay < 1000) Promise.resolve().then(() => callback(...rest));
    return 0;
  };
  window.clearTimeout = () => {};
}
