// What stands below every amount that is not money yet.
import { element } from './elements.js';
import { instant } from './format.js';
import { t } from './i18n.js';

/** As of when an estimate is, from which counts, and what they lack. */
export function estimateNote({ asOf, counts, missing = [] }) {
  return element('div', { class: 'freshness' },
    element('p', { class: 'hint' }, t('estimate.note', { time: instant(asOf) }), ' ',
      t(counts === 'both layers' ? 'estimate.live' : 'estimate.closed')),
    missing.length > 0 && element('p', { class: 'hint' }, t('estimate.missing'), ' ', element('span', { lang: 'en' }, missing.join('; '))));
}
