// The shell: what is on every page, and the way from one page to another.
import { chooseLanguage, language, LANGUAGES, loadLanguage, t } from './i18n.js';
import { element } from './elements.js';
import { startRouter, show } from './router.js';
import { currentUser, onSession, restoreSession, signOut } from './session.js';
import { chooseTheme, theme, THEMES } from './theme.js';

const byId = (id) => document.getElementById(id);

function drawSettings() {
  document.documentElement.lang = language();
  byId('skip').textContent = t('shell.skip');
  byId('menu').textContent = t('shell.menu');
  byId('language').setAttribute('aria-label', t('shell.language'));
  byId('language').replaceChildren(
    ...LANGUAGES.map(({ code, name }) => new Option(name, code, code === language(), code === language())));
  byId('theme').setAttribute('aria-label', t('shell.theme'));
  byId('theme').replaceChildren(
    ...THEMES.map((name) => new Option(t(`shell.theme.${name}`), name, name === theme(), name === theme())));
  byId('navigation').setAttribute('aria-label', t('shell.navigation'));
}

function drawUser() {
  const user = currentUser();
  byId('side').hidden = !user;
  byId('menu').hidden = !user;
  byId('user').replaceChildren();
  if (user) {
    const leave = element('button', { type: 'button', class: 'secondary outline', id: 'sign-out' }, t('shell.signOut'));
    leave.addEventListener('click', () => signOut());
    byId('user').append(
      element('p', {}, t('shell.signedInAs'), ' ', element('strong', {}, user.name)),
      leave,
      element('p', {}, element('a', { href: '/docs' }, t('shell.api'))));
  }
}

function openMenu(open) {
  byId('side').classList.toggle('open', open);
  byId('menu').setAttribute('aria-expanded', String(open));
}

async function redraw() {
  drawSettings();
  drawUser();
  await show();
}

byId('language').addEventListener('change', async () => {
  await chooseLanguage(byId('language').value);
  await redraw();
  byId('language').focus();
});
byId('theme').addEventListener('change', () => chooseTheme(byId('theme').value));
byId('menu').addEventListener('click', () => openMenu(byId('menu').getAttribute('aria-expanded') === 'false'));
byId('navigation').addEventListener('click', () => openMenu(false));
byId('side').addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    openMenu(false);
    byId('menu').focus();
  }
});
byId('skip').addEventListener('click', (event) => {
  // The fragment belongs to the router.
  event.preventDefault();
  byId('main').focus();
});
onSession(async () => {
  openMenu(false);
  await redraw();
  byId('main').focus({ preventScroll: true });
});

await loadLanguage();
await restoreSession();
startRouter(byId('main'), byId('navigation'));
await redraw();
