// One refused event, as it was received.
import { get } from '../api.js';
import { element } from '../elements.js';
import { instant, named } from '../format.js';
import { t } from '../i18n.js';
import { linkTo } from '../links.js';
import { facts } from '../table.js';

/** JSON is set out for reading; anything else is shown as it came. */
function readable(payload) {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload;
  }
}

export default {
  path: 'quarantine/:partition/:offset',
  area: 'quarantine',
  title: 'admin.quarantine.event',
  roles: ['admin'],
  async open({ values, signal }) {
    const event = await get(`/api/v1/quarantine/${encodeURIComponent(values.partition)}/${encodeURIComponent(values.offset)}`, {}, signal);
    return [
      element('section', { 'aria-label': t('admin.quarantine.whyThis') },
        facts([
          [t('admin.reason'), named('admin.refusal', event.reason)],
          [t('admin.quarantine.rule'), element('code', {}, event.reason)],
          [t('admin.quarantine.field'), event.field ?? '–'],
          [t('admin.quarantine.type'), event.type ?? '–'],
          [t('common.account'), event.account ?? '–'],
          [t('admin.quarantine.source'), event.source ?? '–'],
          [t('admin.quarantine.receivedAt'), instant(event.receivedAt)],
          [t('admin.quarantine.position'), element('code', {}, `events.quarantine-${event.partition} @ ${event.offset}`)],
        ]),
        element('p', { class: 'warning', lang: 'en' }, event.message ?? '–')),
      element('section', { 'aria-labelledby': 'payload' },
        element('div', { class: 'section-head' }, element('h2', { id: 'payload' }, t('admin.quarantine.asReceived'))),
        element('pre', { tabindex: '0', 'aria-labelledby': 'payload' }, readable(event.payload))),
      element('p', {}, element('a', { href: linkTo('quarantine') }, t('admin.quarantine.back'))),
    ];
  },
};
