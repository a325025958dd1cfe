// What a creator earns in this month so far, where it is going, and the statements of the months before.
import { ofAccount } from '../accounts.js';
import { get } from '../api.js';
import { documentList } from '../own-documents.js';
import { element } from '../elements.js';
import { itemName, money, quantity, range } from '../format.js';
import { estimateNote } from '../estimate.js';
import { t } from '../i18n.js';
import { section } from '../section.js';
import { empty } from '../states.js';
import { facts, table } from '../table.js';

const REFRESH_MS = 10_000;

function now(account, signal) {
  return section(t('creator.earnings.now'), async () => {
    const report = await get(`/api/v1/accounts/${encodeURIComponent(account)}/earnings`, {}, signal);
    const amounts = facts([
      [t('common.period'), range(report.from, report.to), 'wide'],
      [t('creator.earnings.soFar'), element('strong', { class: 'amount' }, money(report.amountSoFar, report.currency))],
      [t('creator.earnings.forecast'), element('span', { class: 'amount' }, money(report.amountForecast, report.currency))],
    ]);
    const lines = report.lines.length === 0 ? empty(t('creator.earnings.none'), t('creator.earnings.none.hint'))
      : table(t('creator.earnings.now'), [
        { title: t('creator.earnings.for'), value: (line) => itemName(report.plan, line) },
        { title: t('document.quantity'), number: true, value: (line) => quantity(line.quantity, line.meter, report.currency) },
        { title: t('creator.earnings.soFar'), number: true, value: (line) => money(line.amount, report.currency) },
        { title: t('creator.earnings.forecast'), number: true, value: (line) => money(line.amountForecast, report.currency) },
      ], report.lines);
    return [amounts, lines, estimateNote(report)];
  }, { signal, every: REFRESH_MS });
}

export default {
  path: 'earnings',
  title: 'creator.earnings.title',
  navigation: 'creator.earnings.title',
  roles: ['creator'],
  open: ofAccount('earnings', (account, { signal }) => [
    now(account, signal),
    documentList({
      title: t('creator.statements'),
      collection: 'payouts',
      page: 'statements',
      account,
      nothing: empty(t('creator.statements.none'), t('creator.statements.none.hint')),
      signal,
    }),
  ]),
};
