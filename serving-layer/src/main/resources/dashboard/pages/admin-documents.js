// Every invoice and pay-out.
import { get } from '../api.js';
import { element } from '../elements.js';
import { t } from '../i18n.js';
import { paged } from '../paged.js';
import { linkTo } from '../links.js';
import { section } from '../section.js';
import { documentTable } from '../admin-document-table.js';

const LIMIT = 50;
const FIELDS = ['account', 'period'];

function form(values) {
  const created = element('form', { class: 'filters', role: 'search', 'aria-label': t('admin.documents.filters') },
    element('label', {}, t('common.account'), element('input', { type: 'search', name: 'account', value: values.account ?? '', maxlength: 200, autocomplete: 'off' })),
    element('label', {}, t('common.period'), element('input', { type: 'search', name: 'period', value: values.period ?? '', maxlength: 80, placeholder: '2026-10', autocomplete: 'off' })),
    element('div', { class: 'filter-buttons' }, element('button', { type: 'submit' }, t('admin.quarantine.apply'))));
  created.addEventListener('submit', (event) => {
    event.preventDefault();
    const chosen = [...new FormData(created)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value);
    location.hash = linkTo('documents', Object.fromEntries(chosen));
  });
  return created;
}

export default {
  path: 'documents',
  title: 'admin.documents.title',
  navigation: 'admin.documents.title',
  roles: ['admin', 'billing'],
  async open({ values, signal }) {
    const filter = Object.fromEntries(FIELDS.map((name) => [name, values[name]]));
    const list = (collection, title, none) => section(title, () => paged(
      (cursor) => get(`/api/v1/${collection}`, { ...filter, limit: LIMIT, cursor }, signal),
      (rows) => documentTable(title, rows),
      none), { signal });
    return [
      form(values),
      list('invoices', t('admin.documents.invoices'), t('admin.documents.noInvoices')),
      list('payouts', t('admin.documents.payouts'), t('admin.documents.noPayouts')),
    ];
  },
};
