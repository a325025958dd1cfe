// What creators and customers see of their own invoices and pay-out statements: a list, and one document with its lines.
import { download, get } from './api.js';
import { statusBadge, stepName } from './document-texts.js';
import { button, element } from './elements.js';
import { instant, itemName, money, percent, quantity, range } from './format.js';
import { t } from './i18n.js';
import { linkTo } from './links.js';
import { section } from './section.js';
import { problemView } from './states.js';
import { facts, table } from './table.js';

const PAGE = 20;

function title(document) {
  const name = range(document.from, document.to);
  return document.sequence === 0 ? name : t('document.adjustment', { period: name, number: document.sequence });
}

/** A list of documents of an account, newest period first, each leading to its own page. */
export function documentList({ title: heading, collection, page, account, nothing, signal }) {
  const loaded = [];
  let cursor = null;
  const created = section(heading, async () => {
    const answer = await get(`/api/v1/${collection}`, { account, limit: PAGE, cursor }, signal);
    loaded.push(...answer.data);
    cursor = answer.nextCursor ?? null;
    if (loaded.length === 0) return nothing;
    const rows = [...loaded].sort((a, b) => b.from.localeCompare(a.from) || b.sequence - a.sequence);
    return [
      table(heading, [
        { title: t('common.period'), value: (row) => element('a', { href: linkTo(`${page}/${row.id}`) }, title(row)) },
        { title: t('common.status'), value: (row) => statusBadge(row.status) },
        { title: t('common.amount'), number: true, value: (row) => money(row.total, row.currency) },
      ], rows),
      ...(cursor ? [button(t('common.more'), () => created.reload(), { class: 'secondary outline' })] : []),
    ];
  }, { signal });
  return created;
}

function lineDetails(line, currency) {
  return element('ul', { class: 'details' }, line.details.map(({ reference, quantity: units, unitPrice, amount }) => {
    const what = stepName(reference);
    const total = money(amount, currency, true);
    if (units === '1' && unitPrice === amount) return element('li', {}, t('document.fixed', { what, amount: total }));
    const price = /percentage/.test(reference) ? percent(unitPrice, 4) : money(unitPrice, currency, true);
    return element('li', {}, t('document.detail', { what, quantity: quantity(units, line.metered?.meter, currency), price, amount: total }));
  }));
}

function linesOf(document) {
  return table(t('document.lines'), [
    { title: t('document.line'), value: (line) => element('div', {}, element('div', {}, itemName(line.plan, line)), lineDetails(line, document.currency)) },
    { title: t('document.quantity'), number: true, value: (line) => quantity(line.metered?.quantity, line.metered?.meter, document.currency) },
    { title: t('common.amount'), number: true, value: (line) => money(line.amount, document.currency) },
  ], document.lines);
}

/** A document: what it says, its lines, and itself as a file. */
export function documentPage(collection, id, signal) {
  const path = `/api/v1/${collection}/${encodeURIComponent(id)}`;
  return section(t('document.title'), async () => {
    const document = await get(path, {}, signal);
    const trouble = element('div', {});
    const save = (type, ending) => async () => {
      try {
        await download(path, type, `${id}.${ending}`);
        trouble.replaceChildren();
      } catch (problem) {
        trouble.replaceChildren(problemView(problem));
      }
    };
    return [
      facts([
        [t('common.account'), document.account],
        [t('common.period'), title(document), 'wide'],
        [t('common.status'), statusBadge(document.status)],
        [t('document.total'), element('strong', { class: 'amount' }, money(document.total, document.currency))],
        [t('document.made'), instant(document.createdAt)],
        [t('document.id'), element('code', {}, document.id)],
      ]),
      element('h3', {}, t('document.lines')),
      linesOf(document),
      element('p', { class: 'hint' }, t('document.proof', { generation: String(document.generation) })),
      element('div', { class: 'actions' },
        button(t('document.pdf'), save('application/pdf', 'pdf'), { class: 'secondary outline' }),
        button(t('document.csv'), save('text/csv', 'csv'), { class: 'secondary outline' })),
      trouble,
    ];
  }, { signal });
}
