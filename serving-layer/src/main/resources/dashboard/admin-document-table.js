// Invoices and pay-outs of all accounts as a list.
import { collectionOf, documentName, statusBadge } from './document-texts.js';
import { element } from './elements.js';
import { instant, money } from './format.js';
import { t } from './i18n.js';
import { linkTo } from './links.js';
import { table } from './table.js';

/** Documents, each with the way to its lines. */
export function documentTable(caption, documents) {
  return table(caption, [
    { title: t('admin.documents.document'), value: (one) => element('a', { class: 'long', href: linkTo(`documents/${collectionOf(one.kind)}/${one.id}`) }, documentName(one)) },
    { title: t('common.account'), value: ({ account }) => account },
    { title: t('common.status'), value: ({ status }) => statusBadge(status) },
    { title: t('common.total'), number: true, value: ({ total, currency }) => money(total, currency) },
    { title: t('admin.documents.lines'), number: true, value: ({ lineCount }) => String(lineCount) },
    { title: t('admin.generation'), number: true, value: ({ generation }) => String(generation) },
    { title: t('admin.documents.made'), value: ({ createdAt }) => instant(createdAt) },
  ], documents);
}
