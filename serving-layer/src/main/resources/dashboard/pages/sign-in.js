// Signing in: as one of the ready-made users of a local platform, or with a token.
import { get, post, Problem } from '../api.js';
import { button, element } from '../elements.js';
import { t, textOr } from '../i18n.js';
import { sessionEnded, signIn } from '../session.js';
import { problemView } from '../states.js';

async function localUsers(signal) {
  try {
    return (await get('/api/v1/login', {}, signal)).users;
  } catch (problem) {
    // Elsewhere tokens come from their own issuer, and this does not exist.
    if (problem.status === 404) return [];
    throw problem;
  }
}

function userButtons(users, trouble) {
  return element('div', { class: 'users' }, users.map((user) => button(
    [element('strong', {}, textOr(`role.${user}`, user)), element('span', {}, textOr(`role.${user}.sees`, ''))],
    async () => {
      try {
        const issued = await post('/api/v1/login', { user });
        signIn(issued.token, issued.refreshToken);
      } catch (problem) {
        trouble.replaceChildren(problemView(problem));
      }
    },
    { class: 'secondary outline user-choice', 'data-user': user })));
}

function tokenForm(trouble) {
  const input = element('input', { id: 'token', type: 'password', autocomplete: 'off', required: true, 'aria-describedby': 'token-hint' });
  const form = element('form', { id: 'sign-in' },
    element('label', { for: 'token' }, t('signIn.token')), input,
    element('p', { class: 'hint', id: 'token-hint' }, t('signIn.token.hint')),
    element('button', { type: 'submit' }, t('signIn.submit')));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!signIn(input.value.trim())) trouble.replaceChildren(problemView(new Problem({ code: 'no_token' })));
  });
  return form;
}

export default {
  path: 'sign-in',
  title: 'signIn.title',
  roles: [],
  async open({ signal }) {
    const trouble = element('div', {});
    const users = await localUsers(signal);
    const content = [trouble];
    if (sessionEnded()) content.unshift(element('p', { class: 'warning', role: 'alert' }, t('signIn.ended')));
    if (users.length > 0) {
      content.push(
        element('p', {}, t('signIn.local')), userButtons(users, trouble),
        element('details', { class: 'narrow' }, element('summary', {}, t('signIn.withToken')), tokenForm(trouble)));
    } else {
      content.push(tokenForm(trouble));
    }
    return content;
  },
};
