// `wayfare serve`, which is also `npm start`: database, hub, pages and sandbox, and one address.

import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Hub, startHub } from '../api/hub.ts';
import { startServer } from '../api/server.ts';
import type { Database } from '../base/world.ts';
import { startCapWatch } from '../caps/watchCommands.ts';
import { presetRules } from '../codes/presetRules.ts';
import { startMarkClerk } from '../explorer/clerkCommands.ts';
import { startRateFeeds } from '../fx/sourceCommands.ts';
import { openDatabase } from '../host/database.ts';
import { ensureHome, homeDirectory } from '../host/home.ts';
import { openNetwork } from '../host/network.ts';
import { realRandom, realWorld } from '../host/world.ts';
import { presetLimits } from '../limits/presetLimits.ts';
import { writeCashier } from '../network/cashierStore.ts';
import { markSandbox, readClock } from '../network/clockStore.ts';
import type { Directory } from '../network/directory.ts';
import type { Cashier } from '../network/participant.ts';
import { type NewParticipant, writeParticipant } from '../network/participantStore.ts';
import { readDirectory } from '../network/store.ts';
import { startTrimClerk } from '../retention/clerkCommands.ts';
import { type SandboxPartner, sandboxPartners } from '../sandbox/partners.ts';
import { startSignatureThread } from '../wire/signatureThread.ts';
import { refuseCalendarsFile } from './calendarsFile.ts';
import { readClosing, startClosing } from './closing.ts';
import { readCodeRulesFile } from './codeRulesFile.ts';
import { migrated, startServerOf } from './database.ts';
import { listenForEnd } from './ending.ts';
import { startFiling } from './filing.ts';
import { openHubKeys } from './hubKeys.ts';
import { readLimitRulesFile } from './limitRulesFile.ts';
import { ensureNetwork } from './network.ts';
import { buildPages } from './pages.ts';
import { fetchTable, writeMarket } from './rateSources.ts';
import { screeningOf } from './screeningFile.ts';
import { defaultTerms } from './terms.ts';
import { timingFileOf, timingSource } from './timingFile.ts';
import { trimWords } from './trim.ts';

const usualPort = 8080;
const root = fileURLToPath(new URL('../..', import.meta.url));

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs until SIGINT or SIGTERM. `say` is told what happens, in plain words. */
export async function serve(environment: Environment, say: (line: string) => void): Promise<void> {
  const failed = (what: string, error: unknown) =>
    void process.stderr.write(`${what}: ${error instanceof Error ? error.message : error}\n`);
  const port = readPort(environment.PORT);
  const ending = listenForEnd(process, say);
  const home = ensureHome(homeDirectory(environment)).directory;
  const timing = timingSource(timingFileOf(home, environment), failed);
  const rulesFile = environment.WAYFARE_CODE_RULES;
  const codeRules = rulesFile ? readCodeRulesFile(rulesFile).rules : presetRules;
  refuseCalendarsFile(home, environment);
  const limitsFile = environment.WAYFARE_LIMIT_RULES;
  const limitRules = limitsFile ? readLimitRulesFile(limitsFile) : presetLimits;
  const hasSandbox = environment.WAYFARE_SANDBOX !== 'off';
  const screening = screeningOf(environment, hasSandbox);
  const pages = buildPages(root, say);
  // Its failure is heard where it is waited for, and must not end a start in the middle before.
  pages.catch(() => undefined);
  const server = await startServerOf(home, environment, say);
  const database = openDatabase({ connection: server.connection });
  const network = openNetwork();
  await migrated(server.connection, say);
  const world = realWorld({ network, database });
  await ensureNetwork(database, world.clock.now());
  if (hasSandbox) await markSandbox(database);
  let address = '';
  const signatures = startSignatureThread((error) => failed('the signing thread', error));
  const hub = await startHub({
    world,
    keys: openHubKeys(home),
    signatures,
    timing,
    closesItselfMs: readClosing(environment.WAYFARE_CLOSING, timing().acquirerCancelMs),
    process: realRandom.digits(6),
    codeRules,
    limitRules,
    screening,
    publicUrl: () => environment.WAYFARE_PUBLIC_URL ?? address,
    failed,
  });
  const { isSandbox } = await readClock(database);
  const marks = startMarkClerk({ database, clock: world.clock }, failed);
  const filing = await startFiling({ home, hub, database, isSandbox, environment, say });
  const caps = startCapWatch(() => {
    const { lanes } = hub.configuration.rules();
    return { database, clock: { now: () => hub.now() }, lanes };
  }, failed);
  const trimming = startTrimClerk(
    () => {
      const { lanes } = hub.configuration.rules();
      const realNow = () => hub.clock.realNow();
      return { database, clock: world.clock, realNow, lanes, timing: timing() };
    },
    (trimmed) => say(trimWords(trimmed)),
    failed,
  );
  let sandbox: Sandbox | undefined;
  const front = await startServer({
    hub,
    database,
    files: filing,
    port,
    host: environment.HOST ?? '127.0.0.1',
    pages: await pages,
    sandboxUrl: () => sandbox?.url,
  });
  address = front.url;
  if (hasSandbox) {
    const pagesUrl = environment.WAYFARE_PUBLIC_URL ?? address;
    sandbox = await startSandbox({ home, hubUrl: address, pagesUrl, hub, database, failed });
  }
  const feeds = startRateFeeds({
    database,
    clock: world.clock,
    fetchTable,
    changed: () => hub.configuration.reloadRates(),
    failed,
  });
  // A network that was away for long begins with rates of now, where its sources answer.
  await feeds.look();
  await hub.configuration.reload();
  const closing = startClosing(hub, database);
  sandbox?.begin();
  ending.complete();
  say(`Wayfare is ready: ${front.url}`);
  await ending.asked;
  say('Stopping.');
  await feeds.stop();
  sandbox?.stop();
  await front.stop();
  await closing?.stop();
  await filing.stop();
  await marks.stop();
  await caps.stop();
  await trimming.stop();
  await hub.stop();
  await signatures.stop();
  await network.close();
  await database.close();
  await server.stop();
}

function readPort(text: string | undefined): number {
  const port = text === undefined || text === '' ? usualPort : Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`PORT must be a number from 0 to 65535, not ${text}`);
  }
  return port;
}

interface Sandbox {
  readonly url: string;
  begin(): void;
  stop(): void;
}

interface SandboxReady {
  readonly ready: true;
  readonly port: number;
  readonly publicKeys: Readonly<Record<string, string>>;
  readonly endpoints: Readonly<Record<string, string>>;
}

/**
 * Starts the outsiders as a process of their own and lets each partner in by its public key, as
 * `wayfare partner add` does. The sandbox ends with us; if it dies alone it is started again.
 */
async function startSandbox(options: {
  readonly home: string;
  readonly hubUrl: string;
  readonly hub: Hub;
  /** Where visitors reach the pages, among them the wallets' cashiers. */
  readonly pagesUrl: string;
  readonly database: Database;
  readonly failed: (what: string, error: unknown) => void;
}): Promise<Sandbox> {
  const { home, hubUrl, hub, database, failed } = options;
  let child: ChildProcess | undefined;
  let stopping = false;
  let url = '';

  const start = async (): Promise<void> => {
    const entry = path.join(root, 'src/sandbox/main.ts');
    const addresses = ['--hub-url', hubUrl, '--pages-url', options.pagesUrl];
    child = fork(entry, ['--home', home, ...addresses], { stdio: 'inherit' });
    const ready = await readyMessage(child);
    url = `http://127.0.0.1:${ready.port}`;
    await letIn(database, ready, { now: hub.clock.now(), pages: options.pagesUrl });
    await writeMarket(database, `${url}/market/rates`, hub.clock.realNow());
    child.once('exit', (code) => {
      if (stopping) return;
      failed('the sandbox', new Error(`it ended with code ${code} and is started again`));
      setTimeout(() => {
        start()
          .then(() => child?.send({ begin: true }))
          .catch((error: unknown) => failed('starting the sandbox', error));
      }, 1_000);
    });
  };

  await start();
  return {
    get url() {
      return url;
    },
    begin: () => void child?.send({ begin: true }),
    stop() {
      stopping = true;
      child?.disconnect();
    },
  };
}

/**
 * A partner that is in already keeps its terms: only where and with which key it is called is new.
 */
async function letIn(
  database: Database,
  ready: SandboxReady,
  { now, pages }: { readonly now: number; readonly pages: string },
): Promise<void> {
  const directory = await readDirectory(database);
  for (const partner of sandboxPartners()) {
    const terms: Omit<NewParticipant, 'algorithm' | 'keyVersion' | 'publicKey'> = directory.byId(
      partner.id,
    ) ?? {
      ...defaultTerms(partner.role),
      participantId: partner.id,
      role: partner.role,
      name: partner.name,
      clientId: partner.clientId,
      market: partner.market,
      currency: partner.currency,
      orderCurrencies: partner.role === 'acquirer' ? [partner.currency] : [],
      endpoint: '',
      enabled: true,
      cap: partner.capMinor === null ? null : BigInt(partner.capMinor),
      codeIssuer: issuerWished(partner, directory),
    };
    const { algorithm } = partner;
    const endpoint = ready.endpoints[partner.id] ?? '';
    const publicKey = ready.publicKeys[partner.id] ?? '';
    const credential = { algorithm, keyVersion: '1', publicKey };
    await writeParticipant(database, { ...terms, ...credential, endpoint, keepsCap: true }, now);
    if (partner.role === 'wallet') await writeCashier(database, cashierOf(partner.id, pages), now);
  }
}

/** Where somebody has its number already, a wallet of the sandbox takes any that is free. */
function issuerWished({ codeIssuer }: SandboxPartner, { routingNumbers }: Directory) {
  if (codeIssuer === null) return null;
  const { prefix, routingNumber } = codeIssuer;
  return routingNumbers.has(routingNumber) ? { prefix } : { prefix, routingNumber };
}

/** A wallet of the sandbox takes customers over on its page; it has no app of its own. */
function cashierOf(participantId: string, pages: string): Cashier {
  return {
    participantId,
    normalUrl: `${pages}/cashier/${participantId}`,
    schemeUrl: null,
    applinkUrl: null,
    appIdentifier: null,
    logoUrl: null,
    scansCodes: true,
  };
}

function readyMessage(child: ChildProcess): Promise<SandboxReady> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as SandboxReady));
    child.once('exit', (code) => reject(new Error(`the sandbox ended at once, code ${code}`)));
    child.once('error', reject);
  });
}
