// One invoice or pay-out: its lines, and what vouches for it.
import { download, get } from '../api.js';
import { documentName, statusBadge } from '../document-texts.js';
import { button, element } from '../elements.js';
import { instant, itemName, meterName, money, quantity, range } from '../format.js';
import { t } from '../i18n.js';
import { linkTo } from '../links.js';
import { section } from '../section.js';
import { problemView } from '../states.js';
import { facts, table } from '../table.js';

function lines(document, collection) {
  return table(t('admin.documents.lines'), [
    { title: t('admin.documents.line'), value: (line) => element('a', { href: linkTo(`documents/${collection}/${document.id}/lines/${line.n}`) }, `${line.n}. ${itemName(line.plan, line)}`) },
    { title: t('admin.meter'), value: ({ metered }) => (metered ? meterName(metered.meter) : '–') },
    { title: t('admin.quantity'), number: true, value: ({ metered }) => quantity(metered?.quantity, metered?.meter, document.currency) },
    { title: t('admin.plan'), value: ({ plan, planVersion }) => `${plan}@${planVersion}` },
    { title: t('common.amount'), number: true, value: ({ amount }) => money(amount, document.currency) },
  ], document.lines);
}

export default {
  path: 'documents/:collection/:id',
  area: 'documents',
  title: 'admin.document.title',
  roles: ['admin', 'billing'],
  async open({ values, signal, heading }) {
    const { collection, id } = values;
    const document = await get(`/api/v1/${encodeURIComponent(collection)}/${encodeURIComponent(id)}`, {}, signal);
    heading.textContent = documentName(document);
    const trouble = element('div', {});
    const pdf = button(t('admin.documents.pdf'), async () => {
      try {
        await download(`/api/v1/${collection}/${encodeURIComponent(id)}`, 'application/pdf', `${id}.pdf`);
        trouble.replaceChildren();
      } catch (problem) {
        trouble.replaceChildren(problemView(problem));
      }
    }, { class: 'secondary' });
    return [
      trouble,
      section(t('admin.documents.summary'), async () => facts([
        [t('common.account'), element('a', { href: linkTo(`accounts/${document.account}`) }, document.account)],
        [t('common.total'), money(document.total, document.currency)],
        [t('common.status'), statusBadge(document.status)],
        [t('common.period'), range(document.from, document.to), 'wide'],
        [t('admin.generation'), String(document.generation)],
        [t('admin.documents.made'), instant(document.createdAt)],
      ]), { signal, controls: pdf }),
      section(t('admin.documents.lines'), async () => lines(document, collection), { signal, note: t('admin.documents.lines.note') }),
      section(t('admin.documents.vouched'), async () => facts([
        [t('admin.documents.id'), element('code', {}, document.id)],
        [t('admin.documents.digest'), element('code', {}, document.digest)],
        document.auditRoot && [t('admin.documents.entry'), element('a', { href: linkTo('audit') }, String(document.auditRoot.number))],
        document.auditRoot && [t('admin.documents.root'), element('code', {}, document.auditRoot.root)],
      ]), { signal, note: t('admin.documents.vouched.note') }),
      element('p', {}, element('a', { href: linkTo('documents') }, t('admin.documents.back'))),
    ];
  },
};
