// How pages for admins show an account's tier and quota.
import { quotaBar } from './charts.js';
import { element } from './elements.js';
import { meterName, number } from './format.js';
import { t } from './i18n.js';

/** The tier in force at an instant, as text; the first one if none is yet. */
export function tierAt({ tiers }, at) {
  const past = tiers.filter(({ effectiveFrom }) => Date.parse(effectiveFrom) <= Date.parse(at));
  return (past[past.length - 1] ?? tiers[0]).tier;
}

/** A time zone's name; Java's for UTC is `Z`. */
export function zoneName(zone) {
  return zone === 'Z' ? 'UTC' : zone;
}

/** A bar for each meter of which the plan includes something, the most used first; of more than `most` only these. */
export function quotas({ meters }, none, most = Infinity) {
  const included = meters.filter((meter) => meter.included !== undefined)
    .sort((a, b) => b.percentUsed - a.percentUsed).slice(0, most);
  if (included.length === 0) return [element('span', { class: 'hint' }, none)];
  return included.map((meter) => quotaBar(meterName(meter.meter), meter.percentUsed,
    t('admin.accounts.used', { used: number(meter.quantity), included: number(meter.included), percent: String(meter.percentUsed) })));
}
