// What a customer has used of what the plan includes, and what the invoice would be.
import { ofAccount } from '../accounts.js';
import { get } from '../api.js';
import { quotaBar } from '../charts.js';
import { element } from '../elements.js';
import { estimateNote } from '../estimate.js';
import { itemName, meterName, money, named, number, range, total } from '../format.js';
import { t } from '../i18n.js';
import { periodCharts } from '../period-charts.js';
import { linkTo } from '../links.js';
import { section } from '../section.js';
import { empty } from '../states.js';
import { facts, table } from '../table.js';

const REFRESH_MS = 5_000;

function suggestion(better, currency) {
  if (!better) return null;
  const cheaper = Number(better.saving) > 0;
  return element('aside', { class: 'notice', 'aria-label': t('customer.suggestion') },
    element('p', {}, element('strong', {}, t(cheaper ? 'customer.suggestion.cheaper' : 'customer.suggestion.unblocked', { tier: named('tier', better.tier) }))),
    element('p', {}, t('customer.suggestion.costs', { now: money(better.costNow, currency), then: money(better.costThen, currency) })));
}

function quotas(report) {
  const limited = report.meters.filter(({ included }) => included !== undefined);
  if (limited.length === 0) return empty(t('customer.quota.none'), t('customer.quota.none.hint'));
  return limited.map((meter) => {
    const bar = quotaBar(meterName(meter.meter), meter.percentUsed, t('customer.quota.used', {
      used: number(meter.quantity), included: number(meter.included), percent: meter.percentUsed,
    }));
    const level = meter.percentUsed >= 100 ? 'full' : meter.percentUsed >= 80 ? 'high' : meter.percentForecast > 100 ? 'forecast' : null;
    if (level) bar.append(element('p', { class: 'hint' }, t(`customer.quota.${level}.${meter.aboveIncluded}`, { forecast: number(meter.forecast) })));
    return bar;
  });
}

function used(report) {
  const meters = report.meters.filter(({ quantity, included }) => included === undefined || Number(quantity) > 0);
  if (meters.length === 0) return null;
  return table(t('customer.usage.all'), [
    { title: t('customer.usage.what'), value: ({ meter }) => meterName(meter) },
    { title: t('customer.usage.soFar'), number: true, value: ({ meter, quantity }) => total(quantity, meter, report.currency) },
    { title: t('customer.usage.forecast'), number: true, value: ({ meter, forecast }) => total(forecast, meter, report.currency) },
  ], meters);
}

function report(account, signal) {
  return section(t('customer.draft'), async () => {
    const answer = await get(`/api/v1/accounts/${encodeURIComponent(account)}/usage`, {}, signal);
    return [
      facts([
        [t('common.period'), range(answer.from, answer.to), 'wide'],
        [t('customer.tier'), named('tier', answer.tier)],
        [t('customer.draft.soFar'), element('strong', { class: 'amount' }, money(answer.amountSoFar, answer.currency))],
        [t('customer.draft.forecast'), element('span', { class: 'amount' }, money(answer.amountForecast, answer.currency))],
      ]),
      suggestion(answer.suggestion, answer.currency),
      element('h3', {}, t('customer.quota')), quotas(answer),
      element('h3', {}, t('customer.usage.all')), used(answer) ?? empty(t('customer.usage.none')),
      estimateNote(answer),
    ].flat().filter(Boolean);
  }, { signal, every: REFRESH_MS });
}

function history(account, values, signal) {
  const frame = element('div', {});
  const load = async () => {
    const { meters } = await get(`/api/v1/accounts/${encodeURIComponent(account)}/usage`, {}, signal);
    const used = meters.filter(({ quantity }) => Number(quantity) > 0).map(({ meter }) => meter);
    const names = used.length > 0 ? used : meters.map(({ meter }) => meter);
    const chosen = names.includes(values.meter) ? values.meter : names[0];
    if (chosen === undefined) return empty(t('customer.usage.none'));
    const select = element('select', { 'aria-label': t('customer.history.meter') },
      names.map((meter) => element('option', { value: meter, selected: meter === chosen }, meterName(meter))));
    const draw = () => frame.replaceChildren(...periodCharts([select.value], { subject: account }, signal));
    select.addEventListener('change', draw);
    draw();
    return [element('label', { class: 'choice' }, t('customer.history.meter'), select), frame];
  };
  return section(t('customer.history'), load, { signal });
}

export default {
  path: 'usage',
  title: 'customer.usage.title',
  navigation: 'customer.usage.title',
  roles: ['customer'],
  open: ofAccount('usage', (account, { values, signal }) => [
    report(account, signal),
    element('p', {}, element('a', { href: linkTo('bills', { account }) }, t('customer.invoices.toThem'))),
    history(account, values, signal),
  ]),
};
