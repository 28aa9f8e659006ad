// Remarks of reviewers: kept in the browser while they are written, saved to a file, read back from one. Nothing is sent.
(() => {
  'use strict';
  const KIND = 'kohyo-review-remarks';
  const find = (id) => document.getElementById(id);
  const tools = find('remark-tools');
  const say = tools.dataset;
  const key = `${KIND}-${say.pack}`;
  const reviewer = find('reviewer');
  const status = find('remark-status');
  const boxes = [...document.querySelectorAll('textarea[data-place]')];
  // Remarks on items that this pack does not have: they must not get lost.
  let strays = [];
  let isSaved = true;
  let isKept = true;

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  const tell = (...sentences) => { status.textContent = sentences.join(' '); };
  const written = () => boxes.filter((box) => box.value.trim() !== '');

  const remarkOf = (box) => ({
    place: box.dataset.place,
    document: box.dataset.document,
    form: box.dataset.form,
    path: box.dataset.path,
    reference: box.dataset.reference,
    label: box.dataset.label,
    text: box.value,
  });

  const content = () => ({
    kind: KIND,
    version: 1,
    pack: say.pack,
    base: say.base,
    reviewer: reviewer.value.trim(),
    remarks: [...written().map(remarkOf), ...strays],
  });

  function show() {
    for (const box of boxes) {
      box.nextElementSibling.textContent = box.value;
      box.rows = Math.min(12, Math.max(2, box.value.split('\n').length + 1));
    }
    find('remark-count').textContent = fill(say.count, { n: written().length });
  }

  function keep() {
    try {
      localStorage.setItem(key, JSON.stringify(content()));
      isKept = true;
    } catch {
      isKept = false;
    }
  }

  function changed() {
    isSaved = false;
    show();
    keep();
    tell(isKept ? say.kept : say.notKept);
  }

  const paragraphs = (text) => text.split(/\n\s*\n/).map((one) => one.trim()).filter(Boolean);

  // Adds to a box the paragraphs that it does not have yet.
  function add(box, text) {
    const known = paragraphs(box.value);
    const missing = paragraphs(text).filter((one) => !known.includes(one));
    if (known.length === 0) box.value = text;
    else if (missing.length > 0) box.value = [box.value.trimEnd(), ...missing].join('\n\n');
  }

  // Puts remarks into their boxes. What stands there already stays above, and what somebody else said gets the name of who said
  // it: the file that is saved later has the name of one person. Returns the names of others.
  function place(file) {
    const isFirst = written().length + strays.length === 0;
    if (isFirst) reviewer.value ||= file.reviewer ?? '';
    const me = reviewer.value.trim();
    const others = new Set();
    for (const remark of file.remarks) {
      const who = (remark.reviewer ?? file.reviewer ?? '').trim();
      const isOther = who !== '' && who !== me;
      const box = boxes.find((one) => one.dataset.place === remark.place);
      if (!box) {
        keepStray(isOther ? { ...remark, reviewer: who } : remark);
        continue;
      }
      if (isOther) others.add(who);
      const named = (text) => fill(say.said, { who, text });
      add(box, isOther ? paragraphs(remark.text).map(named).join('\n\n') : remark.text);
    }
    show();
    return [...others];
  }

  function keepStray(remark) {
    const isSame = (other) => ['place', 'text', 'reviewer'].every((name) => other[name] === remark[name]);
    if (!strays.some(isSame)) strays.push(remark);
  }

  function read(text) {
    const file = JSON.parse(text);
    const isRemark = (remark) => typeof remark?.place === 'string' && typeof remark.text === 'string';
    if (file?.kind !== KIND || file.version !== 1 || !Array.isArray(file.remarks) || !file.remarks.every(isRemark)) {
      throw new Error(KIND);
    }
    return file;
  }

  function save() {
    if (written().length + strays.length === 0) return tell(say.empty);
    const who = reviewer.value.trim().replace(/[^\p{L}\p{N}]+/gu, '_').slice(0, 20);
    const today = new Date().toLocaleDateString('sv-SE');
    const name = `review-remarks-${[today, who].filter(Boolean).join('-')}.json`;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([`${JSON.stringify(content(), null, 2)}\n`], { type: 'application/json' }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    isSaved = true;
    return tell(fill(say.saved, { file: name }));
  }

  async function load() {
    const [chosen] = find('load').files;
    if (!chosen) return;
    try {
      const file = read(await chosen.text());
      const before = reviewer.value;
      const others = place(file);
      changed();
      tell(
        fill(say.loaded, { n: file.remarks.length }),
        reviewer.value === before ? '' : fill(say.tookName, { who: reviewer.value }),
        others.length > 0 ? fill(say.named, { who: others.join('、') }) : '',
        file.pack === say.pack ? '' : say.otherPack,
        strays.length > 0 ? fill(say.strays, { n: strays.length }) : '',
      );
    } catch {
      tell(say.bad);
    }
    find('load').value = '';
  }

  function restore() {
    try {
      const kept = localStorage.getItem(key);
      if (!kept) return;
      place(read(kept));
      if (written().length > 0) tell(say.restored);
    } catch {
      // There is nothing to go back to, and that is no fault of the reader.
    }
  }

  document.documentElement.classList.add('scripted');
  tools.hidden = false;
  find('remark-bar').hidden = false;
  for (const box of [...boxes, reviewer]) box.addEventListener('input', changed);
  find('save').addEventListener('click', save);
  find('load').addEventListener('change', load);
  addEventListener('beforeunload', (event) => {
    if (!isSaved && !isKept) event.preventDefault();
  });
  restore();
  show();
})();
