// Pages by the fragment of the address: #/videos/v1?window=DAY. Pages and their order: pages.js.
import { element } from './elements.js';
import { t } from './i18n.js';
import { PAGES, SIGN_IN } from './pages.js';
import { currentUser } from './session.js';
import { loading, problemView } from './states.js';

let main;
let navigation;
let leaving = new AbortController();
let shown = null;

/** Pages that a user may open, in order. */
function pagesOf(user) {
  return PAGES.filter((page) => page.roles.some((role) => user.roles.includes(role)));
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    // Typed by hand: taken as it stands.
    return part;
  }
}

function matched(page, path) {
  const wanted = page.path.split('/');
  const parts = path.split('/');
  if (wanted.length !== parts.length) return null;
  const values = {};
  for (const [index, name] of wanted.entries()) {
    if (name.startsWith(':')) values[name.slice(1)] = decoded(parts[index]);
    else if (name !== parts[index]) return null;
  }
  return values;
}

function find(user) {
  if (!user) return { page: SIGN_IN, values: {} };
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const allowed = pagesOf(user);
  const parameters = Object.fromEntries(new URLSearchParams(query));
  for (const page of path ? allowed : []) {
    const values = matched(page, path);
    if (values) return { page, values: { ...parameters, ...values } };
  }
  return { page: path || allowed.length === 0 ? null : allowed[0], values: parameters };
}

function drawNavigation(user, current) {
  const links = user ? pagesOf(user).filter((page) => page.navigation) : [];
  const area = current && (current.area ?? current.path);
  navigation.replaceChildren(element('ul', {}, links.map((page) => element('li', {},
    element('a', { href: `#/${page.path}`, 'aria-current': page.path === area ? 'page' : false }, t(page.navigation))))));
}

function nothingHere() {
  main.append(
    element('h1', {}, t('shell.nothingHere')),
    element('p', {}, t('shell.nothingHere.hint')),
    element('p', {}, element('a', { href: '#/' }, t('shell.toStart'))));
}

/** Draws the page of the present address anew. */
export async function show() {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  const user = currentUser();
  const { page, values } = find(user);
  drawNavigation(user, page);
  const title = t(page ? page.title : 'shell.nothingHere');
  document.title = `${title} · Countinghouse`;
  main.replaceChildren();
  const moved = shown !== null && shown !== location.hash;
  shown = location.hash;
  if (!page) {
    nothingHere();
  } else {
    const heading = element('h1', {}, title);
    const body = element('div', { class: 'page' }, loading());
    main.append(heading, body);
    try {
      const content = await page.open({ values, user, signal, heading });
      if (!signal.aborted) body.replaceChildren(...[content].flat());
    } catch (problem) {
      if (!signal.aborted) body.replaceChildren(problemView(problem, show));
    }
  }
  if (moved && !signal.aborted) {
    // Keyboard and screen reader go on at the top of the new page.
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

/** Follows the address from now on. */
export function startRouter(mainElement, navigationElement) {
  main = mainElement;
  navigation = navigationElement;
  addEventListener('hashchange', show);
}
