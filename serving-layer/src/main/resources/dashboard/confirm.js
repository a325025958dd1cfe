// Asks before something that cannot simply be undone, and says what it will do.
import { button, element } from './elements.js';
import { t } from './i18n.js';

let count = 0;

/**
 * Resolves to whether the person agreed. `consequences` are sentences; Escape and the first button leave everything as it is. `destroys` tells
 * whether something is gone afterwards.
 */
export function confirmed(title, consequences, act, { destroys = true } = {}) {
  const id = `dialog-${count++}`;
  return new Promise((resolve) => {
    const before = document.activeElement;
    const dialog = element('dialog', { 'aria-labelledby': id, 'aria-describedby': `${id}-text` });
    const stay = button(t('admin.confirm.cancel'), () => dialog.close(), { class: 'secondary' });
    const go = button(act, () => dialog.close('go'), { class: destroys && 'danger' });
    dialog.append(element('article', {},
      element('h2', { id }, title),
      element('ul', { id: `${id}-text` }, consequences.map((text) => element('li', {}, text))),
      element('footer', {}, stay, go)));
    dialog.addEventListener('close', () => {
      dialog.remove();
      before?.focus();
      resolve(dialog.returnValue === 'go');
    });
    document.body.append(dialog);
    dialog.showModal();
    stay.focus();
  });
}

/** A name for one change, so that sending it again cannot make it twice. */
export function changeName() {
  // randomUUID exists on secure origins only.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
