// The events that were refused, and why.
import { get } from '../api.js';
import { shareBars } from '../charts.js';
import { button, element } from '../elements.js';
import { instant, named, number } from '../format.js';
import { t } from '../i18n.js';
import { paged } from '../paged.js';
import { linkTo } from '../links.js';
import { section } from '../section.js';
import { empty } from '../states.js';
import { table } from '../table.js';

const FILTERS = ['reason', 'account', 'source', 'text'];
const LIMIT = 25;

async function reasons(signal) {
  const { reasons: found, scanned, complete } = await get('/api/v1/quarantine/reasons', {}, signal);
  if (scanned === 0) return empty(t('admin.quarantine.none'), t('admin.quarantine.none.hint'));
  return [
    element('p', { class: 'hint' }, complete ? t('admin.quarantine.all', { count: scanned }) : t('admin.quarantine.newest', { count: scanned })),
    shareBars(found.map(({ reason, events }) => ({
      name: element('a', { href: linkTo('quarantine', { reason }) }, named('admin.refusal', reason)),
      value: events,
      text: number(events),
    }))),
  ];
}

function field(name, values) {
  return element('label', {}, t(`admin.quarantine.${name}`),
    element('input', { type: 'search', name, value: values[name] ?? '', maxlength: 200, autocomplete: 'off' }));
}

function form(values) {
  const created = element('form', { class: 'filters', role: 'search', 'aria-label': t('admin.quarantine.filters') },
    FILTERS.map((name) => field(name, values)),
    element('div', { class: 'filter-buttons' },
      element('button', { type: 'submit' }, t('admin.quarantine.apply')),
      FILTERS.some((name) => values[name]) && button(t('admin.quarantine.clear'), () => { location.hash = linkTo('quarantine'); }, { class: 'secondary' })));
  created.addEventListener('submit', (event) => {
    event.preventDefault();
    const chosen = [...new FormData(created)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value);
    location.hash = linkTo('quarantine', Object.fromEntries(chosen));
  });
  return created;
}

function list(rows) {
  return table(t('admin.quarantine.events'), [
    { title: t('admin.quarantine.at'), value: ({ partition, offset, quarantinedAt }) => element('a', { href: linkTo(`quarantine/${partition}/${offset}`) }, instant(quarantinedAt)) },
    { title: t('admin.reason'), value: ({ reason }) => named('admin.refusal', reason) },
    { title: t('admin.quarantine.message'), value: ({ message }) => element('span', { class: 'long', lang: 'en' }, message ?? '–') },
    { title: t('admin.quarantine.type'), value: ({ type }) => type ?? '–' },
    { title: t('common.account'), value: ({ account }) => account ?? '–' },
    { title: t('admin.quarantine.source'), value: ({ source }) => source ?? '–' },
    { title: t('admin.quarantine.payload'), value: ({ payload }) => element('code', { class: 'preview' }, payload) },
  ], rows);
}

export default {
  path: 'quarantine',
  title: 'admin.quarantine.title',
  navigation: 'admin.quarantine.title',
  roles: ['admin'],
  async open({ values, signal }) {
    const filter = Object.fromEntries(FILTERS.map((name) => [name, values[name]]));
    const filtered = FILTERS.some((name) => values[name]);
    return [
      section(t('admin.quarantine.why'), () => reasons(signal), { signal }),
      section(t('admin.quarantine.events'), async () => [
        form(values),
        ...await paged(
          (cursor) => get('/api/v1/quarantine', { ...filter, limit: LIMIT, cursor }, signal),
          list,
          filtered ? t('admin.quarantine.noneSuch') : t('admin.quarantine.none'),
          ({ scanned }) => filtered && element('p', { class: 'hint' }, t('admin.quarantine.scanned', { count: scanned }))),
      ], { signal }),
    ];
  },
};
