// The keys that producers send with: made, rotated and revoked. A secret is shown once, here, and kept nowhere.
import { get, post } from '../api.js';
import { confirmed } from '../confirm.js';
import { button, element } from '../elements.js';
import { instant, named, number } from '../format.js';
import { t } from '../i18n.js';
import { newKeyForm } from '../key-form.js';
import { announce } from '../live.js';
import { section } from '../section.js';
import { empty, problemView } from '../states.js';
import { table } from '../table.js';

const PATH = '/api/v1/keys';
/** What a rotation over this page gives producers to change over. */
const OVERLAP_HOURS = 24;
const HOUR_S = 3600;

/** The new key, to be copied; it goes when the page is left. */
function secret({ producer, key }) {
  const copied = element('span', { role: 'status' });
  const text = element('code', { class: 'secret', tabindex: '0', 'aria-label': t('keys.secret.label') }, key);
  const copy = button(t('keys.secret.copy'), async () => {
    try {
      await navigator.clipboard.writeText(key);
      copied.textContent = t('keys.secret.copied');
    } catch {
      // Browsers allow it on secure origins only.
      getSelection().selectAllChildren(text);
      copied.textContent = t('keys.secret.selected');
    }
  }, { class: 'secondary' });
  return element('div', { class: 'notice', id: 'new-key', tabindex: '-1' },
    element('p', {}, element('strong', {}, t('keys.secret.title', { producer }))),
    element('p', {}, t('keys.secret.once')),
    element('p', {}, text),
    element('div', { class: 'actions' }, copy, copied));
}

function state({ state: name, expiresAt, revokedAt, revokedBy, createdAt, createdBy }) {
  const mark = { valid: 'good', revoked: 'bad' }[name] ?? 'neutral';
  const since = {
    valid: expiresAt ? t('keys.until', { time: instant(expiresAt) }) : t('keys.since', { time: instant(createdAt), actor: createdBy }),
    expired: t('keys.expired', { time: instant(expiresAt) }),
    revoked: t('keys.revoked', { time: instant(revokedAt), actor: revokedBy }),
  }[name];
  return [element('span', { class: `badge ${mark}` }, named('keys.state', name)), element('span', { class: 'reason' }, since)];
}

const patterns = (texts) => element('ul', { class: 'details' }, texts.map((text) => element('li', {}, element('code', {}, text))));

function acts(key, { rotate, revoke }) {
  if (key.state !== 'valid') return '–';
  const of = { producer: key.producer, id: key.id };
  return element('div', { class: 'actions stacked' },
    !key.expiresAt && button(t('keys.rotate'), () => rotate(key), { class: 'secondary outline', 'aria-label': t('keys.rotate.label', of) }),
    button(t('keys.revoke'), () => revoke(key), { class: 'danger', 'aria-label': t('keys.revoke.label', of) }));
}

function list(keys, changes) {
  return table(t('keys.list'), [
    { title: t('keys.producer'), value: ({ producer, id }) => [producer, element('span', { class: 'reason' }, element('code', {}, id))] },
    { title: t('common.status'), value: state },
    { title: t('keys.sources'), value: ({ sources }) => patterns(sources) },
    { title: t('keys.accounts'), value: ({ accounts }) => patterns(accounts) },
    { title: t('keys.roles'), value: ({ roles }) => roles.map((role) => named('keys.role', role)).join(', ') },
    { title: t('keys.rate'), number: true, value: ({ eventsPerSecond }) => number(eventsPerSecond) },
    { title: t('keys.acts'), value: (key) => acts(key, changes) },
  ], keys);
}

export default {
  path: 'keys',
  title: 'keys.title',
  navigation: 'keys.title',
  roles: ['admin'],
  async open({ signal }) {
    const outcome = element('div', {});
    const show = (shown, text) => {
      outcome.replaceChildren(shown);
      announce(text);
      outcome.firstChild.focus?.();
    };
    const made = (key) => {
      show(secret(key), t('keys.secret.title', { producer: key.producer }));
      return all.reload();
    };
    const change = async (path, body, done) => {
      try {
        await done(await post(path, body));
      } catch (problem) {
        outcome.replaceChildren(problemView(problem, () => change(path, body, done)));
      }
    };
    const changes = {
      rotate: async (key) => {
        const agreed = await confirmed(t('keys.rotate.title', { producer: key.producer }), [
          t('keys.rotate.consequence.new'),
          t('keys.rotate.consequence.old', { count: OVERLAP_HOURS }),
        ], t('keys.rotate.confirm'), { destroys: false });
        if (agreed) await change(`${PATH}/${key.id}/rotate`, { overlapSeconds: OVERLAP_HOURS * HOUR_S }, made);
      },
      revoke: async (key) => {
        const agreed = await confirmed(t('keys.revoke.title', { producer: key.producer }), [
          t('keys.revoke.consequence.now'),
          t('keys.revoke.consequence.ever'),
        ], t('keys.revoke.confirm'));
        if (!agreed) return;
        await change(`${PATH}/${key.id}/revoke`, undefined, ({ producer }) => {
          const text = t('keys.revoke.done', { producer });
          show(element('p', { class: 'good', tabindex: '-1' }, text), text);
          return all.reload();
        });
      },
    };
    const all = section(t('keys.list'), async () => {
      const { data } = await get(PATH, {}, signal);
      return data.length > 0 ? list(data, changes) : empty(t('keys.none'), t('keys.none.hint'));
    }, { signal, note: t('keys.list.note') });
    return [
      outcome,
      all,
      section(t('keys.create'), async () => newKeyForm(async (grant) => made(await post(PATH, grant))), { signal, note: t('keys.create.note') }),
    ];
  },
};
