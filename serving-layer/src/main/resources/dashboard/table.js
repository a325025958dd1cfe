// Tables that stay readable on a phone: they scroll in their own frame, which the keyboard reaches.
import { element } from './elements.js';

/** Columns are `{title, number?, value(row)}`; a value is text or an element. The first column heads its row. */
export function table(caption, columns, rows) {
  const align = (column) => (column.number ? 'number' : false);
  const head = element('tr', {}, columns.map((column) => element('th', { scope: 'col', class: align(column) }, column.title)));
  const lines = rows.map((row) => element('tr', {}, columns.map((column, index) =>
    element(index === 0 ? 'th' : 'td', { scope: index === 0 ? 'row' : false, class: align(column) }, column.value(row)))));
  return element('div', { class: 'frame', role: 'group', tabindex: '0', 'aria-label': caption },
    element('table', {}, element('caption', { class: 'heard' }, caption), element('thead', {}, head), element('tbody', {}, lines)));
}

/** Terms and their values: `[[term, value], ...]`; a third, `'wide'`, gives a long value a line of its own on a phone. */
export function facts(pairs) {
  return element('dl', { class: 'facts' }, pairs.filter(Boolean).map(([term, value, width]) =>
    element('div', { class: width }, element('dt', {}, term), element('dd', {}, value))));
}
