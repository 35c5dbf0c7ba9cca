// The real hub on a real Postgres between simulated partners in this process, on a settable clock.

import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { type Hub, startHub } from '../../src/api/hub.ts';
import type { Timing } from '../../src/base/limits.ts';
import { defaultTiming } from '../../src/base/limits.ts';
import type { Network } from '../../src/base/world.ts';
import type { CodeRule } from '../../src/codes/codeRule.ts';
import { disputeChecks } from '../../src/disputes/checks.ts';
import type { PublishedRate } from '../../src/fx/board.ts';
import { writeRates } from '../../src/fx/store.ts';
import { openDatabase } from '../../src/host/database.ts';
import { realRandom } from '../../src/host/world.ts';
import type { LimitRules } from '../../src/limits/limitRules.ts';
import type { ScreeningList } from '../../src/limits/screening.ts';
import { type NewParticipant, writeParticipant } from '../../src/network/participantStore.ts';
import { createLanes } from '../../src/network/store.ts';
import { type Proof, prove } from '../../src/payments/proof/store.ts';
import { createPartnerClient } from '../../src/wire/client.ts';
import type { ApiName } from '../../src/wire/messages.ts';
import { createPartnerServer } from '../../src/wire/partnerServer.ts';
import { type Algorithm, generateKeys, signaturesHere } from '../../src/wire/signature.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';
import { SimulatedAcquirer } from './acquirer.ts';
import { Activity } from './activity.ts';
import { type SettableClock, settableClock } from './clock.ts';
import { hubNetwork, partnerNetwork } from './rigNetwork.ts';
import { SimulatedWallet } from './wallet.ts';

const usualTimeoutMs = 7_000;

/** A participant of a test: what was agreed, without what every test has alike. */
type Terms = Omit<NewParticipant, 'algorithm' | 'keyVersion' | 'publicKey'>;

export type RigPartner = Pick<Terms, 'participantId' | 'role' | 'currency'> & Partial<Terms>;

/** A notice that an acquirer got. */
export interface Notice {
  readonly acquirerId: string;
  readonly paymentRequestId: string;
  readonly resultCode: string;
}

/** What a partner was told about a dispute, and acknowledged. */
export interface DisputeCall {
  readonly partnerId: string;
  readonly api: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A signed answer of the hub, verified. */
export interface Told {
  readonly resultCode: string;
  readonly resultStatus: string;
  readonly resultMessage: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A notice about an agreement, with the acquirer that got it. */
export type AuthNotice = Readonly<Record<string, string>> & { readonly acquirerId: string };

export interface Rig {
  readonly fresh: FreshDatabase;
  readonly clock: SettableClock;
  readonly hubs: readonly Hub[];
  readonly hubKey: (algorithm: Algorithm) => KeyObject;
  readonly wallets: ReadonlyMap<string, SimulatedWallet>;
  /** The acquirers, as what they do beside taking notices. */
  readonly acquirers: ReadonlyMap<string, SimulatedAcquirer>;
  readonly notices: Notice[];
  /** What acquirers were told of agreements. */
  readonly authNotices: AuthNotice[];
  /** What acquirers were told of registrations. */
  readonly registrationNotices: Record<string, unknown>[];
  readonly disputeCalls: DisputeCall[];
  /** What hubs reported to the operator. */
  readonly failures: string[];
  /** Calls of hubs now that partners leave unanswered. */
  readonly silences: { readonly count: number };
  readonly keys: ReadonlyMap<string, KeyObject>;
  /** Makes an acquirer refuse its notices, or take them again. */
  deafen(acquirerId: string, deaf: boolean): void;
  /** Makes an acquirer acknowledge its notices without a signature, or with one again. */
  unsign(acquirerId: string, unsigned: boolean): void;
  /** A signed call of a partner; each call goes to the next hub unless one is named. */
  call(partnerId: string, api: ApiName, body: object, hub?: number): Promise<Told>;
  /** Waits until the hubs are at rest. */
  rest(): Promise<void>;
  advance(ms: number): Promise<void>;
  prove(): Promise<Proof>;
  addPartner(partner: RigPartner): Promise<void>;
  setRates(rates: readonly PublishedRate[]): Promise<void>;
  close(): Promise<void>;
}

const algorithm: Algorithm = 'ES256';
const hubPairs = new Map<Algorithm, ReturnType<typeof generateKeys>>();

function hubPair(wanted: Algorithm) {
  const pair = hubPairs.get(wanted) ?? generateKeys(wanted);
  hubPairs.set(wanted, pair);
  return pair;
}

/** Starts `hubs` hubs on one new database with `lanes` lanes. */
export async function startRig(
  options: {
    readonly hubs?: number;
    readonly lanes?: number;
    readonly partners?: readonly RigPartner[];
    readonly rates?: readonly PublishedRate[];
    readonly timing?: Partial<Timing>;
    /** When it begins, in milliseconds since 1970 UTC. */
    readonly start?: number;
    /** Those of the project when absent. */
    readonly codeRules?: readonly CodeRule[];
    /** Those of the project when absent. */
    readonly limitRules?: LimitRules;
    readonly screening?: ScreeningList;
    /** How often the outbox is looked at, in the test's own time. */
    readonly pollMs?: number;
    /** How often a hub looks whether its configuration was changed; seldom, if not given. */
    readonly refreshMs?: number;
    /** Where calls go that are to no participant: to merchants. */
    readonly elsewhere?: Network;
  } = {},
): Promise<Rig> {
  const fresh = await freshDatabase();
  await createLanes(fresh.database, options.lanes ?? 2);
  const clock = settableClock(options.start);
  const activity = new Activity();
  const wallets = new Map<string, SimulatedWallet>();
  const acquirers = new Map<string, SimulatedAcquirer>();
  const pairs = new Map<string, ReturnType<typeof generateKeys>>();
  const keys = new Map<string, KeyObject>();
  const servers = new Map<string, ReturnType<typeof createPartnerServer>>();
  const notices: Notice[] = [];
  const authNotices: AuthNotice[] = [];
  const registrationNotices: Record<string, unknown>[] = [];
  const disputeCalls: DisputeCall[] = [];
  const failures: string[] = [];
  const deaf = new Set<string>();
  const unsigned = new Set<string>();
  const silences = { count: 0 };
  const hubKey = (wanted: Algorithm) => createPrivateKey(hubPair(wanted).privateKeyPem);
  const hubPublic = createPublicKey(hubPair(algorithm).publicKeyPem);
  const { elsewhere } = options;
  const network = partnerNetwork({
    servers,
    wallets,
    acquirers,
    notices,
    authNotices,
    registrationNotices,
    disputeCalls,
    deaf,
    unsigned,
    silences,
    clock,
    elsewhere: elsewhere && {
      post: (request) => activity.during(() => elsewhere.post(request)),
    },
  });
  const timing = { ...defaultTiming, ...options.timing };
  const hubs: Hub[] = [];
  const databases = [fresh.database];
  let turn = 0;

  async function addPartner(partner: RigPartner): Promise<void> {
    const id = partner.participantId;
    const pair = pairs.get(id) ?? generateKeys(algorithm);
    pairs.set(id, pair);
    const privateKey = createPrivateKey(pair.privateKeyPem);
    keys.set(id, privateKey);
    servers.set(
      id,
      createPartnerServer({
        clientId: id,
        privateKey,
        algorithm,
        hubKeys: () => ({ algorithm, key: hubPublic }),
        clock,
      }),
    );
    if (partner.role === 'wallet' && !wallets.has(id)) {
      const wallet = new SimulatedWallet(id);
      wallet.agreements.now = () => clock.now();
      wallets.set(id, wallet);
    }
    if (partner.role === 'acquirer' && !acquirers.has(id))
      acquirers.set(id, new SimulatedAcquirer());
    const given = { ...usual(partner), algorithm, keyVersion: '1', publicKey: pair.publicKeyPem };
    await writeParticipant(fresh.database, given, clock.now());
    await Promise.all(hubs.map((hub) => hub.configuration.reload()));
  }

  async function setRates(rates: readonly PublishedRate[]): Promise<void> {
    await writeRates(fresh.database, { source: 'test', date: '2026-11-21', rates }, clock.now());
    await Promise.all(hubs.map((hub) => hub.configuration.reload()));
  }

  for (const partner of options.partners ?? []) await addPartner(partner);
  await setRates(options.rates ?? []);
  for (let each = 0; each < (options.hubs ?? 1); each++) {
    const database = openDatabase({ connection: fresh.config });
    databases.push(database);
    const world = {
      clock,
      random: realRandom,
      network,
      database: activity.watchDatabase(database),
    };
    hubs.push(
      await startHub({
        world,
        keys: { keyVersion: '1', key: hubKey },
        // RSA signs on the thread pool, which the event loop's own turns do not wait for.
        signatures: {
          ...signaturesHere,
          sign: (...parts) => activity.during(() => signaturesHere.sign(...parts)),
        },
        timing: () => timing,
        ...(options.codeRules === undefined ? {} : { codeRules: options.codeRules }),
        ...(options.limitRules === undefined ? {} : { limitRules: options.limitRules }),
        ...(options.screening === undefined ? {} : { screening: options.screening }),
        process: `hub${each}`,
        failed: (what, error) => void failures.push(told(what, error)),
        pollMs: options.pollMs ?? 1_000,
        refreshMs: options.refreshMs ?? 3_600_000,
      }),
    );
  }

  const rest = () => activity.rest();
  return {
    fresh,
    clock,
    hubs,
    hubKey,
    wallets,
    acquirers,
    notices,
    authNotices,
    registrationNotices,
    disputeCalls,
    failures,
    silences,
    keys,
    deafen: (acquirerId, isDeaf) => void (isDeaf ? deaf.add(acquirerId) : deaf.delete(acquirerId)),
    unsign: (acquirerId, is) => void (is ? unsigned.add(acquirerId) : unsigned.delete(acquirerId)),
    async call(partnerId, api, body, hub = turn++ % hubs.length) {
      const client = createPartnerClient({
        baseUrl: 'http://hub.test',
        clientId: partnerId,
        privateKey: keys.get(partnerId) as KeyObject,
        algorithm,
        hubPublicKey: hubPublic,
        network: hubNetwork(hubs[hub] as Hub),
        clock,
        timeoutMs: usualTimeoutMs,
      });
      const outcome = await client.call(api, body);
      if (outcome.kind !== 'answered') throw new Error(`${outcome.kind}: ${outcome.problem}`);
      return { ...(outcome.body.result as Told), body: outcome.body };
    },
    rest,
    advance: (ms) => clock.advance(ms, rest),
    prove: () => prove(fresh.database, disputeChecks),
    addPartner,
    setRates,
    async close() {
      const stopped = Promise.all(hubs.map((hub) => hub.stop()));
      let done = false;
      void stopped.then(() => (done = true));
      while (!done) await clock.advance(200, rest);
      await Promise.all(databases.slice(1).map((database) => database.close()));
      await fresh.drop();
    },
  };
}

/** Terms of a participant where a test does not care. */
function usual(partner: RigPartner): Terms {
  const id = partner.participantId;
  return {
    name: id,
    clientId: id,
    market: 'CN',
    orderCurrencies: partner.role === 'acquirer' ? [partner.currency] : [],
    endpoint: `http://${id.toLowerCase()}.test`,
    enabled: true,
    serviceFeeBasisPoints: 0,
    interchangeBasisPoints: 0,
    spreadBasisPoints: 0,
    cap: null,
    ...partner,
  };
}

/** A failure with what it came from, as far as it says. */
function told(what: string, error: unknown): string {
  const causes: string[] = [];
  for (let each = error; each instanceof Error; each = each.cause) causes.push(String(each));
  return `${what}: ${causes.join(' <- ')}`;
}
