// Who is billed, by which tier, and how much of what it includes is used.
import { get } from '../api.js';
import { element } from '../elements.js';
import { money, named } from '../format.js';
import { t } from '../i18n.js';
import { paged } from '../paged.js';
import { linkTo } from '../links.js';
import { section } from '../section.js';
import { table } from '../table.js';
import { quotas, tierAt, zoneName } from '../account-usage.js';

const LIMIT = 20;
/** Usage is asked for account by account; more at once would wait for one another in the server. */
const AT_ONCE = 4;
/** The rest stands on the account's own page. */
const MOST_QUOTAS = 2;

/** Fills the cells of accounts whose usage is not known yet, a few at a time. */
function filler(signal) {
  const waiting = [];
  let running = 0;
  async function run() {
    running++;
    for (let fill = waiting.shift(); fill && !signal.aborted; fill = waiting.shift()) await fill();
    running--;
  }
  return (fill) => {
    waiting.push(fill);
    if (running < AT_ONCE) run();
  };
}

function cells(account, signal, enqueue) {
  const bars = element('div', { class: 'account-quota', 'aria-busy': 'true' }, t('common.loading'));
  const amount = element('span', {}, '–');
  enqueue(async () => {
    try {
      const usage = await get(`/api/v1/accounts/${encodeURIComponent(account)}/usage`, {}, signal);
      bars.replaceChildren(...quotas(usage, t('admin.accounts.noQuota'), MOST_QUOTAS));
      amount.textContent = money(usage.amountSoFar, usage.currency);
    } catch (problem) {
      if (!signal.aborted) bars.replaceChildren(element('span', { class: 'bad' }, t('admin.accounts.usageUnknown')), ' ', element('span', { class: 'hint', lang: 'en' }, problem.detail ?? ''));
    }
    bars.removeAttribute('aria-busy');
  });
  return { bars, amount };
}

export default {
  path: 'accounts',
  title: 'admin.accounts.title',
  navigation: 'admin.accounts.title',
  roles: ['admin', 'billing'],
  async open({ signal }) {
    const enqueue = filler(signal);
    const known = new Map();
    const cellsOf = ({ account }) => {
      if (!known.has(account)) known.set(account, cells(account, signal, enqueue));
      return known.get(account);
    };
    const now = new Date().toISOString();
    return section(t('admin.accounts.registered'), () => paged(
      (cursor) => get('/api/v1/accounts', { limit: LIMIT, cursor }, signal),
      (rows) => table(t('admin.accounts.registered'), [
        { title: t('common.account'), value: ({ account }) => element('a', { href: linkTo(`accounts/${account}`) }, account) },
        { title: t('admin.accounts.tier'), value: (account) => named('tier', tierAt(account, now)) },
        { title: t('admin.accounts.quota'), value: (account) => cellsOf(account).bars },
        { title: t('admin.accounts.soFar'), number: true, value: (account) => cellsOf(account).amount },
        { title: t('admin.accounts.zone'), value: ({ timeZone }) => zoneName(timeZone) },
      ], rows),
      t('admin.accounts.none')), { signal, note: t('admin.accounts.note') });
  },
};
