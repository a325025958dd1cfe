// What a new key is for.
import { element } from './elements.js';
import { t } from './i18n.js';
import { problemView } from './states.js';

const RATE = 1000;
const MOST = 10_000_000;
const READING = ['none', 'customer', 'analyst'];

function field(name, input) {
  return element('label', {}, t(`keys.field.${name}`), input, element('span', { class: 'reason', id: `keys-${name}-hint` }, t(`keys.field.${name}.hint`)));
}

const described = (name) => ({ name, required: true, 'aria-describedby': `keys-${name}-hint`, autocomplete: 'off', spellcheck: 'false' });

const lines = (text) => text.split(/[\n,]/).map((line) => line.trim()).filter(Boolean);

function grantOf(form) {
  const value = (name) => form.elements[name].value;
  const reading = value('reading');
  return {
    producer: value('producer').trim(),
    sources: lines(value('sources')),
    accounts: lines(value('accounts')),
    roles: reading === 'none' ? ['producer'] : ['producer', reading],
    eventsPerSecond: Number(value('rate')),
  };
}

/** A form whose `create(grant)` makes the key; what goes wrong stands below it, and what was typed stays. */
export function newKeyForm(create) {
  const trouble = element('div', {});
  const send = element('button', { type: 'submit' }, t('keys.create.act'));
  const form = element('form', { class: 'key-form', id: 'key-form' },
    field('producer', element('input', { ...described('producer'), maxlength: 200 })),
    field('sources', element('textarea', { ...described('sources'), rows: 2 })),
    field('accounts', element('textarea', { ...described('accounts'), rows: 2 })),
    field('rate', element('input', { ...described('rate'), type: 'number', min: 1, max: MOST, step: 1, value: RATE })),
    field('reading', element('select', { name: 'reading', 'aria-describedby': 'keys-reading-hint' },
      READING.map((name) => new Option(t(`keys.reading.${name}`), name)))),
    element('div', {}, send));
  const attempt = async () => {
    send.disabled = true;
    try {
      await create(grantOf(form));
      trouble.replaceChildren();
      form.reset();
    } catch (problem) {
      trouble.replaceChildren(problemView(problem, problem.status === 503 || problem.status === 0 ? attempt : null));
    }
    send.disabled = false;
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    attempt();
  });
  return [form, trouble];
}
