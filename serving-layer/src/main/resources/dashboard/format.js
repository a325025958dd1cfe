// Numbers, money and times as the language writes them. Times are UTC and say so. Decimals arrive as text and are never made binary.
import { language, t, textOr } from './i18n.js';

const NONE = '–';
/** Where the day comes before the month. */
const DATES = { en: 'en-GB', vi: 'vi' };

/** A count or quantity; text is formatted exactly, whatever its length. */
export function number(value, digits = 3) {
  if (value === null || value === undefined) return NONE;
  return new Intl.NumberFormat(language(), { maximumFractionDigits: digits }).format(value);
}

/** An amount in the digits of its currency; `exact` keeps every digit there is. */
export function money(amount, currency, exact = false) {
  if (amount === null || amount === undefined) return NONE;
  const options = { style: 'currency', currency, ...(exact ? { maximumFractionDigits: 12 } : {}) };
  return new Intl.NumberFormat(language(), options).format(amount);
}

/** A share of 1. */
export function percent(share, digits = 1) {
  if (share === null || share === undefined) return NONE;
  return new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: digits }).format(share);
}

/** A text that narrow cells do not break; a time so has one place to break, between date and clock. */
function unbroken(text) {
  return text.replaceAll(' ', '\u00a0');
}

function date(text, options) {
  return new Intl.DateTimeFormat(DATES[language()], { timeZone: 'UTC', ...options }).format(new Date(text));
}

/** 26 Nov 2026, 14:05:33 UTC */
export function instant(text) {
  if (!text) return NONE;
  return `${day(text)}, ${date(text, { timeStyle: 'medium', hourCycle: 'h23' })}\u00a0UTC`;
}

/** 26 Nov 2026 */
export function day(text) {
  return text ? unbroken(date(text, { dateStyle: 'medium' })) : NONE;
}

/** 26 Nov, in Vietnamese 26/11: months have long names there. */
export function shortDay(text) {
  return date(text, { day: 'numeric', month: language() === 'vi' ? 'numeric' : 'short' });
}

/** 14:00 */
export function hour(text) {
  return date(text, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** November 2026 */
export function month(text) {
  const name = date(text, { month: 'long', year: 'numeric' });
  return name.charAt(0).toLocaleUpperCase(language()) + name.slice(1);
}

/** 26 Nov 2026, 14:05 UTC; with its seconds if it has any. */
function minute(text) {
  return text.slice(16, 19) === ':00' ? `${day(text)}, ${hour(text)}\u00a0UTC` : instant(text);
}

/** A half-open range of days or instants, as people say it: the last day that is in it. */
export function range(from, to) {
  const midnight = (text) => text.slice(11, 19) === '00:00:00';
  if (!midnight(from) || !midnight(to)) return t('common.range', { from: minute(from), to: minute(to) });
  const last = new Date(Date.parse(to) - 1).toISOString();
  if (from.slice(0, 8) === last.slice(0, 8) && from.slice(8, 10) === '01' && new Date(to).getUTCDate() === 1) return month(from);
  return day(from) === day(last) ? day(from) : t('common.range', { from: day(from), to: day(last) });
}

const SECONDS_OF = { day: 86_400, hour: 3600, minute: 60 };

/** How long something takes: 3 minutes, 2.5 hours. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined) return NONE;
  const unit = Object.keys(SECONDS_OF).find((name) => seconds >= SECONDS_OF[name]) ?? 'second';
  return new Intl.NumberFormat(language(), { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 })
    .format(seconds / (SECONDS_OF[unit] ?? 1));
}

/** Meters that sum money, in the currency of the events. */
const OF_MONEY = ['ad_revenue', 'ticket_revenue'];

/** The quantity of a line; what is itself an amount is shown as one. */
export function quantity(value, meter, currency) {
  return OF_MONEY.includes(meter) ? money(value, currency, true) : number(value, 9);
}

/** The total of a meter as it moves: less exact than a quantity, and an amount only where the currency is known. */
export function total(value, meter, currency) {
  return currency && OF_MONEY.includes(meter) ? money(value, currency) : number(value, 2);
}

/** A meter's name. */
export function meterName(slug) {
  return textOr(`meter.${slug}`, slug.replaceAll('_', ' '));
}

/** The name of a value of a closed list (a status, a reason...); one that a newer server added is shown as it is. */
export function named(list, value) {
  return textOr(`${list}.${value}`, String(value).replaceAll('_', ' ').replaceAll('-', ' '));
}

/** What a line of a plan is for: the texts of the plans that ship, in the user's language; any other plan's in its own words. */
export function itemName(plan, { item, description }) {
  const name = plan.replace(/[@/].*$/, '');
  return textOr(`item.${name}.${item}`, description);
}
