// Texts by language. A text is a string with {names}, or {one, other} for a {count}.
export const LANGUAGES = [{ code: 'en', name: 'English' }, { code: 'vi', name: 'Tiếng Việt' }];
const PARTS = ['shell', 'common', 'creator', 'customer', 'admin', 'keys'];
const FALLBACK = 'en';

let chosen = FALLBACK;
let texts = {};
let plurals = new Intl.PluralRules(FALLBACK);

/** The language of every text and format now. */
export function language() {
  return chosen;
}

function preferred() {
  const known = (code) => LANGUAGES.some((candidate) => candidate.code === code);
  return [localStorage.getItem('language'), ...navigator.languages.map((tag) => tag.split('-')[0])].find(known) ?? FALLBACK;
}

async function part(code, name) {
  const response = await fetch(`/dashboard/i18n/${code}/${name}.json`);
  if (!response.ok) throw new Error(`The texts ${code}/${name} did not load: ${response.status}`);
  return response.json();
}

/** Loads the language that was chosen last, or the browser's. */
export async function loadLanguage() {
  const code = preferred();
  texts = Object.assign({}, ...(await Promise.all(PARTS.map((name) => part(code, name)))));
  chosen = code;
  plurals = new Intl.PluralRules(code);
}

/** Changes the language and remembers it. */
export async function chooseLanguage(code) {
  localStorage.setItem('language', code);
  await loadLanguage();
}

function form(found, values) {
  if (typeof found === 'string') return found;
  const count = values.count ?? 0;
  return found[plurals.select(Number(count))] ?? found.other;
}

/** The text of a key; a number among the values is written as the language writes numbers. */
export function t(key, values = {}) {
  const found = texts[key];
  if (found === undefined) {
    console.error(`No text '${key}' in '${chosen}'`);
    return key;
  }
  return form(found, values).replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return typeof value === 'number' ? new Intl.NumberFormat(chosen).format(value) : String(value ?? whole);
  });
}

/** The text of a key, or something else where there is none: for names that configuration or a newer server can add. */
export function textOr(key, otherwise, values = {}) {
  return texts[key] === undefined ? otherwise : t(key, values);
}
