// Every page, in the order of the navigation. A role's first page is the one it starts on.
import adminAccount from './pages/admin-account.js';
import adminAccounts from './pages/admin-accounts.js';
import adminAudit from './pages/admin-audit.js';
import adminDocumentLine from './pages/admin-document-line.js';
import adminDocument from './pages/admin-document.js';
import adminDocuments from './pages/admin-documents.js';
import adminFlow from './pages/admin-flow.js';
import adminGenerations from './pages/admin-generations.js';
import adminKeys from './pages/admin-keys.js';
import adminQuarantine from './pages/admin-quarantine.js';
import adminQuarantinedEvent from './pages/admin-quarantined-event.js';
import adminReconciliationRun from './pages/admin-reconciliation-run.js';
import adminReconciliation from './pages/admin-reconciliation.js';
import creatorEarnings from './pages/creator-earnings.js';
import creatorOverview from './pages/creator-overview.js';
import creatorQuality from './pages/creator-quality.js';
import creatorStatement from './pages/creator-statement.js';
import creatorVideo from './pages/creator-video.js';
import creatorVideos from './pages/creator-videos.js';
import customerInvoice from './pages/customer-invoice.js';
import customerInvoices from './pages/customer-invoices.js';
import customerUsage from './pages/customer-usage.js';
import liveCounts from './pages/live-counts.js';
import signIn from './pages/sign-in.js';

export const SIGN_IN = signIn;
export const PAGES = [
  creatorOverview,
  creatorVideos,
  creatorVideo,
  creatorQuality,
  creatorEarnings,
  creatorStatement,
  customerUsage,
  customerInvoices,
  customerInvoice,
  adminFlow,
  liveCounts,
  adminGenerations,
  adminReconciliation,
  adminReconciliationRun,
  adminQuarantine,
  adminQuarantinedEvent,
  adminAccounts,
  adminAccount,
  adminDocuments,
  adminDocument,
  adminDocumentLine,
  adminKeys,
  adminAudit,
];
