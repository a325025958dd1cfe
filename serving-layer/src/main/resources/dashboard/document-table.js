// Invoices and pay-outs as a list.
import { statusBadge } from './documents.js';
import { element } from './elements.js';
import { instant, money, range } from './format.js';
import { t } from './i18n.js';
import { linkTo } from './links.js';
import { table } from './table.js';

/** The collection of the API that a kind of document is in. */
export function collectionOf(kind) {
  return kind === 'payout' ? 'payouts' : 'invoices';
}

/** A document's name as people say it: by its month, or by its range if that is no month. */
export function documentName({ kind, period: label, from, to, sequence }) {
  const period = /^\d{4}-\d{2}$/.test(label) ? label : range(from, to);
  return sequence === 0 ? t(`admin.documents.kind.${kind}`, { period }) : t(`admin.documents.kind.${kind}.adjustment`, { period, sequence: String(sequence) });
}

/** Documents, each with the way to its lines. */
export function documentTable(caption, documents) {
  return table(caption, [
    { title: t('admin.documents.document'), value: (one) => element('a', { href: linkTo(`documents/${collectionOf(one.kind)}/${one.id}`) }, documentName(one)) },
    { title: t('common.account'), value: ({ account }) => account },
    { title: t('common.status'), value: ({ status }) => statusBadge(status) },
    { title: t('common.period'), value: ({ from, to }) => range(from, to) },
    { title: t('common.total'), number: true, value: ({ total, currency }) => money(total, currency) },
    { title: t('admin.documents.lines'), number: true, value: ({ lineCount }) => String(lineCount) },
    { title: t('admin.generation'), number: true, value: ({ generation }) => String(generation) },
    { title: t('admin.documents.made'), value: ({ createdAt }) => instant(createdAt) },
  ], documents);
}
