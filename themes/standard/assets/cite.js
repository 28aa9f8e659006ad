// The citation and the addresses of an item, shown where its 「#」 is chosen. Without this script, 「#」 is a plain link.
(() => {
  'use strict';
  const find = (id) => document.getElementById(id);
  const [facts, dialog, status] = ['cite', 'cite-dialog', 'cite-status'].map(find);
  if (!facts || !dialog || !dialog.showModal) return;
  const { document: documentName, version, permanent, current } = facts.dataset;

  // How headings begin that have a number. One without goes by its words.
  const NUMBER = /^(?:[Ⅰ-Ⅻ]+(?:（\d+）)?|[①-⑳]|（別添\d+）|リスク\d*(?=：)|\d+(?=．))/u;
  // Parts of a heading that are no words of the item: notes, marks, and the name of an entry.
  const BESIDE = 'small, .kome, .name, .hidden';

  function levelOf(node) {
    return Number(/\bl(\d)\b/.exec(node.className)[1]);
  }

  /** A heading as its number and the words behind it. */
  function readHeading(node) {
    const heading = node.querySelector('h1, h2, h3, h4, h5, h6').cloneNode(true);
    heading.querySelectorAll(BESIDE).forEach((part) => part.remove());
    const text = heading.textContent.replace(/[ \t\r\n]+/g, ' ').trim();
    const number = NUMBER.exec(text)?.[0] ?? '';
    return { number, words: text.slice(number.length).replace(/^[\s．：]+/u, '') };
  }

  /** 「Ⅱ.4.委託事項1.② 取扱いを委託する…」: the numbers of the headings above, then the item's own and its words. */
  function nameOf(link) {
    const own = link.closest('.node');
    const nodes = [...document.querySelectorAll('.node')];
    const { number, words } = readHeading(own);
    const parts = number ? [number] : [words];
    let level = levelOf(own);
    for (const node of nodes.slice(0, nodes.indexOf(own)).reverse()) {
      if (levelOf(node) >= level) continue;
      level = levelOf(node);
      const above = readHeading(node);
      parts.unshift(above.number || above.words);
    }
    return parts.join('.') + (number && words ? ` ${words}` : '');
  }

  function show(link) {
    const at = (address) => new URL(address, location.href.split('#')[0]).href + link.hash;
    const words = [`${documentName}${nameOf(link)}`, version, at(permanent || current)];
    find('cite-text').value = words.filter((part) => part).join(dialog.dataset.comma);
    if (permanent) find('cite-permanent').value = at(permanent);
    find('cite-current').value = at(current);
    status.textContent = '';
    dialog.showModal();
    find('cite-dialog-title').focus();
  }

  async function copy(field) {
    try {
      await navigator.clipboard.writeText(field.value);
      return true;
    } catch {
      // No clipboard for a page from a file, or none allowed: the old way needs a selection.
      field.select();
      return document.execCommand('copy');
    }
  }

  document.addEventListener('click', (event) => {
    const link = event.target.closest('.node a.self');
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    // After the jump to the item, which would take the focus away again; closed, the dialog gives it back to the link.
    if (link && isPlain) {
      setTimeout(() => {
        link.focus();
        show(link);
      });
    }
  });
  dialog.addEventListener('click', async (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    if (!button.dataset.copy) {
      dialog.close();
      return;
    }
    // Emptied first: what stands there already is not announced again.
    status.textContent = '';
    const isCopied = await copy(find(button.dataset.copy));
    setTimeout(() => {
      status.textContent = isCopied ? dialog.dataset.copied : dialog.dataset.failed;
    }, 100);
  });
})();
