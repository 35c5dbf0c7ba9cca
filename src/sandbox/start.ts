// Puts the sandbox together: books, keys, desks and one HTTP server for pages, scripts and the hub.

import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { Clock, Network, Random } from '../base/world.ts';
import { type AcquirerStore, createAcquirerStore } from './acquirer-store.ts';
import { apiDescription } from './api-description.ts';
import { createBindingDesk } from './binding-commands.ts';
import { bindingRoutes } from './binding-routes.ts';
import { createBookDesk } from './book-commands.ts';
import { bookRoutes } from './book-routes.ts';
import { type BookStore, createBookStore } from './book-store.ts';
import { type CodeRulesTimes, createCodeRulesDesk } from './code-rules-commands.ts';
import { type CodeRulesStore, createCodeRulesStore } from './code-rules-store.ts';
import { sandboxCustomers } from './customers.ts';
import { openSandboxDatabase } from './database-store.ts';
import { createDisputeDesk } from './dispute-commands.ts';
import { disputeRoutes } from './dispute-routes.ts';
import { createDisputeStore } from './dispute-store.ts';
import { entryRoutes } from './entry-routes.ts';
import { createEventDesk } from './events.ts';
import { createGrantDesk } from './grant-commands.ts';
import { grantRoutes } from './grant-routes.ts';
import {
  type BindingStore,
  createBindingStore,
  createGrantStore,
  type GrantStore,
} from './grant-store.ts';
import { createHubLink } from './hub-link.ts';
import { ensureSandboxKeys, type PartnerKeys } from './keys-store.ts';
import { marketRoutes } from './market-routes.ts';
import { createNoticeSender } from './notice-commands.ts';
import { openingBalance } from './opening-balance.ts';
import { partnerRoutes } from './partner-routes.ts';
import { partnerEndpoint, sandboxWallets } from './partners.ts';
import { readSampleRates, type SampleRates } from './rates-store.ts';
import { createRegistrationDesk } from './registration-desk.ts';
import { registrationRoutes } from './registration-routes.ts';
import { createRegistrationStore, type RegistrationStore } from './registration-store.ts';
import { createTillDesk } from './till-commands.ts';
import { tillRoutes } from './till-routes.ts';
import { createWaker } from './waker.ts';
import { createWalletDesk } from './wallet-commands.ts';
import { walletRoutes } from './wallet-routes.ts';
import { createWalletStore, type WalletStore } from './wallet-store.ts';
import { webViewRoutes } from './web-view.ts';

export interface SandboxOptions {
  readonly home: string;
  /** Where the hub is called, as `http://127.0.0.1:8080`. */
  readonly hubUrl: string;
  /** Where visitors reach the wallets' pages; the hub's address if not given. */
  readonly pagesUrl?: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly network: Network;
  readonly clock: Clock;
  readonly random: Random;
  /** Told of every failure that no caller sees. */
  readonly onFailure: (error: unknown) => void;
  readonly noticeDelaysMs?: readonly number[];
  readonly inquiryDelaysMs?: readonly number[];
  readonly hubTimeoutMs?: number;
  readonly codeRulesTimes?: CodeRulesTimes;
}

/** A running sandbox. */
export interface Sandbox {
  readonly port: number;
  /** The public key of each partner in PEM, for its registration with the hub. */
  readonly publicKeys: Readonly<Record<string, string>>;
  /** Where the hub calls each partner. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** Starts what calls the hub by itself: notices and inquiries that are due. */
  begin(): void;
  close(): Promise<void>;
}

/** A page's request is small; anything longer is a mistake. */
const apiBodyLimitBytes = 16 * 1024;

/** Starts the sandbox; it serves at once, and calls the hub by itself only after `begin`. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { clock, random, home, onFailure } = options;
  const keys = await ensureSandboxKeys(home);
  const database = openSandboxDatabase(home);
  const walletStore = createWalletStore(database);
  const acquirerStore = createAcquirerStore(database);
  const codeRulesStore = createCodeRulesStore(database);
  const grantStore = createGrantStore(database);
  const bindingStore = createBindingStore(database);
  const registrationStore = createRegistrationStore(database);
  const bookStore = createBookStore(database);
  const rates = readSampleRates();
  fillCustomers(walletStore, rates, clock.now());
  walletStore.endLeases(clock.now());

  const stores = {
    walletStore,
    acquirerStore,
    codeRulesStore,
    grantStore,
    bindingStore,
    registrationStore,
    bookStore,
  };
  const desks = openDesks(options, stores, keys);
  const { link, events, walletDesk, grantDesk, bindingDesk, codeRules, tillDesk } = desks;
  const { registrationDesk } = desks;
  const disputeStore = createDisputeStore(database);
  const disputes = createDisputeDesk({ store: disputeStore, link, clock, random });
  const server = openServer(onFailure);
  const behaviourOf = walletStore.behaviour;
  // Registered apart, because the hub's calls are read as raw bytes and a page's as JSON.
  await server.register(async (scope) => {
    partnerRoutes(scope, {
      link,
      walletDesk,
      tillDesk,
      grantDesk,
      bindingDesk,
      registrationDesk,
      disputes,
      behaviourOf,
      acquirerBehaviourOf: acquirerStore.behaviour,
    });
  });
  await server.register(async (scope) => {
    const visitor = { link, desk: walletDesk, codeRules, clock, random };
    const ratesDate = rates.date;
    readJson(scope);
    scope.get('/sandbox/api', () => apiDescription);
    marketRoutes(scope, rates);
    walletRoutes(scope, { store: walletStore, desk: walletDesk, visitor, events, ratesDate });
    tillRoutes(scope, { store: acquirerStore, desk: tillDesk, events });
    grantRoutes(scope, { desk: grantDesk, store: walletStore });
    bindingRoutes(scope, { desk: bindingDesk, tills: tillDesk });
    registrationRoutes(scope, registrationDesk);
    bookRoutes(scope, { store: bookStore, desk: desks.bookDesk, clock });
    disputeRoutes(scope, { walletStore, acquirerStore, tillDesk, disputes });
    entryRoutes(scope, { desk: tillDesk, rates, random });
    const { network, hubUrl } = options;
    webViewRoutes(scope, { store: walletStore, visitor, network, hubUrl });
  });
  const port = await listen(server, options.port, Number(walletStore.fact('port') ?? '0'));
  walletStore.setFact('port', String(port));
  return {
    port,
    endpoints: Object.fromEntries(Object.keys(keys).map((id) => [id, partnerEndpoint(port, id)])),
    publicKeys: Object.fromEntries(
      Object.entries(keys).map(([id, { publicKeyPem }]) => [id, publicKeyPem]),
    ),
    begin: desks.begin,
    async close() {
      desks.waker.stop();
      events.close();
      server.server.closeAllConnections();
      await server.close();
      database.close();
    },
  };
}

/** Both desks around their books, with the one timer that wakes them. */
function openDesks(
  options: SandboxOptions,
  stores: {
    readonly walletStore: WalletStore;
    readonly acquirerStore: AcquirerStore;
    readonly codeRulesStore: CodeRulesStore;
    readonly grantStore: GrantStore;
    readonly bindingStore: BindingStore;
    readonly registrationStore: RegistrationStore;
    readonly bookStore: BookStore;
  },
  keys: Readonly<Record<string, PartnerKeys>>,
) {
  const { clock, random, network, home, hubUrl, onFailure } = options;
  const { walletStore, acquirerStore } = stores;
  const events = createEventDesk();
  const timeout = options.hubTimeoutMs === undefined ? {} : { timeoutMs: options.hubTimeoutMs };
  const link = createHubLink({ home, hubUrl, keys, network, clock, ...timeout });

  let begun = false;
  const nudge = (): void => {
    if (begun) waker.nudge();
  };
  const common = { link, clock, random, onFailure };
  const pagesUrl = options.pagesUrl ?? hubUrl;
  const grants = { ...common, store: stores.grantStore, events, pagesUrl, nudge };
  const grantDesk = createGrantDesk(grants);
  const bindingDesk = createBindingDesk({ ...common, store: stores.bindingStore });
  const walletDesk = createWalletDesk({
    store: walletStore,
    clock,
    random,
    events,
    grants: grantDesk,
    nudge,
  });
  const sendNotices = createNoticeSender({
    store: walletStore,
    link,
    clock,
    hubUrl,
    nudge,
    onFailure,
    ...(options.noticeDelaysMs === undefined ? {} : { delaysMs: options.noticeDelaysMs }),
  });
  const tillDesk = createTillDesk({
    store: acquirerStore,
    link,
    clock,
    random,
    events,
    nudge,
    onFailure,
    ...(options.inquiryDelaysMs === undefined ? {} : { inquiryDelaysMs: options.inquiryDelaysMs }),
  });
  const codeRules = createCodeRulesDesk({
    store: stores.codeRulesStore,
    link,
    clock,
    walletIds: sandboxWallets.map(({ id }) => id),
    nudge,
    onFailure,
    ...(options.codeRulesTimes === undefined ? {} : { times: options.codeRulesTimes }),
  });
  const registrationDesk = createRegistrationDesk({
    store: stores.registrationStore,
    link,
    clock,
    behaviourOf: walletStore.behaviour,
    nudge,
    onFailure,
  });
  const bookDesk = createBookDesk({ store: stores.bookStore, link, clock, nudge, onFailure });
  const desks = [codeRules, grantDesk, walletStore, acquirerStore, registrationDesk, bookDesk];
  const waker = createWaker(
    clock,
    () => desks.map((desk) => desk.nextWakeAt()).reduce(earliest, null),
    (now) => {
      walletDesk.runDue(now);
      sendNotices(now);
      tillDesk.runDue(now);
      codeRules.runDue(now);
      grantDesk.runDue(now);
      registrationDesk.runDue(now);
      bookDesk.runDue(now);
    },
    onFailure,
  );
  const begin = (): void => {
    begun = true;
    waker.nudge();
  };
  return {
    link,
    events,
    walletDesk,
    grantDesk,
    bindingDesk,
    codeRules,
    tillDesk,
    registrationDesk,
    bookDesk,
    waker,
    begin,
  };
}

/**
 * Listens on `port`; for 0 on the port of the last start if it is still free, so that the hub's
 * knowledge of the partners' addresses stays true over a restart. Returns the port.
 */
async function listen(server: FastifyInstance, port: number, last: number): Promise<number> {
  const host = '127.0.0.1';
  try {
    await server.listen({ host, port: port === 0 ? last : port });
  } catch (error) {
    if (port !== 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    await server.listen({ host, port: 0 });
  }
  const address = server.addresses()[0];
  if (typeof address !== 'object') throw new Error('the sandbox listens on no port');
  return address.port;
}

function earliest(left: number | null, right: number | null): number | null {
  if (left === null) return right;
  return right === null ? left : Math.min(left, right);
}

/** Adds the customers that the books do not know yet, with a first balance at the sample rate. */
function fillCustomers(store: WalletStore, rates: SampleRates, now: number): void {
  store.transaction(() => {
    for (const { walletId, id, name, openingUsdCents } of sandboxCustomers) {
      const currency = sandboxWallets.find((wallet) => wallet.id === walletId)?.currency ?? '';
      const unitsPerUsd = rates.unitsPerUsd(currency);
      if (unitsPerUsd === undefined) throw new Error(`the sample rates have no ${currency}`);
      const balance = openingBalance(openingUsdCents, currency, unitsPerUsd);
      store.addCustomer({ walletId, id, name, balance }, now);
    }
  });
}

function openServer(onFailure: (error: unknown) => void): FastifyInstance {
  const server = Fastify({
    bodyLimit: apiBodyLimitBytes,
    routerOptions: { maxParamLength: 100 },
    forceCloseConnections: true,
    // Whoever needs longer for a request of a few hundred bytes only holds a connection.
    requestTimeout: 10_000,
  });
  server.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) {
      return reply.code(status).send({ error: { code: 'BAD_REQUEST', message: error.message } });
    }
    onFailure(error);
    const message = 'The sandbox failed; see its log.';
    return reply.code(500).send({ error: { code: 'INTERNAL_ERROR', message } });
  });
  server.setNotFoundHandler((request, reply) => {
    const message = `There is no ${request.method} ${request.url}. See GET /sandbox/api.`;
    return reply.code(404).send({ error: { code: 'NOT_FOUND', message } });
  });
  return server;
}

/** Pages send JSON; a call without a body counts as one with an empty object. */
function readJson(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    (_request, body, ready) => {
      if (body === '') return ready(null, {});
      try {
        return ready(null, JSON.parse(String(body)));
      } catch {
        const error: Error & { statusCode?: number } = new Error('The body is not valid JSON.');
        error.statusCode = 400;
        return ready(error);
      }
    },
  );
}
