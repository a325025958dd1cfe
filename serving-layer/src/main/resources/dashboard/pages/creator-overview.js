// What a creator wants to see first: views as they come in, what they earn, what is watched most.
import { ofAccount } from '../accounts.js';
import { get } from '../api.js';
import { element } from '../elements.js';
import { meterName, money, number, range } from '../format.js';
import { freshness } from '../freshness.js';
import { t } from '../i18n.js';
import { connection, counter, watchTotals } from '../live.js';
import { periodCharts } from '../period-charts.js';
import { linkTo } from '../links.js';
import { section } from '../section.js';
import { empty } from '../states.js';
import { facts, table } from '../table.js';

const METERS = ['views', 'billable_views', 'excluded_views', 'watch_seconds'];
const TOP = 5;
const TOP_EVERY_MS = 5_000;
const EARNINGS_EVERY_MS = 15_000;

function liveCounters(account, signal) {
  const state = connection();
  const fresh = element('div', {});
  const cards = new Map(METERS.map((meter) => [meter, counter(meterName(meter), signal)]));
  cards.forEach((card) => card.show(0));
  watchTotals({
    meters: METERS,
    accounts: [account],
    signal,
    onState: state.show,
    onTotals: (changed) => {
      changed.forEach(({ meter, value }) => cards.get(meter)?.show(value ?? 0));
      fresh.replaceChildren(freshness(changed[changed.length - 1]));
    },
  });
  return element('section', { 'aria-label': t('creator.overview.live') },
    element('div', { class: 'section-head' }, element('h2', {}, t('creator.overview.live')), state),
    element('div', { class: 'counters' }, [...cards.values()]), fresh);
}

function earnings(account, signal) {
  return section(t('creator.earnings.now'), async () => {
    const report = await get(`/api/v1/accounts/${encodeURIComponent(account)}/earnings`, {}, signal);
    return [
      facts([
        [t('common.period'), range(report.from, report.to), 'wide'],
        [t('creator.earnings.soFar'), element('strong', { class: 'amount' }, money(report.amountSoFar, report.currency))],
        [t('creator.earnings.forecast'), element('span', { class: 'amount' }, money(report.amountForecast, report.currency))],
      ]),
      element('p', {}, element('a', { href: linkTo('earnings', { account }) }, t('creator.earnings.more'))),
    ];
  }, { signal, every: EARNINGS_EVERY_MS });
}

function topVideos(account, signal) {
  return section(t('creator.overview.top'), async () => {
    const { data } = await get('/api/v1/live/top', { meter: 'views', subject: account, limit: TOP }, signal);
    if (data.length === 0) return empty(t('creator.overview.noTop'), t('creator.overview.noTop.hint'));
    return [
      table(t('creator.overview.top'), [
        { title: t('creator.video'), value: ({ groupBy }) => element('a', { href: linkTo(`videos/${groupBy.video_id}`) }, groupBy.video_id) },
        { title: meterName('views'), number: true, value: ({ value }) => number(value) },
      ], data),
      element('p', {}, element('a', { href: linkTo('videos', { account }) }, t('creator.overview.allVideos'))),
    ];
  }, { signal, every: TOP_EVERY_MS, note: t('creator.overview.top.note') });
}

export default {
  path: 'overview',
  title: 'creator.overview.title',
  navigation: 'creator.overview.title',
  roles: ['creator'],
  open: ofAccount('overview', (account, { signal }) => [
    liveCounters(account, signal),
    element('div', { class: 'columns' }, earnings(account, signal), topVideos(account, signal)),
    ...periodCharts(['views', 'billable_views'], { subject: account }, signal),
  ]),
};
