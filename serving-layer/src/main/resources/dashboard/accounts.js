// Whose numbers a page shows: most people have one account, some have several.
import { element } from './elements.js';
import { t } from './i18n.js';
import { linkTo } from './links.js';
import { empty } from './states.js';

/** The account that a page is about: the one in the address if it is the user's, otherwise the user's first; null without any. */
export function chosenAccount({ user, values }) {
  return user.accounts.includes(values.account) ? values.account : user.accounts[0] ?? null;
}

/** A choice among the user's accounts, or just the name of the only one. */
export function accountChoice({ user, values }, path) {
  const chosen = chosenAccount({ user, values });
  if (user.accounts.length < 2) return element('p', { class: 'hint' }, t('common.account'), ': ', element('strong', {}, chosen));
  const select = element('select', {}, user.accounts.map((account) =>
    element('option', { value: account, selected: account === chosen }, account)));
  select.addEventListener('change', () => {
    location.hash = linkTo(path, { account: select.value });
  });
  return element('label', { class: 'choice' }, t('common.account'), select);
}

/** A page for somebody with an account; anybody else is told why there is nothing. */
export function ofAccount(path, open) {
  return async (page) => {
    const account = chosenAccount(page);
    if (account === null) return empty(t('common.noAccounts'), t('common.noAccounts.hint'));
    return [accountChoice(page, path), await open(account, page)].flat();
  };
}
