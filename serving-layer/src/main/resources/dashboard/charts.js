// Small charts as SVG, drawn at the width they get, each with its numbers as a table.
import { element, svg } from './elements.js';
import { number } from './format.js';
import { t } from './i18n.js';
import { table } from './table.js';

const HEIGHT = 220;
const LEFT = 52;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 28;
const LABEL_WIDTH = 64;
const STEPS = 4;

/** The smallest of 1, 2, 5 x 10^n that is not below a value. */
function niceStep(value) {
  const unit = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((factor) => factor * unit).find((step) => step >= value * 0.999999);
}

function scale(highest) {
  const step = niceStep(Math.max(highest, STEPS) / STEPS);
  return { step, top: step * Math.max(1, Math.ceil(highest / step)) };
}

const compact = (value) => number(value >= 10_000 ? value / 1000 : value, 1) + (value >= 10_000 ? 'k' : '');

function axes(width, height, points, { step, top }, xOf, yOf) {
  const parts = [];
  for (let value = 0; value <= top * 1.0001; value += step) {
    parts.push(
      svg('line', { class: 'grid', x1: LEFT, x2: width - RIGHT, y1: yOf(value), y2: yOf(value) }),
      svg('text', { class: 'axis', x: LEFT - 8, y: yOf(value) + 4, 'text-anchor': 'end' }, compact(value)));
  }
  const every = Math.max(1, Math.ceil((points.length * LABEL_WIDTH) / (width - LEFT - RIGHT)));
  points.forEach((point, index) => {
    if (index % every === 0) {
      const atEdge = xOf(index) + LABEL_WIDTH / 2 > width;
      const x = atEdge ? width : xOf(index);
      parts.push(svg('text', { class: 'axis', x, y: height - 8, 'text-anchor': atEdge ? 'end' : 'middle' }, point.label));
    }
  });
  return parts;
}

function bars(points, series, slot, xOf, yOf) {
  const thickness = Math.max(1, Math.min(40, (slot * 0.7) / series.length));
  return points.flatMap((point, index) => series.map(({ name, mark }, order) => {
    const value = point.values[order] ?? 0;
    const x = xOf(index) - (thickness * series.length) / 2 + order * thickness;
    return svg('rect', { class: `mark ${mark}`, x, y: yOf(value), width: thickness, height: Math.max(0, yOf(0) - yOf(value)), rx: 1 },
      svg('title', {}, `${point.title ?? point.label}: ${name} ${number(value)}`));
  }));
}

function lines(points, series, slot, xOf, yOf) {
  return series.flatMap(({ name, mark }, order) => {
    const known = points.map((point, index) => [index, point.values[order]]).filter(([, value]) => value !== null && value !== undefined);
    return [
      svg('polyline', { class: `line ${mark}`, points: known.map(([index, value]) => `${xOf(index)},${yOf(value)}`).join(' ') }),
      ...known.map(([index, value]) => svg('circle', { class: `mark ${mark}`, cx: xOf(index), cy: yOf(value), r: 3 },
        svg('title', {}, `${points[index].title ?? points[index].label}: ${name} ${number(value)}`))),
    ];
  });
}

function chart(title, points, series, marks, firstColumn) {
  const drawing = element('div', { class: 'drawing' });
  const highest = Math.max(0, ...points.flatMap((point) => point.values.map((value) => value ?? 0)));
  function draw(width) {
    const measure = scale(highest);
    const slot = (width - LEFT - RIGHT) / points.length;
    const xOf = (index) => LEFT + slot * (index + 0.5);
    const yOf = (value) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / measure.top);
    drawing.replaceChildren(svg('svg', { role: 'img', 'aria-label': t('chart.label', { title }), width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` },
      axes(width, HEIGHT, points, measure, xOf, yOf), marks(points, series, slot, xOf, yOf)));
  }
  new ResizeObserver(([entry]) => entry.contentRect.width > LEFT + RIGHT && draw(Math.floor(entry.contentRect.width))).observe(drawing);
  const columns = [
    { title: firstColumn, value: (point) => point.title ?? point.label },
    ...series.map(({ name }, order) => ({ title: name, number: true, value: (point) => number(point.values[order]) })),
  ];
  return element('figure', { class: 'chart' },
    series.length > 1 && element('figcaption', { class: 'legend' },
      series.map(({ name, mark }) => element('span', {}, element('span', { class: `swatch ${mark}` }), name))),
    drawing,
    element('details', {}, element('summary', {}, t('chart.table')), table(title, columns, points)));
}

/**
 * Bars side by side. Points are `{label, title?, values}`, one value for each of `series` (`{name, mark}`, mark being `first`, `second`
 * or `third`); `firstColumn` heads the labels in the table.
 */
export function barChart(title, points, series, firstColumn) {
  return chart(title, points, series, bars, firstColumn);
}

/** The same as lines; a value of null leaves a gap. */
export function lineChart(title, points, series, firstColumn) {
  return chart(title, points, series, lines, firstColumn);
}

/** Named shares of a whole, longest first: `[{name, value, text}]`. */
export function shareBars(rows) {
  const most = Math.max(...rows.map((row) => row.value), 0);
  return element('ul', { class: 'shares' }, rows.map(({ name, value, text }) => element('li', {},
    element('span', { class: 'share-name' }, name), element('span', { class: 'share-value' }, text),
    svg('svg', { class: 'share-bar', viewBox: '0 0 100 4', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      svg('rect', { class: 'track', width: 100, height: 4 }),
      svg('rect', { class: 'mark first', width: most > 0 ? (100 * value) / most : 0, height: 4 })))));
}

/** How much of something is used up; `percent` may exceed 100. */
export function quotaBar(label, percent, text) {
  const level = percent >= 100 ? 'full' : percent >= 80 ? 'high' : 'low';
  return element('div', { class: `quota ${level}` },
    element('div', { class: 'quota-text' }, element('span', {}, label), element('span', {}, text)),
    svg('svg', { class: 'share-bar', role: 'img', viewBox: '0 0 100 4', preserveAspectRatio: 'none', 'aria-label': `${label}: ${text}` },
      svg('rect', { class: 'track', width: 100, height: 4 }),
      svg('rect', { class: 'mark level', width: Math.min(100, Math.max(0, percent)), height: 4 })));
}
