// Counts of the last day by hour and of the last month by day.
import { barChart } from './charts.js';
import { meterName } from './format.js';
import { freshness } from './freshness.js';
import { t } from './i18n.js';
import { section } from './section.js';
import { empty } from './states.js';
import { countsByWindow, lastWindows } from './windows.js';

const MARKS = ['first', 'second', 'third'];
const REFRESH_MS = 30_000;

function windowSection(title, firstColumn, meters, windows, parameters, signal) {
  return section(title, async () => {
    const { points, freshness: fresh } = await countsByWindow(meters, windows(), parameters, signal);
    if (points.every(({ values }) => values.every((value) => Number(value) === 0))) return [empty(t('chart.nothing')), freshness(fresh)];
    const series = meters.map((meter, index) => ({ name: meterName(meter), mark: MARKS[index] }));
    return [barChart(title, points, series, firstColumn), freshness(fresh)];
  }, { signal, every: REFRESH_MS });
}

/** A chart by hour and one by day of up to three meters. */
export function periodCharts(meters, parameters, signal) {
  return [
    windowSection(t('chart.lastHours'), t('common.hour'), meters, () => lastWindows('HOUR', 24), parameters, signal),
    windowSection(t('chart.lastDays'), t('common.day'), meters, () => lastWindows('DAY', 30), parameters, signal),
  ];
}
