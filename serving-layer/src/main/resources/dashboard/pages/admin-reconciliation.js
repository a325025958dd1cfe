// The speed layer against the batch layer: how many rows agree, run by run.
import { get } from '../api.js';
import { barChart } from '../charts.js';
import { element } from '../elements.js';
import { instant, number, percent } from '../format.js';
import { t } from '../i18n.js';
import { linkTo } from '../links.js';
import { section } from '../section.js';
import { empty } from '../states.js';
import { facts, table } from '../table.js';

const EVERY_MS = 10_000;
/** 99.99 % is the aim; four more digits tell one row in a million. */
const ACCURACY_DIGITS = 6;
const ONE_MILLION = 1_000_000;

const verdict = ({ mismatches }) => element('span', { class: `badge ${mismatches === 0 ? 'good' : 'bad'}` },
  mismatches === 0 ? t('admin.reconciliation.equal') : t('admin.reconciliation.differ', { count: mismatches }));

function latest([run]) {
  return facts([
    [t('admin.reconciliation.verdict'), verdict(run)],
    [t('admin.reconciliation.accuracy'), percent(run.accuracy, ACCURACY_DIGITS)],
    [t('admin.reconciliation.rows'), number(run.rowsCompared)],
    [t('admin.reconciliation.buckets'), number(run.buckets)],
    [t('admin.reconciliation.through'), instant(run.lastBucket)],
  ]);
}

function drift(runs) {
  if (runs.every(({ mismatches }) => mismatches === 0)) return element('p', { class: 'good' }, t('admin.reconciliation.noDrift'));
  const points = [...runs].reverse().map((run) => ({
    label: run.generation === null ? '–' : String(run.generation),
    title: run.runId,
    values: [run.rowsCompared === 0 ? 0 : (ONE_MILLION * run.mismatches) / run.rowsCompared],
  }));
  return [
    element('p', { class: 'hint' }, t('admin.reconciliation.drift.note')),
    barChart(t('admin.reconciliation.drift'), points, [{ name: t('admin.reconciliation.perMillion'), mark: 'second' }], t('admin.run')),
  ];
}

function list(runs) {
  return table(t('admin.reconciliation.runs'), [
    { title: t('admin.run'), value: ({ runId }) => element('a', { href: linkTo(`reconciliation/${runId}`) }, runId) },
    { title: t('admin.generation'), number: true, value: ({ generation }) => (generation === null ? '–' : String(generation)) },
    { title: t('admin.reconciliation.verdict'), value: verdict },
    { title: t('admin.reconciliation.accuracy'), number: true, value: ({ accuracy }) => percent(accuracy, ACCURACY_DIGITS) },
    { title: t('admin.reconciliation.rows'), number: true, value: ({ rowsCompared }) => number(rowsCompared) },
    { title: t('admin.reconciliation.buckets'), number: true, value: ({ buckets }) => number(buckets) },
    { title: t('admin.reconciliation.through'), value: ({ lastBucket }) => instant(lastBucket) },
  ], runs);
}

export default {
  path: 'reconciliation',
  title: 'admin.reconciliation.title',
  navigation: 'admin.reconciliation.title',
  roles: ['admin', 'billing', 'analyst'],
  async open({ signal }) {
    const runs = async (draw) => {
      const found = (await get('/api/v1/reconciliation', {}, signal)).runs;
      return found.length > 0 ? draw(found) : empty(t('admin.reconciliation.none'), t('admin.reconciliation.none.hint'));
    };
    return [
      section(t('admin.reconciliation.latest'), () => runs(latest), { signal, every: EVERY_MS }),
      section(t('admin.reconciliation.drift'), () => runs(drift), { signal }),
      section(t('admin.reconciliation.runs'), () => runs(list), { signal, every: EVERY_MS }),
    ];
  },
};
