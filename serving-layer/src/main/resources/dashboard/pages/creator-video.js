// One video: its views as they come in, by hour and by day.
import { get } from '../api.js';
import { element } from '../elements.js';
import { meterName, number } from '../format.js';
import { freshness } from '../freshness.js';
import { t } from '../i18n.js';
import { counter } from '../live.js';
import { periodCharts } from '../period-charts.js';
import { section } from '../section.js';
import { empty } from '../states.js';

const REFRESH_MS = 2_000;
const SLOW_REFRESH_MS = 30_000;

function views(video, signal) {
  const total = counter(t('creator.video.total'), signal);
  const billable = counter(meterName('billable_views'), signal);
  const closed = counter(t('creator.video.closed'), signal);
  const recent = counter(t('creator.video.recent'), signal);
  return section(t('creator.video.views'), async () => {
    const answer = await get(`/api/v1/videos/${encodeURIComponent(video)}/views`, {}, signal);
    if (answer.total_views === 0) return [empty(t('creator.video.none'), t('creator.video.none.hint')), freshness(answer)];
    total.show(answer.total_views);
    billable.show(answer.revenue_views);
    closed.show(answer.batch_views);
    recent.show(answer.realtime_views);
    return [element('div', { class: 'counters' }, total, billable, closed, recent), freshness(answer)];
  }, { signal, every: REFRESH_MS });
}

function viewers(filter, signal) {
  return section(t('creator.video.viewers'), async () => {
    const answer = await get('/api/v1/meters/unique_viewers/query', filter, signal);
    const value = answer.data[0]?.value ?? 0;
    return [element('p', {}, t('creator.video.viewers.about', { count: Math.round(Number(value)) })), freshness(answer)];
  }, { signal, every: SLOW_REFRESH_MS });
}

export default {
  path: 'videos/:video',
  area: 'videos',
  title: 'creator.video.title',
  roles: ['creator'],
  async open({ values, user, signal, heading }) {
    heading.textContent = t('creator.video.named', { video: values.video });
    document.title = `${heading.textContent} · Countinghouse`;
    const filter = { subject: user.accounts, 'filterGroupBy[video_id]': values.video };
    return [
      element('p', {}, element('a', { href: '#/videos' }, t('creator.video.back'))),
      views(values.video, signal),
      ...periodCharts(['views', 'billable_views'], filter, signal),
      viewers(filter, signal),
    ];
  },
};
