// What stands where numbers are not there: loading, nothing yet, something wrong.
import { button, element } from './elements.js';
import { t, textOr } from './i18n.js';

export function loading() {
  return element('p', { class: 'loading', 'aria-busy': 'true' }, t('common.loading'));
}

/** Says why there is nothing, and what would change that. */
export function empty(text, hint = null) {
  return element('div', { class: 'empty' }, element('p', {}, text), hint && element('p', { class: 'hint' }, hint));
}

function kind({ status }) {
  if (status === 0) return 'unreachable';
  if (status === 404) return 'notFound';
  if (status === 403) return 'forbidden';
  if (status === 409) return 'conflict';
  if (status === 503) return 'unavailable';
  return status >= 500 ? 'internal' : 'request';
}

/** A problem in the user's language by its code, the server's own words below, the id by which the log has it, and a way on. */
export function problemView(problem, retry = null) {
  if (!('status' in problem)) console.error(problem);
  const name = 'status' in problem ? kind(problem) : 'internal';
  const status = 'status' in problem ? problem.status : null;
  return element('div', { class: 'problem', role: 'alert' },
    element('p', {}, element('strong', {}, textOr(`problem.code.${problem.code}`, t(`problem.${name}`)))),
    element('p', {}, t(`problem.${name}.next`)),
    problem.detail && status !== 0 && element('p', { class: 'detail' }, t('problem.detail'), ' ', element('span', { lang: 'en' }, problem.detail)),
    problem.correlationId && element('p', { class: 'hint' }, t('problem.correlation'), ' ', element('code', {}, problem.correlationId)),
    retry && button(t('common.tryAgain'), retry, { class: 'secondary' }));
}
