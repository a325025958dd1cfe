// One pay-out statement with its lines.
import { documentPage } from '../own-documents.js';
import { element } from '../elements.js';
import { t } from '../i18n.js';

export default {
  path: 'statements/:id',
  area: 'earnings',
  title: 'creator.statement.title',
  roles: ['creator'],
  open: ({ values, signal }) => [
    element('p', {}, element('a', { href: '#/earnings' }, t('creator.statement.back'))),
    documentPage('payouts', values.id, signal),
  ],
};
