// The addresses of the operator's pages.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from './rootRoute.ts';

const network = createRoute({
  getParentRoute: () => root,
  path: '/network',
  component: lazyRouteComponent(() => import('./network/NetworkPage.tsx'), 'NetworkPage'),
});

const notices = createRoute({
  getParentRoute: () => root,
  path: '/network/notices',
  component: lazyRouteComponent(() => import('./network/NoticesPage.tsx'), 'NoticesPage'),
});

const settlement = createRoute({
  getParentRoute: () => root,
  path: '/network/settlement',
  component: lazyRouteComponent(() => import('./network/SettlementPage.tsx'), 'SettlementPage'),
});

/** Of which file the breaks are shown; without both of every file. */
interface ReconciliationSearch {
  agreement?: string;
  day?: string;
}

function reconciliationSearch({ agreement, day }: Record<string, unknown>): ReconciliationSearch {
  const isOne = typeof agreement === 'string' && typeof day === 'string';
  return isOne && agreement !== '' && day !== '' ? { agreement, day } : {};
}

const reconciliation = createRoute({
  getParentRoute: () => root,
  path: '/network/reconciliation',
  validateSearch: reconciliationSearch,
  component: lazyRouteComponent(
    () => import('./network/ReconciliationPage.tsx'),
    'ReconciliationPage',
  ),
});

const oneBreak = createRoute({
  getParentRoute: () => root,
  path: '/network/reconciliation/$breakId',
  component: lazyRouteComponent(() => import('./network/BreakPage.tsx'), 'BreakPage'),
});

/** What a statement is narrowed to; times as they are typed, at UTC+8. */
interface LedgerAccountSearch {
  from?: string;
  to?: string;
  reason?: string;
  payment?: string;
}

function ledgerAccountSearch(search: Record<string, unknown>): LedgerAccountSearch {
  const kept = (['from', 'to', 'reason', 'payment'] as const).flatMap((name) => {
    const text = search[name];
    return typeof text === 'string' && text !== '' ? [[name, text] as const] : [];
  });
  return Object.fromEntries(kept);
}

/** Of which moment the books are; without it now. */
function ledgerSearch({ before }: Record<string, unknown>): { before?: string } {
  return typeof before === 'string' && before !== '' ? { before } : {};
}

const ledger = createRoute({
  getParentRoute: () => root,
  path: '/network/ledger',
  validateSearch: ledgerSearch,
  component: lazyRouteComponent(() => import('./network/LedgerPage.tsx'), 'LedgerPage'),
});

const ledgerAccount = createRoute({
  getParentRoute: () => root,
  path: '/network/ledger/accounts/$name',
  validateSearch: ledgerAccountSearch,
  component: lazyRouteComponent(
    () => import('./network/LedgerAccountPage.tsx'),
    'LedgerAccountPage',
  ),
});

const ledgerJournal = createRoute({
  getParentRoute: () => root,
  path: '/network/ledger/journals/$journalNumber',
  component: lazyRouteComponent(() => import('./network/JournalPage.tsx'), 'JournalPage'),
});

/** Whose runs are listed, and which run is shown; without them everybody's, and the newest. */
interface CertificationSearch {
  client?: string;
  run?: string;
}

function certificationSearch({ client, run }: Record<string, unknown>): CertificationSearch {
  return {
    ...(typeof client === 'string' && client !== '' ? { client } : {}),
    ...(typeof run === 'string' && run !== '' ? { run } : {}),
  };
}

const certification = createRoute({
  getParentRoute: () => root,
  path: '/network/certification',
  validateSearch: certificationSearch,
  component: lazyRouteComponent(
    () => import('./network/CertificationPage.tsx'),
    'CertificationPage',
  ),
});

const merchants = createRoute({
  getParentRoute: () => root,
  path: '/network/merchants',
  component: lazyRouteComponent(() => import('./network/MerchantsPage.tsx'), 'MerchantsPage'),
});

const networkRates = createRoute({
  getParentRoute: () => root,
  path: '/network/rates',
  component: lazyRouteComponent(() => import('./network/RatesPage.tsx'), 'RatesPage'),
});

const networkPositions = createRoute({
  getParentRoute: () => root,
  path: '/network/positions',
  component: lazyRouteComponent(() => import('./network/PositionsPage.tsx'), 'PositionsPage'),
});

const caps = createRoute({
  getParentRoute: () => root,
  path: '/network/caps',
  component: lazyRouteComponent(() => import('./caps/CapsPage.tsx'), 'CapsPage'),
});

const calendars = createRoute({
  getParentRoute: () => root,
  path: '/network/calendars',
  component: lazyRouteComponent(() => import('./calendars/CalendarsPage.tsx'), 'CalendarsPage'),
});

const fees = createRoute({
  getParentRoute: () => root,
  path: '/network/fees',
  component: lazyRouteComponent(() => import('./fees/FeesPage.tsx'), 'FeesPage'),
});

const limits = createRoute({
  getParentRoute: () => root,
  path: '/network/limits',
  component: lazyRouteComponent(() => import('./limits/LimitsPage.tsx'), 'LimitsPage'),
});

const refusedLimit = createRoute({
  getParentRoute: () => root,
  path: '/limit',
  // What it says is checked where it is read (limits/limit-words.ts).
  validateSearch: (search: Record<string, unknown>) => search,
  component: lazyRouteComponent(() => import('./limits/RefusedPage.tsx'), 'RefusedPage'),
});

const disputes = createRoute({
  getParentRoute: () => root,
  path: '/network/disputes',
  component: lazyRouteComponent(() => import('./network/DisputesPage.tsx'), 'DisputesPage'),
});

const dispute = createRoute({
  getParentRoute: () => root,
  path: '/network/disputes/$disputeId',
  component: lazyRouteComponent(() => import('./network/DisputePage.tsx'), 'DisputePage'),
});

const payment = createRoute({
  getParentRoute: () => root,
  path: '/network/payments/$paymentId',
  component: lazyRouteComponent(() => import('./network/PaymentPage.tsx'), 'PaymentPage'),
});

export const networkRoutes = [
  network,
  notices,
  settlement,
  reconciliation,
  oneBreak,
  ledger,
  ledgerAccount,
  ledgerJournal,
  certification,
  merchants,
  networkRates,
  networkPositions,
  caps,
  calendars,
  fees,
  limits,
  refusedLimit,
  disputes,
  dispute,
  payment,
] as const;
