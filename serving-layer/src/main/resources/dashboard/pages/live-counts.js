// Every meter as it moves, and who is counted most: for those who see all accounts.
import { get } from '../api.js';
import { planCurrency } from '../currency.js';
import { element, svg } from '../elements.js';
import { instant, meterName, number, total } from '../format.js';
import { freshness } from '../freshness.js';
import { t } from '../i18n.js';
import { connection, counter, watchTotals } from '../live.js';
import { section } from '../section.js';
import { empty } from '../states.js';
import { facts, table } from '../table.js';

const TOP = 10;
const ACCOUNTS_EVERY_MS = 5000;

function layers() {
  const parts = ['track', 'batch', 'speed'].map((name) => svg('rect', { class: name, height: 3, width: name === 'track' ? 100 : 0 }));
  const bar = svg('svg', { class: 'bar', viewBox: '0 0 100 3', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, parts);
  bar.show = ({ batch, speed }) => {
    const whole = Number(batch ?? 0) + Number(speed ?? 0);
    const share = whole > 0 ? (100 * Number(batch ?? 0)) / whole : 0;
    parts[1].setAttribute('width', share);
    parts[2].setAttribute('x', share);
    parts[2].setAttribute('width', whole > 0 ? 100 - share : 0);
    // Until the first numbers arrive there is nothing to tell.
    bar.removeAttribute('aria-hidden');
    bar.setAttribute('role', 'img');
    bar.setAttribute('aria-label', t('liveCounts.layers', { batch: number(batch ?? 0, 2), speed: number(speed ?? 0, 2) }));
  };
  return bar;
}

function totals(meters, currency, signal) {
  const state = connection();
  const fresh = element('div', {});
  const cards = new Map();
  const grid = element('div', { class: 'counters' }, meters.map(({ slug }) => {
    const card = counter(meterName(slug), signal, (value) => total(value, slug, currency));
    const bar = layers();
    card.append(bar);
    cards.set(slug, { card, bar });
    return card;
  }));
  watchTotals({
    meters: [],
    signal,
    onState: state.show,
    onTotals: (changed) => {
      for (const one of changed) {
        cards.get(one.meter)?.card.show(one.value);
        cards.get(one.meter)?.bar.show(one);
      }
      const latest = changed[changed.length - 1];
      fresh.replaceChildren(
        facts([[t('liveCounts.closedThrough'), latest.closedThrough ? instant(latest.closedThrough) : t('liveCounts.nothingPublished')]]),
        freshness(latest));
    },
  });
  const legend = element('p', { class: 'legend' },
    element('span', {}, element('span', { class: 'swatch batch' }), t('liveCounts.batch')),
    element('span', {}, element('span', { class: 'swatch speed' }), t('liveCounts.speed')));
  return element('section', { 'aria-label': t('liveCounts.totals') }, element('div', { class: 'section-head' }, state, legend), grid, fresh);
}

function topAccounts(meters, currency, signal) {
  const choice = element('select', { 'aria-label': t('liveCounts.meter') },
    meters.map(({ slug }) => element('option', { value: slug }, meterName(slug))));
  const created = section(t('liveCounts.topAccounts'), async () => {
    const { data } = await get(`/api/v1/meters/${choice.value}/query`, { groupBy: 'subject' }, signal);
    if (data.length === 0) return empty(t('liveCounts.noUsage'));
    data.sort((a, b) => b.value - a.value || a.subject.localeCompare(b.subject));
    return table(t('liveCounts.topAccounts'), [
      { title: t('common.account'), value: (row) => row.subject },
      { title: meterName(choice.value), number: true, value: (row) => total(row.value, choice.value, currency) },
    ], data.slice(0, TOP));
  }, { signal, every: ACCOUNTS_EVERY_MS, controls: choice });
  choice.addEventListener('change', created.reload);
  return created;
}

export default {
  path: 'live',
  title: 'liveCounts.title',
  navigation: 'liveCounts.title',
  roles: ['admin', 'billing', 'analyst'],
  async open({ signal }) {
    const [meters, currency] = await Promise.all([get('/api/v1/meters', {}, signal), planCurrency(signal)]);
    return [totals(meters, currency, signal), topAccounts(meters, currency, signal)];
  },
};
