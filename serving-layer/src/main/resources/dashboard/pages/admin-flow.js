// What comes in, how far it is counted, and what the batch layer has closed.
import { get } from '../api.js';
import { lineChart } from '../charts.js';
import { element } from '../elements.js';
import { duration, instant, number } from '../format.js';
import { t } from '../i18n.js';
import { linkTo } from '../links.js';
import { section } from '../section.js';
import { empty } from '../states.js';
import { facts, table } from '../table.js';

const FLOW_EVERY_MS = 3000;
const CHART_EVERY_MS = 6000;
const PUBLISHED_EVERY_MS = 10_000;
const KEPT = 60;
/** Above these, waiting events are no longer just the last commit's. */
const SLOW_SECONDS = 5;
const BEHIND_SECONDS = 60;

const sum = (topics, name) => (topics.some((topic) => topic[name] === null) ? null : topics.reduce((total, topic) => total + topic[name], 0));

function state(lag) {
  if (lag === null) return ['bad', t('admin.flow.state.unknown')];
  if (lag > BEHIND_SECONDS) return ['bad', t('admin.flow.state.behind')];
  return lag > SLOW_SECONDS ? ['', t('admin.flow.state.slow')] : ['good', t('admin.flow.state.current')];
}

function now({ topics, quarantine, windowSeconds, missing, asOf }) {
  const lag = topics.some((topic) => topic.lagSeconds === null) ? null : Math.max(...topics.map((topic) => topic.lagSeconds));
  const [look, text] = state(lag);
  return [
    missing && element('p', { class: 'warning' }, t('admin.flow.missing'), ' ', element('span', { lang: 'en' }, missing)),
    facts([
      [t('admin.flow.state'), element('span', { class: look }, text)],
      [t('admin.flow.acceptedPerSecond'), number(sum(topics, 'acceptedPerSecond'), 1)],
      [t('admin.flow.countedPerSecond'), number(sum(topics, 'countedPerSecond'), 1)],
      [t('admin.flow.waiting'), number(sum(topics, 'lagRecords'))],
      [t('admin.flow.oldest'), duration(lag)],
      [t('admin.flow.refused'), element('a', { href: linkTo('quarantine') }, number(quarantine.accepted))],
    ]),
    table(t('admin.flow.byTopic'), [
      { title: t('admin.flow.topic'), value: (topic) => topic.topic.replace('events.', '') },
      { title: t('admin.flow.acceptedPerSecond.short'), number: true, value: (topic) => number(topic.acceptedPerSecond, 1) },
      { title: t('admin.flow.countedPerSecond.short'), number: true, value: (topic) => number(topic.countedPerSecond, 1) },
      { title: t('admin.flow.waiting.short'), number: true, value: (topic) => number(topic.lagRecords) },
      { title: t('admin.flow.oldest.short'), number: true, value: (topic) => duration(topic.lagSeconds) },
      { title: t('admin.flow.accepted'), number: true, value: (topic) => number(topic.accepted) },
      { title: t('admin.flow.countedThrough'), value: (topic) => instant(topic.countedThrough) },
    ], topics),
    element('p', { class: 'hint' }, windowSeconds > 0
      ? t('admin.flow.window', { time: instant(asOf), seconds: number(windowSeconds, 0) })
      : t('admin.flow.noWindow')),
  ].filter(Boolean);
}

function chartOf(history) {
  const known = history.filter(({ accepted }) => accepted !== null);
  if (known.length < 2) return empty(t('admin.flow.chart.soon'));
  return lineChart(t('admin.flow.chart'), known.map(({ asOf, accepted, counted }) => ({
    label: asOf.slice(11, 19),
    title: instant(asOf),
    values: [accepted, counted],
  })), [
    { name: t('admin.flow.acceptedPerSecond'), mark: 'first' },
    { name: t('admin.flow.countedPerSecond'), mark: 'second' },
  ], t('admin.flow.time'));
}

async function published(signal) {
  const { generations } = await get('/api/v1/generations', {}, signal);
  const served = generations.find((generation) => generation.served);
  if (!served) return empty(t('admin.flow.nothingPublished'), t('admin.flow.nothingPublished.hint'));
  return facts([
    [t('admin.generation'), element('a', { href: linkTo('generations') }, String(served.number))],
    [t('admin.closedThrough'), instant(served.closedThrough)],
    [t('admin.flow.closedAgo'), duration(Math.max(0, (Date.now() - Date.parse(served.closedThrough)) / 1000))],
    [t('admin.publishedAt'), instant(served.publishedAt)],
  ]);
}

export default {
  path: 'flow',
  title: 'admin.flow.title',
  navigation: 'admin.flow.title',
  roles: ['admin'],
  async open({ signal }) {
    const history = [];
    const look = async () => {
      const flow = await get('/api/v1/platform/flow', {}, signal);
      history.push({ asOf: flow.asOf, accepted: sum(flow.topics, 'acceptedPerSecond'), counted: sum(flow.topics, 'countedPerSecond') });
      history.splice(0, Math.max(0, history.length - KEPT));
      return now(flow);
    };
    return [
      section(t('admin.flow.now'), look, { signal, every: FLOW_EVERY_MS }),
      section(t('admin.flow.chart'), async () => chartOf(history), { signal, every: CHART_EVERY_MS, note: t('admin.flow.chart.note') }),
      section(t('admin.flow.published'), () => published(signal), { signal, every: PUBLISHED_EVERY_MS }),
    ];
  },
};
