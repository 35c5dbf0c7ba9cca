// The addresses of the pages; each place is loaded when it is first visited.
import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { networkRoutes } from './networkRoutes.ts';
import { own } from './participant/pages.ts';
import { root } from './rootRoute.ts';
import { PageFailed } from './shared/PageFailed.tsx';
import { StartPage } from './start/StartPage.tsx';

const start = createRoute({ getParentRoute: () => root, path: '/', component: StartPage });

const chooseCustomer = createRoute({
  getParentRoute: () => root,
  path: '/visitor',
  component: lazyRouteComponent(() => import('./visitor/ChooseCustomer.tsx'), 'ChooseCustomer'),
});

const wallet = createRoute({
  getParentRoute: () => root,
  path: '/visitor/$walletId/$customerId',
  component: lazyRouteComponent(() => import('./visitor/WalletLayout.tsx'), 'WalletLayout'),
});

/** Which registered page the wallet opens: its domain, and what follows it. */
interface PageSearch {
  host: string;
  rest: string;
}

function pageSearch(search: Record<string, unknown>): PageSearch {
  const { host, rest } = search;
  const path = typeof rest === 'string' && rest.startsWith('/') ? rest : '/';
  return { host: typeof host === 'string' ? host : '', rest: path };
}

const walletPages = [
  createRoute({
    getParentRoute: () => wallet,
    path: '/',
    component: lazyRouteComponent(() => import('./visitor/WalletHome.tsx'), 'WalletHome'),
  }),
  createRoute({
    getParentRoute: () => wallet,
    path: '/pay',
    component: lazyRouteComponent(() => import('./visitor/ShowCode.tsx'), 'ShowCode'),
  }),
  createRoute({
    getParentRoute: () => wallet,
    path: '/scan',
    component: lazyRouteComponent(() => import('./visitor/ScanCode.tsx'), 'ScanCode'),
  }),
  createRoute({
    getParentRoute: () => wallet,
    path: '/permissions',
    component: lazyRouteComponent(() => import('./visitor/Permissions.tsx'), 'Permissions'),
  }),
  createRoute({
    getParentRoute: () => wallet,
    path: '/page',
    validateSearch: pageSearch,
    component: lazyRouteComponent(() => import('./visitor/OpenPage.tsx'), 'OpenPage'),
  }),
  createRoute({
    getParentRoute: () => wallet,
    path: '/payments/$paymentRequestId',
    component: lazyRouteComponent(() => import('./visitor/PaymentScreen.tsx'), 'PaymentScreen'),
  }),
] as const;

const chooseTill = createRoute({
  getParentRoute: () => root,
  path: '/till',
  component: lazyRouteComponent(() => import('./till/ChooseTill.tsx'), 'ChooseTill'),
});

const till = createRoute({
  getParentRoute: () => root,
  path: '/till/$acquirerId/$tillId',
  component: lazyRouteComponent(() => import('./till/TillLayout.tsx'), 'TillLayout'),
});

/** The amount that was typed travels in the address, so that going back loses nothing. */
interface AmountSearch {
  amount?: string;
}

function amountSearch(search: Record<string, unknown>): AmountSearch {
  const { amount } = search;
  const text = typeof amount === 'number' ? String(amount) : amount;
  return typeof text === 'string' && text !== '' ? { amount: text } : {};
}

const tillPages = [
  createRoute({
    getParentRoute: () => till,
    path: '/',
    validateSearch: amountSearch,
    component: lazyRouteComponent(() => import('./till/Entry.tsx'), 'Entry'),
  }),
  createRoute({
    getParentRoute: () => till,
    path: '/scan',
    validateSearch: amountSearch,
    component: lazyRouteComponent(() => import('./till/ScanCustomer.tsx'), 'ScanCustomer'),
  }),
  createRoute({
    getParentRoute: () => till,
    path: '/printed',
    component: lazyRouteComponent(() => import('./till/PrintedCode.tsx'), 'PrintedCode'),
  }),
  createRoute({
    getParentRoute: () => till,
    path: '/payments/$paymentRequestId',
    component: lazyRouteComponent(
      () => import('./till/TillPaymentScreen.tsx'),
      'TillPaymentScreen',
    ),
  }),
] as const;

const docs = createRoute({
  getParentRoute: () => root,
  path: '/docs',
  component: lazyRouteComponent(() => import('./docs/DocsPage.tsx'), 'DocsPage'),
});

const apiReference = createRoute({
  getParentRoute: () => root,
  path: '/docs/api',
  component: lazyRouteComponent(() => import('./docs/ApiPage.tsx'), 'ApiPage'),
});

const merchantApiReference = createRoute({
  getParentRoute: () => root,
  path: '/docs/merchant-api',
  component: lazyRouteComponent(() => import('./docs/ApiPage.tsx'), 'MerchantApiPage'),
});

const signatureTest = createRoute({
  getParentRoute: () => root,
  path: '/docs/signature',
  component: lazyRouteComponent(() => import('./docs/SignaturePage.tsx'), 'SignaturePage'),
});

/** Which language a guide is read in, where that is not the page's own. */
interface GuideSearch {
  text?: 'en' | 'zh';
}

function guideSearch({ text }: Record<string, unknown>): GuideSearch {
  return text === 'en' || text === 'zh' ? { text } : {};
}

const guide = createRoute({
  getParentRoute: () => root,
  path: '/docs/guides/$name',
  validateSearch: guideSearch,
  component: lazyRouteComponent(() => import('./docs/GuidePage.tsx'), 'GuidePage'),
});

const cashier = createRoute({
  getParentRoute: () => root,
  path: '/cashier/$walletId',
  validateSearch: ({ codeValue }: Record<string, unknown>) => ({
    codeValue: typeof codeValue === 'string' ? codeValue : '',
  }),
  component: lazyRouteComponent(() => import('./visitor/Cashier.tsx'), 'Cashier'),
});

const consent = createRoute({
  getParentRoute: () => root,
  path: '/authorize/$walletId',
  validateSearch: ({ grant }: Record<string, unknown>) => ({
    grant: typeof grant === 'string' ? grant : '',
  }),
  component: lazyRouteComponent(() => import('./visitor/Consent.tsx'), 'Consent'),
});

const shopBound = createRoute({
  getParentRoute: () => root,
  path: '/shop/bound',
  validateSearch: ({ authState, authCode }: Record<string, unknown>) => ({
    authState: typeof authState === 'string' ? authState : '',
    authCode: typeof authCode === 'string' ? authCode : '',
  }),
  component: lazyRouteComponent(() => import('./shop/Bound.tsx'), 'Bound'),
});

const shop = createRoute({
  getParentRoute: () => root,
  path: '/shop',
  component: lazyRouteComponent(() => import('./shop/Shop.tsx'), 'Shop'),
});

const shopOrder = createRoute({
  getParentRoute: () => root,
  path: '/shop/orders/$paymentRequestId',
  component: lazyRouteComponent(() => import('./shop/Order.tsx'), 'Order'),
});

const books = createRoute({
  getParentRoute: () => root,
  path: '/books',
  validateSearch: ({ partner }: Record<string, unknown>): { partner?: string } =>
    typeof partner === 'string' ? { partner } : {},
  component: lazyRouteComponent(() => import('./books/BooksPage.tsx'), 'BooksPage'),
});

const participant = createRoute({
  getParentRoute: () => root,
  path: '/participant',
  component: lazyRouteComponent(
    () => import('./participant/ParticipantLayout.tsx'),
    'ParticipantLayout',
  ),
});

const ofParticipant = () => participant;
const participantPages = [
  createRoute({ getParentRoute: ofParticipant, path: '/', component: own.today }),
  createRoute({ getParentRoute: ofParticipant, path: '/batches', component: own.batches }),
  createRoute({ getParentRoute: ofParticipant, path: '/statement', component: own.statement }),
  createRoute({ getParentRoute: ofParticipant, path: '/files', component: own.files }),
  createRoute({ getParentRoute: ofParticipant, path: '/disputes', component: own.disputes }),
  createRoute({
    getParentRoute: ofParticipant,
    path: '/disputes/$disputeId',
    component: own.dispute,
  }),
  createRoute({ getParentRoute: ofParticipant, path: '/notices', component: own.notices }),
  createRoute({
    getParentRoute: ofParticipant,
    path: '/certification',
    component: own.certification,
  }),
] as const;

const entry = createRoute({
  getParentRoute: () => root,
  path: '/entry/$token',
  component: lazyRouteComponent(() => import('./entry/EntryAddress.tsx'), 'EntryAddress'),
});

/** The router of all pages. */
export const router = createRouter({
  routeTree: root.addChildren([
    start,
    chooseCustomer,
    wallet.addChildren(walletPages),
    chooseTill,
    till.addChildren(tillPages),
    entry,
    cashier,
    shop,
    shopOrder,
    shopBound,
    consent,
    books,
    participant.addChildren(participantPages),
    ...networkRoutes,
    docs,
    apiReference,
    merchantApiReference,
    signatureTest,
    guide,
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: PageFailed,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
