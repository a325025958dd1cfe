// A list that grows by pages: "show more" adds the next below, and the keyboard goes on at its first row.
import { button, element } from './elements.js';
import { t } from './i18n.js';
import { announce } from './live.js';
import { empty, problemView } from './states.js';

/**
 * `load(cursor)` resolves to `{data, nextCursor}`; `draw(rows)` gives the element of all rows so far; `nothing` is shown if there are none.
 * `seen(page)` may say something about how far one has looked.
 */
export async function paged(load, draw, nothing, seen = () => null) {
  const rows = [];
  const list = element('div', {});
  const more = element('div', { class: 'more' });
  let cursor;
  async function next() {
    const page = await load(cursor);
    rows.push(...page.data);
    cursor = page.nextCursor;
    list.replaceChildren(rows.length > 0 ? draw(rows) : empty(nothing));
    more.replaceChildren(...[
      seen(page),
      cursor && button(t('common.more'), () => again(), { class: 'secondary' }),
    ].filter(Boolean));
  }
  async function again() {
    const shown = rows.length;
    try {
      await next();
      announce(t('admin.paged.shown', { count: rows.length }));
      const added = list.querySelectorAll('tbody tr')[shown];
      (added?.querySelector('a, button') ?? more.querySelector('button'))?.focus();
    } catch (problem) {
      more.replaceChildren(problemView(problem, again));
    }
  }
  await next();
  return [list, more];
}
