// What the batch layer published, and the way back.
import { get, post } from '../api.js';
import { changeName, confirmed } from '../confirm.js';
import { button, element } from '../elements.js';
import { instant } from '../format.js';
import { t } from '../i18n.js';
import { announce } from '../live.js';
import { section } from '../section.js';
import { empty, problemView } from '../states.js';
import { table } from '../table.js';

const EVERY_MS = 10_000;

function list(generations) {
  return table(t('admin.generations.title'), [
    { title: t('admin.generation'), value: ({ number, served }) => [String(number), served && ' ', served && element('span', { class: 'badge good' }, t('admin.generations.served'))].filter(Boolean) },
    { title: t('admin.generations.parent'), number: true, value: ({ parent }) => (parent === null ? '–' : String(parent)) },
    { title: t('admin.closedThrough'), value: ({ closedThrough }) => instant(closedThrough) },
    { title: t('admin.publishedAt'), value: ({ publishedAt }) => instant(publishedAt) },
    { title: t('admin.generations.by'), value: ({ publishedBy }) => publishedBy },
    { title: t('admin.run'), value: ({ runId }) => element('code', {}, runId) },
  ], generations);
}

/** Sends the change until its outcome is known: the same name cannot roll back twice. */
async function rollBack(generation, name) {
  return post(`/api/v1/generations/${generation.number}/rollback`, undefined, { headers: { 'Idempotency-Key': name } });
}

function rollbackOf(generations, reload) {
  const served = generations.find((generation) => generation.served);
  const before = served && generations.find(({ number }) => number === served.parent);
  const rolledBack = served && served.number !== generations[0].number;
  if (!before || rolledBack) {
    return element('p', { class: 'hint' }, rolledBack
      ? t('admin.rollback.done', { served: String(served.number), newest: String(generations[0].number) })
      : t('admin.rollback.none'));
  }
  const outcome = element('div', {});
  const name = changeName();
  const attempt = async () => {
    try {
      const done = await rollBack(served, name);
      const text = t('admin.rollback.happened', { served: String(done.served), left: String(done.left), entry: String(done.auditEntry) });
      announce(text);
      await reload(text);
    } catch (problem) {
      outcome.replaceChildren(problemView(problem, attempt));
    }
  };
  const act = button(t('admin.rollback.act', { number: String(before.number) }), async () => {
    const agreed = await confirmed(t('admin.rollback.title', { from: String(served.number), to: String(before.number) }), [
      t('admin.rollback.consequence.everybody', { number: String(before.number), time: instant(before.closedThrough) }),
      t('admin.rollback.consequence.documents'),
      t('admin.rollback.consequence.once', { number: String(served.number) }),
      t('admin.rollback.consequence.audit'),
    ], t('admin.rollback.confirm', { number: String(before.number) }));
    if (agreed) await attempt();
  }, { class: 'danger' });
  return [element('p', {}, t('admin.rollback.about', { number: String(before.number) })), act, outcome];
}

export default {
  path: 'generations',
  title: 'admin.generations.title',
  navigation: 'admin.generations.title',
  roles: ['admin', 'billing', 'analyst'],
  async open({ user, signal }) {
    const all = async () => (await get('/api/v1/generations', {}, signal)).generations;
    const done = element('p', { class: 'good', role: 'status' });
    const published = section(t('admin.generations.published'), async () => {
      const generations = await all();
      return generations.length > 0 ? list(generations) : empty(t('admin.flow.nothingPublished'), t('admin.flow.nothingPublished.hint'));
    }, { signal, every: EVERY_MS });
    if (!user.roles.includes('admin')) return [published];
    const back = section(t('admin.rollback'), async () => {
      const generations = await all();
      return generations.length > 0
        ? rollbackOf(generations, async (text) => {
          done.textContent = text;
          await Promise.all([published.reload(), back.reload()]);
        })
        : empty(t('admin.rollback.none'));
    }, { signal });
    return [published, back, done];
  },
};
