// Counts by hour or day, with a zero for every window that has none.
import { get } from './api.js';
import { hour, instant, shortDay, day } from './format.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The last `count` whole and begun windows of a size (`HOUR` or `DAY`), UTC. */
export function lastWindows(size, count, now = Date.now()) {
  const width = size === 'HOUR' ? HOUR_MS : DAY_MS;
  const to = (Math.floor(now / width) + 1) * width;
  return { size, width, from: to - count * width, to, count };
}

/** The values of meters in windows: `[{label, title, values}]`, in the order of the meters. */
export async function countsByWindow(meters, windows, parameters, signal) {
  const answers = await Promise.all(meters.map((meter) => get(`/api/v1/meters/${meter}/query`, {
    ...parameters,
    windowSize: windows.size,
    from: new Date(windows.from).toISOString(),
    to: new Date(windows.to).toISOString(),
  }, signal)));
  const values = answers.map(({ data }) => new Map(data.map((row) => [Date.parse(row.windowStart), row.value])));
  const points = Array.from({ length: windows.count }, (unused, index) => {
    const start = windows.from + index * windows.width;
    const text = new Date(start).toISOString();
    return {
      label: windows.size === 'HOUR' ? hour(text) : shortDay(text),
      title: windows.size === 'HOUR' ? instant(text) : day(text),
      values: values.map((known) => known.get(start) ?? 0),
    };
  });
  return { points, freshness: answers[0] };
}
