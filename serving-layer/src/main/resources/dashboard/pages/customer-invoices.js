// The invoices of a customer, newest first.
import { ofAccount } from '../accounts.js';
import { documentList } from '../own-documents.js';
import { t } from '../i18n.js';
import { empty } from '../states.js';

export default {
  path: 'bills',
  title: 'customer.invoices.title',
  navigation: 'customer.invoices.title',
  roles: ['customer'],
  open: ofAccount('bills', (account, { signal }) => documentList({
    title: t('customer.invoices.all'),
    collection: 'invoices',
    page: 'bills',
    account,
    nothing: empty(t('customer.invoices.none'), t('customer.invoices.none.hint')),
    signal,
  })),
};
