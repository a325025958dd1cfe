// One comparison of the layers: which buckets and rows differ, and why.
import { get } from '../api.js';
import { element } from '../elements.js';
import { instant, meterName, named, number, percent } from '../format.js';
import { t } from '../i18n.js';
import { section } from '../section.js';
import { empty } from '../states.js';
import { facts, table } from '../table.js';

const ACCURACY_DIGITS = 6;

function summary(run) {
  return facts([
    [t('admin.run'), element('code', {}, run.runId)],
    [t('admin.generation'), run.generation === null ? '–' : String(run.generation)],
    [t('admin.reconciliation.accuracy'), percent(run.accuracy, ACCURACY_DIGITS)],
    [t('admin.reconciliation.rows'), number(run.rowsCompared)],
    [t('admin.reconciliation.different'), number(run.mismatches)],
    [t('admin.reconciliation.from'), instant(run.firstBucket)],
    [t('admin.reconciliation.through'), instant(run.lastBucket)],
  ]);
}

function buckets(run) {
  if (run.differences.length === 0) return empty(t('admin.reconciliation.noBuckets'));
  return table(t('admin.reconciliation.byBucket'), [
    { title: t('admin.bucket'), value: ({ bucket }) => instant(bucket) },
    { title: t('admin.reconciliation.different'), number: true, value: ({ mismatches }) => number(mismatches) },
    { title: t('admin.reason'), value: ({ reasons }) => Object.entries(reasons).map(([reason, rows]) => `${named('admin.difference', reason)}: ${number(rows)}`).join(', ') },
  ], run.differences);
}

async function rows(runId, signal) {
  const found = (await get(`/api/v1/reconciliation/${encodeURIComponent(runId)}/rows`, {}, signal)).rows;
  if (found.length === 0) return empty(t('admin.reconciliation.noRows'));
  return table(t('admin.reconciliation.byRow'), [
    { title: t('admin.bucket'), value: ({ bucket }) => instant(bucket) },
    { title: t('admin.meter'), value: ({ meter }) => meterName(meter) },
    { title: t('common.account'), value: ({ account }) => account },
    { title: t('admin.dimensions'), value: ({ dimensions }) => element('code', {}, dimensions) },
    { title: t('admin.reason'), value: ({ reason }) => named('admin.difference', reason) },
    { title: t('admin.reconciliation.batch'), number: true, value: ({ expected }) => expected ?? '–' },
    { title: t('admin.reconciliation.speed'), number: true, value: ({ found: speed }) => speed ?? '–' },
    { title: t('admin.partition'), value: ({ sourcePartition }) => sourcePartition || '–' },
  ], found);
}

export default {
  path: 'reconciliation/:run',
  area: 'reconciliation',
  title: 'admin.reconciliation.run',
  roles: ['admin', 'billing', 'analyst'],
  async open({ values, signal }) {
    const run = (await get('/api/v1/reconciliation', {}, signal)).runs.find(({ runId }) => runId === values.run);
    if (!run) return empty(t('admin.reconciliation.unknown', { run: values.run }), t('admin.reconciliation.unknown.hint'));
    return [
      section(t('admin.reconciliation.summary'), async () => summary(run), { signal }),
      section(t('admin.reconciliation.byBucket'), async () => buckets(run), { signal }),
      section(t('admin.reconciliation.byRow'), () => rows(run.runId, signal), { signal, note: t('admin.reconciliation.byRow.note') }),
    ];
  },
};
