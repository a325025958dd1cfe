// The audit ledger: where its chain stands, whether it is whole, and what it says.
import { get } from '../api.js';
import { button, element } from '../elements.js';
import { instant, named, number } from '../format.js';
import { t } from '../i18n.js';
import { announce } from '../live.js';
import { paged } from '../paged.js';
import { section } from '../section.js';
import { loading, problemView } from '../states.js';
import { facts, table } from '../table.js';

const LIMIT = 25;
const EVERY_MS = 30_000;

function verdict({ ok, entries, firstBroken, problem, at }) {
  const text = ok
    ? t('admin.audit.whole', { count: entries })
    : t('admin.audit.broken', { number: String(firstBroken ?? '–') });
  return [
    element('span', { class: ok ? 'good' : 'bad' }, text),
    at && ` (${instant(at)})`,
    problem && element('span', { class: 'hint', lang: 'en' }, ` ${problem}`),
  ].filter(Boolean);
}

async function status(signal) {
  const { entries, root, anchored, anchorUnknown, lastVerification } = await get('/api/v1/audit/status', {}, signal);
  return facts([
    [t('admin.audit.entries'), number(entries)],
    [t('admin.audit.root'), element('code', {}, root)],
    [t('admin.audit.anchored'), anchored
      ? [t('admin.audit.anchoredAt', { number: String(anchored.number) }), ' ', element('code', {}, anchored.root)]
      : anchorUnknown ?? t('admin.audit.notAnchored')],
    [t('admin.audit.lastVerification'), lastVerification ? verdict(lastVerification) : t('admin.audit.neverVerified')],
  ]);
}

/** Checks the chain, and that the root that was published last is one of its hashes: the owner of the database could rewrite the rest. */
function verification(signal, reload) {
  const outcome = element('div', { role: 'status' });
  const verify = async () => {
    act.disabled = true;
    outcome.replaceChildren(loading());
    try {
      const { anchored } = await get('/api/v1/audit/status', {}, signal);
      const found = await get('/api/v1/audit/verify', { root: anchored?.root }, signal);
      outcome.replaceChildren(element('p', {}, verdict(found)));
      announce(outcome.textContent);
      reload();
    } catch (problem) {
      if (!signal.aborted) outcome.replaceChildren(problemView(problem, verify));
    }
    act.disabled = false;
  };
  const act = button(t('admin.audit.verify'), verify);
  return [act, outcome];
}

function details({ detail, hash, previous, batch }) {
  return element('details', {}, element('summary', {}, t('admin.audit.details')),
    element('pre', { tabindex: '0', 'aria-label': t('admin.audit.details') }, JSON.stringify({ detail, batch, previous, hash }, null, 2)));
}

function list(rows) {
  return table(t('admin.audit.ledger'), [
    { title: t('admin.audit.entry'), value: ({ number: n }) => String(n) },
    { title: t('admin.audit.at'), value: ({ at }) => instant(at) },
    { title: t('admin.audit.action'), value: ({ action, broken }) => (broken ? element('span', { class: 'bad', lang: 'en' }, broken) : named('admin.auditAction', action)) },
    { title: t('admin.audit.actor'), value: ({ actor }) => actor ?? '–' },
    { title: t('admin.audit.details'), value: details },
  ], rows);
}

export default {
  path: 'audit',
  title: 'admin.audit.title',
  navigation: 'admin.audit.title',
  roles: ['admin', 'billing', 'analyst'],
  async open({ signal }) {
    const state = section(t('admin.audit.status'), () => status(signal), { signal, every: EVERY_MS });
    return [
      state,
      section(t('admin.audit.check'), async () => verification(signal, state.reload), { signal, note: t('admin.audit.check.note') }),
      section(t('admin.audit.ledger'), () => paged(
        (cursor) => get('/api/v1/audit', { order: 'newest', limit: LIMIT, cursor }, signal),
        list,
        t('admin.audit.none')), { signal }),
    ];
  },
};
