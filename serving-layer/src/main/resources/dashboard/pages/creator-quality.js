// Views against billable views, and why they differ.
import { ofAccount } from '../accounts.js';
import { get } from '../api.js';
import { shareBars } from '../charts.js';
import { element } from '../elements.js';
import { meterName, named, number, percent } from '../format.js';
import { freshness } from '../freshness.js';
import { t, textOr } from '../i18n.js';
import { periodCharts } from '../period-charts.js';
import { section } from '../section.js';
import { empty } from '../states.js';
import { facts } from '../table.js';

const REFRESH_MS = 15_000;

async function total(meter, account, signal) {
  const answer = await get(`/api/v1/meters/${meter}/query`, { subject: account }, signal);
  return { value: answer.data[0]?.value ?? 0, freshness: answer };
}

function compared(account, signal) {
  return section(t('creator.quality.compared'), async () => {
    const [all, billable, excluded] = await Promise.all(
      ['views', 'billable_views', 'excluded_views'].map((meter) => total(meter, account, signal)));
    if (all.value === 0) return [empty(t('creator.quality.none')), freshness(all.freshness)];
    return [
      facts([
        [meterName('views'), number(all.value)],
        [meterName('billable_views'), `${number(billable.value)} (${percent(billable.value / all.value)})`],
        [meterName('excluded_views'), `${number(excluded.value)} (${percent(excluded.value / all.value)})`],
      ]),
      freshness(all.freshness),
    ];
  }, { signal, every: REFRESH_MS, note: t('creator.quality.explanation') });
}

function reasons(account, signal) {
  return section(t('creator.quality.reasons'), async () => {
    const { data } = await get('/api/v1/meters/excluded_views/query', { subject: account, groupBy: 'exclusion_reason' }, signal);
    if (data.length === 0) return empty(t('creator.quality.noReasons'));
    const whole = data.reduce((sum, { value }) => sum + value, 0);
    return shareBars([...data].sort((a, b) => b.value - a.value).map(({ value, groupBy }) => ({
      name: element('span', {}, element('strong', {}, named('reason', groupBy.exclusion_reason)),
        element('span', { class: 'reason' }, textOr(`reason.${groupBy.exclusion_reason}.means`, ''))),
      value,
      text: `${number(value)} (${percent(value / whole)})`,
    })));
  }, { signal, every: REFRESH_MS });
}

export default {
  path: 'quality',
  title: 'creator.quality.title',
  navigation: 'creator.quality.navigation',
  roles: ['creator'],
  open: ofAccount('quality', (account, { signal }) => [
    compared(account, signal),
    reasons(account, signal),
    ...periodCharts(['billable_views', 'excluded_views'], { subject: account }, signal),
  ]),
};
