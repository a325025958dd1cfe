// One line of a document: the evidence that it carries, and the raw events behind it.
import { get } from '../api.js';
import { documentName, stepName } from '../document-texts.js';
import { button, element } from '../elements.js';
import { instant, itemName, meterName, money, number, percent, quantity, range } from '../format.js';
import { t } from '../i18n.js';
import { announce } from '../live.js';
import { paged } from '../paged.js';
import { linkTo } from '../links.js';
import { section } from '../section.js';
import { empty, loading, problemView } from '../states.js';
import { facts, table } from '../table.js';

const LIMIT = 50;

function evidence(document, line) {
  const { metered } = line;
  return facts([
    [t('common.amount'), money(line.amount, document.currency)],
    [t('common.period'), range(line.from, line.to), 'wide'],
    [t('admin.plan'), `${line.plan}@${line.planVersion}`],
    metered && [t('admin.meter'), meterName(metered.meter)],
    metered && [t('admin.quantity'), quantity(metered.quantity, metered.meter, document.currency)],
    metered && [t('admin.line.events'), number(metered.n)],
    [t('admin.generation'), String(document.generation)],
    metered && [t('admin.line.fingerprint'), element('code', {}, metered.fingerprint)],
    line.listDigest && [t('admin.line.listDigest'), element('code', {}, line.listDigest)],
    [t('admin.line.planDigest'), element('code', {}, line.planDigest)],
    line.invoicedBefore && [t('admin.line.before'), money(line.invoicedBefore.amount, document.currency)],
  ]);
}

function breakdown(document, line) {
  if (line.details.length === 0) return empty(t('admin.line.noBreakdown'));
  return table(t('admin.line.breakdown'), [
    { title: t('admin.line.step'), value: ({ reference }) => stepName(reference) },
    { title: t('admin.quantity'), number: true, value: (step) => quantity(step.quantity, line.metered?.meter, document.currency) },
    { title: t('admin.line.unitPrice'), number: true, value: ({ reference, unitPrice }) => (/percentage/.test(reference) ? percent(unitPrice, 4) : money(unitPrice, document.currency, true)) },
    { title: t('common.amount'), number: true, value: ({ amount }) => money(amount, document.currency, true) },
  ], line.details);
}

function verdictOf({ ok, message, checks }) {
  return [
    element('p', { class: ok ? 'good' : 'bad' }, element('strong', {}, ok ? t('admin.verify.ok') : t('admin.verify.failed'))),
    element('p', { class: 'hint', lang: 'en' }, message),
    table(t('admin.verify.checks'), [
      { title: t('admin.verify.what'), value: ({ what }) => element('span', { lang: 'en' }, what) },
      { title: t('admin.verify.result'), value: ({ ok: good }) => element('span', { class: `badge ${good ? 'good' : 'bad'}` }, good ? t('admin.verify.same') : t('admin.verify.different')) },
      { title: t('admin.verify.expected'), value: ({ expected }) => element('code', {}, expected) },
      { title: t('admin.verify.actual'), value: ({ actual }) => element('code', {}, actual) },
    ], checks),
  ];
}

/** Recomputes on demand: it reads raw events, which takes a while. */
function verification(path, signal) {
  const outcome = element('div', {});
  const verify = async () => {
    act.disabled = true;
    outcome.replaceChildren(loading());
    try {
      const verdict = await get(`${path}/verify`, {}, signal);
      outcome.replaceChildren(...verdictOf(verdict));
      announce(verdict.ok ? t('admin.verify.ok') : t('admin.verify.failed'));
    } catch (problem) {
      if (!signal.aborted) outcome.replaceChildren(problemView(problem, verify));
    }
    act.disabled = false;
  };
  const act = button(t('admin.verify.act'), verify);
  return [act, outcome];
}

function rawEvents(rows) {
  return table(t('admin.line.raw'), [
    { title: t('admin.line.position'), value: ({ topic, partition, offset }) => element('code', { class: 'position' }, `${topic}-${partition} @ ${offset}`) },
    { title: t('admin.line.occurredAt'), value: ({ occurredAt }) => instant(occurredAt) },
    { title: t('admin.line.appendTime'), value: ({ appendTime }) => instant(appendTime) },
    { title: t('admin.line.id'), value: ({ id }) => element('code', { class: 'event-id' }, id) },
    { title: t('admin.quarantine.source'), value: ({ source }) => source },
    { title: t('common.account'), value: ({ account }) => account },
    { title: t('admin.line.value'), number: true, value: ({ value }) => number(value, 9) },
  ], rows);
}

export default {
  path: 'documents/:collection/:id/lines/:n',
  area: 'documents',
  title: 'admin.line.title',
  roles: ['admin', 'billing'],
  async open({ values, signal, heading }) {
    const { collection, id, n } = values;
    const path = `/api/v1/${encodeURIComponent(collection)}/${encodeURIComponent(id)}`;
    const document = await get(path, {}, signal);
    const line = document.lines.find((candidate) => String(candidate.n) === n);
    const back = element('p', {}, element('a', { href: linkTo(`documents/${collection}/${id}`) }, t('admin.line.back', { document: documentName(document) })));
    if (!line) return [empty(t('admin.line.unknown', { n })), back];
    heading.textContent = t('admin.line.heading', { n, description: itemName(line.plan, line) });
    const linePath = `${path}/lines/${line.n}`;
    return [
      back,
      section(t('admin.line.evidence'), async () => evidence(document, line), { signal }),
      section(t('admin.line.breakdown'), async () => breakdown(document, line), { signal }),
      section(t('admin.verify.title'), async () => verification(linePath, signal), { signal, note: t('admin.verify.note') }),
      line.metered
        ? section(t('admin.line.raw'), () => paged(
          (cursor) => get(`${linePath}/events`, { limit: LIMIT, cursor }, signal),
          rawEvents,
          t('admin.line.noEvents')), { signal, note: t('admin.line.raw.note') })
        : element('p', { class: 'hint' }, t('admin.line.notMetered')),
    ];
  },
};
