// What stands below every amount that is not money yet.
import { element } from './elements.js';
import { instant, named } from './format.js';
import { t, textOr } from './i18n.js';

/** What counts lack, in the user's language; of a kind that a newer server added, in the server's words. */
function lack({ code, dimension, through }, text) {
  const known = textOr(`lack.${code}`, null, { dimension: dimension && named('dimension', dimension), time: instant(through) });
  return known ?? element('span', { lang: 'en' }, text);
}

/** As of when an estimate is, from which counts, and what they lack. */
export function estimateNote({ asOf, counts, missing = [], lacks = [] }) {
  return element('div', { class: 'freshness' },
    element('p', { class: 'hint' }, t('estimate.note', { time: instant(asOf) }), ' ',
      t(counts === 'both layers' ? 'estimate.live' : 'estimate.closed')),
    missing.length > 0 && element('p', { class: 'hint' }, t('estimate.missing'), ' ',
      missing.flatMap((text, index) => [index > 0 && '; ', lack(lacks[index] ?? {}, text)])));
}
