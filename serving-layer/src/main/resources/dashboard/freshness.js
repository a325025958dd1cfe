// How far to trust an answer: the freshness fields that every one carries.
import { element } from './elements.js';
import { instant, number } from './format.js';
import { t } from './i18n.js';

/** One line below numbers; a warning if counts are missing. */
export function freshness({ generation, asOf, quality, partial, missing, approximate, relativeStandardError }) {
  const parts = [
    t('freshness.asOf', { time: instant(asOf) }),
    generation === null ? t('freshness.noGeneration') : t('freshness.generation', { number: String(generation) }),
    approximate ? t('freshness.approximate', { percent: number(100 * relativeStandardError, 1) }) : t(`freshness.${quality}`),
  ];
  return element('div', { class: 'freshness' },
    element('p', { class: 'hint' }, parts.join(' · ')),
    partial ? element('p', { class: 'warning' }, t('freshness.partial'), ' ', element('span', { lang: 'en' }, missing ?? '')) : null);
}
