// Totals as server-sent events, and numbers that move.
import { element } from './elements.js';
import { number } from './format.js';
import { t } from './i18n.js';
import { accessToken } from './session.js';

const REOPEN_MS = 3000;
const SPOKEN_EVERY_MS = 15_000;

/**
 * Follows totals until `signal` aborts. `onTotals(totals)` gets the data of each event; `onState(state, detail)` gets `live`, `lost` or
 * `trouble`.
 */
export function watchTotals({ meters, accounts = [], signal, onTotals, onState = () => {} }) {
  const query = new URLSearchParams();
  meters.forEach((meter) => query.append('meter', meter));
  accounts.forEach((account) => query.append('subject', account));
  let stream;
  function open() {
    const token = accessToken();
    if (signal.aborted || !token) return;
    // Browsers cannot set headers here.
    stream = new EventSource(`/api/v1/live?access_token=${encodeURIComponent(token)}&${query}`);
    const opened = stream;
    stream.addEventListener('totals', (event) => {
      onState('live');
      onTotals(JSON.parse(event.data).totals);
    });
    stream.addEventListener('trouble', (event) => onState('trouble', JSON.parse(event.data).detail));
    stream.addEventListener('error', () => {
      onState('lost');
      // A stream that the server ended for good is opened anew, with the token of the moment.
      if (opened.readyState === EventSource.CLOSED) setTimeout(open, REOPEN_MS);
    });
  }
  open();
  signal.addEventListener('abort', () => stream?.close());
}

/** Tells a screen reader something, without moving to it. */
export function announce(text) {
  document.getElementById('announcements').textContent = text;
}

/** A number that moves: seen at once, spoken now and then. `show(value)` changes it; `text(value)` is how it is written. */
export function counter(label, signal, text = (next) => number(next, 2)) {
  const value = element('span', { class: 'value' }, '–');
  const created = element('article', { class: 'counter' }, element('span', { class: 'name' }, label), value);
  let latest = null;
  let spoken = null;
  created.show = (next) => {
    latest = next;
    value.textContent = text(next);
  };
  const timer = setInterval(() => {
    if (latest !== null && spoken !== null && latest !== spoken) announce(t('common.spoken', { label, value: text(latest) }));
    spoken = latest;
  }, SPOKEN_EVERY_MS);
  signal.addEventListener('abort', () => clearInterval(timer));
  return created;
}

/** Says whether numbers arrive. `show(state, detail)` as `onState` of watchTotals. */
export function connection() {
  const dot = element('span', { class: 'dot' });
  const text = element('span', {}, t('live.connecting'));
  const created = element('p', { class: 'state' }, dot, ' ', text);
  created.show = (state, detail) => {
    dot.className = `dot ${state}`;
    const next = detail ? `${t(`live.${state}`)} (${detail})` : t(`live.${state}`);
    if (text.textContent !== next) text.textContent = next;
  };
  return created;
}
