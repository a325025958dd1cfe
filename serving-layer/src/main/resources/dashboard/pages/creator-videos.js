// Every video of a creator with its views, and how many of them are billed.
import { ofAccount } from '../accounts.js';
import { element } from '../elements.js';
import { meterName, number, percent } from '../format.js';
import { freshness } from '../freshness.js';
import { t } from '../i18n.js';
import { linkTo } from '../links.js';
import { section } from '../section.js';
import { empty } from '../states.js';
import { table } from '../table.js';
import { videosOf } from '../videos.js';

const REFRESH_MS = 10_000;
const PAGE = 50;
const SECONDS_PER_HOUR = 3600;

function list(account, signal) {
  let shown = PAGE;
  const created = section(t('creator.videos.all'), async () => {
    const { rows, freshness: fresh } = await videosOf(account, signal);
    if (rows.length === 0) return [empty(t('creator.videos.none'), t('creator.videos.none.hint')), freshness(fresh)];
    const more = element('button', { type: 'button', class: 'secondary outline' }, t('common.more'));
    more.addEventListener('click', () => {
      shown += PAGE;
      created.reload();
    });
    return [
      element('p', {}, t('creator.videos.count', { count: rows.length })),
      table(t('creator.videos.all'), [
        { title: t('creator.video'), value: ({ video }) => element('a', { href: linkTo(`videos/${video}`) }, video) },
        { title: meterName('views'), number: true, value: (row) => number(row.views) },
        { title: t('creator.videos.billable'), number: true, value: (row) => number(row.billable_views) },
        { title: t('creator.videos.share'), number: true, value: (row) => (row.views > 0 ? percent(row.billable_views / row.views) : '–') },
        { title: t('creator.videos.hours'), number: true, value: (row) => number(row.watch_seconds / SECONDS_PER_HOUR, 1) },
      ], rows.slice(0, shown)),
      ...(rows.length > shown ? [more] : []),
      freshness(fresh),
    ];
  }, { signal, every: REFRESH_MS });
  return created;
}

export default {
  path: 'videos',
  title: 'creator.videos.title',
  navigation: 'creator.videos.title',
  roles: ['creator'],
  open: ofAccount('videos', (account, { signal }) => list(account, signal)),
};
