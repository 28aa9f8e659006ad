// The citation and the addresses of an item, shown where its 「#」 is chosen. Without this script, 「#」 is a plain link.
(() => {
  'use strict';
  const find = (id) => document.getElementById(id);
  const [facts, dialog, status] = ['cite', 'cite-dialog', 'cite-status'].map(find);
  if (!facts || !dialog || !dialog.showModal) return;
  const { document: documentName, version, permanent, current } = facts.dataset;

  // A heading begins with the last part of its number: 「⑧ 使用方法」 is Ⅱ.3.⑧.
  function nameOf(link) {
    const number = link.querySelector('.hidden').textContent.replace(dialog.dataset.link, '');
    const heading = link.closest('.node').querySelector('h2, h3, h4, h5, h6').firstChild.textContent;
    const mark = number.split('.').pop();
    const label = heading.startsWith(mark) ? heading.slice(mark.length).replace(/^[\s．：]+/u, '') : heading;
    return number.endsWith(label) ? number : `${number} ${label}`;
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
