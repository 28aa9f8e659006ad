// The questions of the walk that are asked inside a page. Each function is sent to the
// browser as source text, so it may use nothing from outside its own body.

/** The element that has the focus, as the walk needs to know it. */
export function readFocus() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const before = globalThis.walkBefore;
  globalThis.walkBefore = element;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const hasOutline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  // Of a link that has the focus: only then it has a ground of its own.
  const contrastOf = ({ color, backgroundColor }) => {
    const [text, ground] = [color, backgroundColor].map((value) => value.match(/[\d.]+/g).map(Number));
    if (element.localName !== 'a' || (ground[3] ?? 1) < 1) return null;
    const [one, two] = [text, ground].map((channels) => channels.slice(0, 3)
      .map((channel) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4))
      .reduce((sum, channel, at) => sum + channel * [0.2126, 0.7152, 0.0722][at], 0));
    return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
  };
  const isInWindow = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 1 && box.height > 1;
  // Something else may lie over it. A link of two lines has nothing of its own in the middle of its box.
  const isOnTop = [...element.getClientRects()].some((line) => {
    const top = document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2);
    return top !== null && (element.contains(top) || top.contains(element));
  });
  return {
    selector: `${element.localName}${element.id ? `#${element.id}` : ''}「${(element.getAttribute('aria-label') ?? element.textContent).replace(/\s+/g, ' ').trim().slice(0, 40)}」`,
    isSkipLink: element.getAttribute('href') === `#${document.querySelector('main')?.id}`,
    isSame: before === element,
    isAfter: !before || !before.isConnected || (before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
    isInMain: document.querySelector('main')?.contains(element) ?? false,
    hasOutline,
    contrast: contrastOf(style),
    isSeen: isInWindow && isOnTop,
  };
}

/** Chooses the 「#」 of one item in so many, one after another, and reads the citation that is shown. */
export async function citeSome(step) {
  const [dialog, text] = ['cite-dialog', 'cite-text'].map((id) => document.getElementById(id));
  const cited = [];
  const links = [...document.querySelectorAll('.node a.self')].filter((_, at) => at % step === 0);
  for (const link of links) {
    link.click();
    await new Promise((done) => { setTimeout(done, 1); });
    cited.push({ id: link.hash.slice(1), text: text.value });
    dialog.close();
  }
  return cited;
}

/** Puts the focus a number of stops before the last one. */
export function focusNearEnd(stops) {
  const all = [...document.querySelectorAll('a[href],button,input,select,textarea,summary,[tabindex]')]
    .filter((element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility());
  const start = all.at(-stops - 1);
  globalThis.walkBefore = undefined;
  start?.focus();
  return Math.min(stops, all.length - 1);
}

/** Texts that are cut off where they have a height or a width of their own. */
export function readClipped() {
  const clipped = [];
  for (const element of document.querySelectorAll('body *')) {
    const style = getComputedStyle(element);
    const cuts = (way) => way === 'hidden' || way === 'clip';
    if (!cuts(style.overflowX) && !cuts(style.overflowY)) continue;
    // What is only there for screen readers is always cut off.
    if (element.clientWidth <= 1 || element.clientHeight <= 1 || !element.innerText?.trim()) continue;
    const isCut = (cuts(style.overflowY) && element.scrollHeight > element.clientHeight + 2)
      || (cuts(style.overflowX) && element.scrollWidth > element.clientWidth + 2);
    if (isCut) clipped.push(`${element.localName}${element.id ? `#${element.id}` : ''}.${[...element.classList].join('.')}`);
  }
  return clipped.slice(0, 5);
}

/** What moves although the reader asked for less motion. */
export function readMotion() {
  const moving = document.getAnimations().filter(({ playState }) => playState === 'running')
    .map(({ effect }) => `${effect?.target?.localName ?? '?'} is animated`);
  const isLong = (text) => text.split(',').some((part) => parseFloat(part) * (part.trim().endsWith('ms') ? 1 : 1000) > 50);
  for (const element of document.querySelectorAll('html, body *')) {
    const style = getComputedStyle(element);
    const name = `${element.localName}${element.className?.baseVal === undefined && element.className ? `.${element.className}` : ''}`;
    if (isLong(style.transitionDuration)) moving.push(`${name} has a transition`);
    if (style.scrollBehavior === 'smooth') moving.push(`${name} scrolls smoothly`);
  }
  return [...new Set(moving)].slice(0, 5);
}

/** Texts that keep their own colours where the reader's were to replace all. */
export function readUnforced() {
  const found = new Set();
  for (const element of document.querySelectorAll('body *')) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!hasText || getComputedStyle(element).forcedColorAdjust !== 'none') continue;
    found.add(`${element.localName}.${[...element.classList].join('.')}`);
  }
  return [...found].slice(0, 5);
}

/** How far the layout has shifted since the page began to load. */
export function readShift() {
  return new Promise((done) => {
    let sum = 0;
    const add = (list) => list.forEach((entry) => { if (!entry.hadRecentInput) sum += entry.value; });
    const observer = new PerformanceObserver((list) => add(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => {
      add(observer.takeRecords());
      done(sum);
    }, 500);
  });
}

/**
 * The ways in which texts are coloured on a page: colour, background, size and weight of every element with a text of its
 * own. Where two pages have the same ones, the contrast on both is the same.
 */
export function readColours() {
  const found = new Set();
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor, backgroundImage } = getComputedStyle(at);
      if (backgroundImage !== 'none') return backgroundImage;
      if (!/^rgba\(.*, 0\)$/.test(backgroundColor) && backgroundColor !== 'transparent') return backgroundColor;
    }
    return '';
  };
  for (const element of document.querySelectorAll('body, body *')) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!hasText && !['input', 'select', 'textarea'].includes(element.localName)) continue;
    const style = getComputedStyle(element);
    found.add([element.localName, style.color, style.fill, behind(element), style.fontSize, style.fontWeight, style.textDecorationLine, style.opacity].join(' '));
  }
  return [...found];
}
