// What documents, their states and the steps of their amounts are called.
import { element } from './elements.js';
import { named, range } from './format.js';
import { t } from './i18n.js';

/** How a document's state is shown; the colour repeats what the word says. */
export function statusBadge(status) {
  const mark = { finalized: 'good', paid: 'good', void: 'bad' }[status] ?? 'neutral';
  return element('span', { class: `badge ${mark}` }, named('status', status));
}

/** The collection of the API that a kind of document is in. */
export function collectionOf(kind) {
  return kind === 'payout' ? 'payouts' : 'invoices';
}

/** A document's name as people say it: by its month, or by its range if that is no month. */
export function documentName({ kind, period: label, from, to, sequence }) {
  const period = /^\d{4}-\d{2}$/.test(label) ? label : range(from, to);
  return sequence === 0 ? t(`admin.documents.kind.${kind}`, { period }) : t(`admin.documents.kind.${kind}.adjustment`, { period, sequence: String(sequence) });
}

/** What a step of the rating is called: `graduated-tier-2-usage`, `blocked-overage-upgrade-to-pro`, `flat`... */
export function stepName(reference) {
  const tier = reference.match(/^(.+)-tier-(\d+)-/);
  if (tier) return t('detail.tier', { name: named('detail', tier[1]), tier: tier[2] });
  return reference.startsWith('blocked-overage') ? t('detail.blocked') : named('detail', reference);
}
