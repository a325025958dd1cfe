// One account: tiers, usage and documents.
import { get } from '../api.js';
import { element } from '../elements.js';
import { instant, meterName, money, named, number, range, total } from '../format.js';
import { t } from '../i18n.js';
import { linkTo } from '../links.js';
import { section } from '../section.js';
import { empty } from '../states.js';
import { facts, table } from '../table.js';
import { documentTable } from '../admin-document-table.js';
import { quotas, tierAt, zoneName } from '../account-usage.js';

async function terms(account) {
  return [
    facts([
      [t('admin.accounts.name'), account.name],
      [t('admin.accounts.tier'), named('tier', tierAt(account, new Date().toISOString()))],
      [t('admin.accounts.zone'), zoneName(account.timeZone)],
      [t('admin.accounts.since'), instant(account.registeredAt)],
    ]),
    account.tiers.length > 1 && table(t('admin.accounts.tiers'), [
      { title: t('admin.accounts.tier'), value: ({ tier }) => named('tier', tier) },
      { title: t('admin.from'), value: ({ effectiveFrom }) => instant(effectiveFrom) },
    ], account.tiers),
    account.overrides.length > 0 && table(t('admin.accounts.overrides'), [
      { title: t('admin.accounts.override'), value: ({ number: n }) => String(n) },
      { title: t('admin.from'), value: ({ effectiveFrom }) => instant(effectiveFrom) },
      { title: t('admin.reason'), value: ({ reason }) => reason },
      { title: t('admin.accounts.terms'), value: ({ terms: agreed }) => element('code', {}, JSON.stringify(agreed)) },
    ], account.overrides),
  ].filter(Boolean);
}

async function usage(name, signal) {
  const report = await get(`/api/v1/accounts/${encodeURIComponent(name)}/usage`, {}, signal);
  return [
    element('p', { class: 'hint' }, t('admin.accounts.estimate', { period: range(report.from, report.to), time: instant(report.asOf) })),
    ...quotas(report, t('admin.accounts.noQuota')),
    facts([
      [t('admin.accounts.soFar'), money(report.amountSoFar, report.currency)],
      [t('admin.accounts.forecast'), money(report.amountForecast, report.currency)],
      [t('admin.plan'), report.plan],
    ]),
    table(t('admin.accounts.usage'), [
      { title: t('admin.meter'), value: ({ meter }) => meterName(meter) },
      { title: t('admin.quantity'), number: true, value: ({ meter, quantity }) => total(quantity, meter, report.currency) },
      { title: t('admin.accounts.forecast'), number: true, value: ({ meter, forecast }) => total(forecast, meter, report.currency) },
      { title: t('admin.accounts.included'), number: true, value: ({ included }) => (included === undefined ? '–' : number(included)) },
    ], report.meters),
  ];
}

async function documents(account, signal) {
  const [invoices, payouts] = await Promise.all(['invoices', 'payouts'].map((kind) => get(`/api/v1/${kind}`, { account, limit: 24 }, signal)));
  const all = [...invoices.data, ...payouts.data];
  return all.length > 0 ? documentTable(t('admin.documents.title'), all) : empty(t('admin.documents.noneOfAccount'));
}

export default {
  path: 'accounts/:account',
  area: 'accounts',
  title: 'admin.account.title',
  roles: ['admin', 'billing'],
  async open({ values, signal, heading }) {
    const account = await get(`/api/v1/accounts/${encodeURIComponent(values.account)}`, {}, signal);
    heading.textContent = account.account;
    return [
      section(t('admin.accounts.agreed'), () => terms(account), { signal }),
      section(t('admin.accounts.usage'), () => usage(account.account, signal), { signal }),
      section(t('admin.documents.title'), () => documents(account.account, signal), { signal }),
      element('p', {}, element('a', { href: linkTo('accounts') }, t('admin.accounts.back'))),
    ];
  },
};
