// One invoice with its lines.
import { documentPage } from '../own-documents.js';
import { element } from '../elements.js';
import { t } from '../i18n.js';

export default {
  path: 'bills/:id',
  area: 'bills',
  title: 'customer.invoice.title',
  roles: ['customer'],
  open: ({ values, signal }) => [
    element('p', {}, element('a', { href: '#/bills' }, t('customer.invoice.back'))),
    documentPage('invoices', values.id, signal),
  ],
};
