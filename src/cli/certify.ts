// `wayfare certify`: plays the network against a partner's endpoint and says which rules it keeps.

import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { defaultTiming } from '../base/limits.ts';
import type { Clock, MovableClock, Network } from '../base/world.ts';
import {
  type CaseReport,
  type CertificationOptions,
  type CertificationReport,
  certifyAcquirer,
  certifyWallet,
} from '../certify/certify.ts';
import { signInAt } from '../certify/networkAccess.ts';
import { type MoveTime, timeMover } from '../certify/networkTime.ts';
import { createReporter, type Reporter } from '../certify/report.ts';
import { writtenCase, writtenSum } from '../certify/table.ts';
import { movableClock } from '../host/movableClock.ts';
import { openNetwork } from '../host/network.ts';
import { realClock, realRandom } from '../host/world.ts';
import {
  type Algorithm,
  algorithmOf,
  generateKeys,
  readPrivateKey,
  readPublicKey,
} from '../wire/signature.ts';
import { anOrigin, aPort, milliseconds, within } from './arguments.ts';
import { type ListenOptions, listenAt, type OpenEar } from './certifyListen.ts';
import { consentAt } from './consent.ts';

interface LineFlags {
  readonly url: string;
  readonly clientId: string;
  readonly publicKey: string;
  readonly networkKey: string;
  readonly keyVersion: string;
  readonly acquirerId: string;
  readonly pspId: string;
  readonly currency: string;
  readonly amount: bigint;
  readonly timeout: number;
  readonly report?: string;
  readonly person?: string;
  readonly secretFile?: string;
  readonly listen?: { readonly host: string; readonly port: number };
  readonly clock?: string;
  readonly patience: number;
  readonly json?: true;
}

interface WalletFlags extends LineFlags {
  readonly customer: string;
  readonly poorCustomer?: string;
  readonly payToCurrency: string;
  readonly payToAmount: bigint;
  readonly redirectPort?: number;
}

interface AcquirerFlags extends LineFlags {
  readonly openOrder?: string;
  readonly failingOrder?: string;
  readonly privateCode?: string;
  readonly nationalCode?: string;
}

/** Where a secret is looked for that is in no file: an argument could be read by others. */
const secretVariable = 'WAYFARE_SECRET';

const HELP = `
The network's part is played with a key of your own: make it once with \`wayfare certify key FILE\`
and register its public key at your side as the network's. The exit code is 0 when nothing failed.
Skipped cases say what they need.`;

export function certifyCommand(): Command {
  return new Command('certify')
    .description("play the acceptance cases against a partner's endpoint")
    .addCommand(keyCommand())
    .addCommand(walletCommand())
    .addCommand(acquirerCommand());
}

function keyCommand(): Command {
  return new Command('key')
    .description('make a key for the part of the network, or show its public key again')
    .argument('<file>', 'where the private key is kept; never overwritten')
    .addOption(new Option('--algorithm <algorithm>').choices(['RSA256', 'ES256']).default('RSA256'))
    .action((file: string, { algorithm }: { algorithm: Algorithm }) => {
      if (!existsSync(file)) {
        writeFileSync(file, generateKeys(algorithm).privateKeyPem, { mode: 0o600, flag: 'wx' });
      }
      const publicKey = createPublicKey(privateKeyIn(file));
      process.stdout.write(publicKey.export({ type: 'spki', format: 'pem' }));
    });
}

function lineOptions(command: Command): Command {
  return command
    .requiredOption('--url <url>', 'the endpoint of the partner; API paths are appended', anOrigin)
    .requiredOption('--client-id <id>', 'its Client-Id')
    .requiredOption('--public-key <file>', 'its public key: PEM or bare base64')
    .requiredOption('--network-key <file>', 'the private key of the network, made by `certify key`')
    .option('--key-version <version>', 'the version of that key', '1')
    .option('--acquirer-id <id>', 'acquirerId in the messages', 'CERTIFY')
    .option('--psp-id <id>', 'pspId in the messages; for a wallet its own', 'CERTIFY')
    .option('--currency <code>', 'the currency of orders', 'CNY')
    .option('--amount <minor>', 'of one order, in minor units', minorUnits, 1_000n)
    .option(
      '--timeout <ms>',
      'the longest an answer may take',
      milliseconds,
      defaultTiming.partnerCallMs,
    )
    .option('--report <url>', 'the address of a network whose console shows the run', anOrigin)
    .option('--person <name>', 'who signs in at the networks of --report and --clock')
    .option('--secret-file <file>', `the secret of that person; else ${secretVariable} has it`)
    .option(
      '--listen <[host:]port>',
      'where your system calls the network meanwhile; 0: any',
      aPlace,
    )
    .option('--patience <ms>', 'how long people may take for a task', milliseconds, 30_000)
    .option('--clock <url>', 'a sandbox network whose time your system follows', anOrigin)
    .option('--json', 'one JSON object instead of a table')
    .addHelpText('after', HELP);
}

function walletCommand(): Command {
  return lineOptions(new Command('wallet').description('certify a wallet; it moves its money'))
    .requiredOption('--customer <id>', 'a customer who can pay thirty times the amount')
    .requiredOption('--pay-to-currency <code>', 'the currency of that customer')
    .requiredOption('--pay-to-amount <minor>', 'what one order costs in it', minorUnits)
    .option('--poor-customer <id>', 'one who has less than ninety times the amount')
    .option(
      '--redirect-port <port>',
      'for auto debit: where a consent is waited for',
      within(1, 65_535),
    )
    .action(async (flags: WalletFlags) => {
      const { poorCustomer, redirectPort } = flags;
      const terms = {
        acquirerId: flags.acquirerId,
        pspId: flags.pspId,
        customerId: flags.customer,
        ...(poorCustomer === undefined ? {} : { poorCustomerId: poorCustomer }),
        orderCurrency: flags.currency,
        orderMinor: flags.amount,
        payToCurrency: flags.payToCurrency,
        payToMinor: flags.payToAmount,
        patienceMs: flags.patience,
        ...(redirectPort === undefined ? {} : consentAt(redirectPort, flags.patience)),
      };
      await certified('wallet', flags, (options) => certifyWallet(terms, options));
    });
}

function acquirerCommand(): Command {
  return lineOptions(new Command('acquirer').description('certify an acquirer; it ends orders'))
    .option('--open-order <id>', 'paymentRequestId of an order of that amount: told as paid')
    .option('--failing-order <id>', 'another one: told as failed')
    .option('--private-code <text>', 'a private order code of yours over that amount')
    .option('--national-code <text>', 'a national code of yours: its shop is credited')
    .action(async (flags: AcquirerFlags) => {
      const { openOrder, failingOrder, privateCode, nationalCode } = flags;
      const terms = {
        acquirerId: flags.acquirerId,
        pspId: flags.pspId,
        ...(openOrder === undefined ? {} : { openOrder }),
        ...(failingOrder === undefined ? {} : { failingOrder }),
        ...(privateCode === undefined ? {} : { privateCode }),
        ...(nationalCode === undefined ? {} : { nationalCode }),
        orderCurrency: flags.currency,
        orderMinor: flags.amount,
      };
      await certified('acquirer', flags, (options) => certifyAcquirer(terms, options));
    });
}

async function certified(
  role: CertificationReport['role'],
  flags: LineFlags,
  run: (options: CertificationOptions) => Promise<CertificationReport>,
): Promise<void> {
  const privateKey = privateKeyIn(flags.networkKey);
  const algorithm = algorithmOf(privateKey) as Algorithm;
  const partner = readPublicKey(readFileSync(flags.publicKey, 'utf8'));
  const partnerAlgorithm = partner === undefined ? undefined : algorithmOf(partner);
  if (partner === undefined || partnerAlgorithm === undefined) {
    throw new Error(`${flags.publicKey} holds no RSA or P-256 public key`);
  }
  const network = openNetwork();
  const clock = movableClock(realClock);
  const tell = flags.json ? countOnTerminal : tellCase;
  const partnerKey = { algorithm: partnerAlgorithm, key: partner };
  const own = { privateKey, keyVersion: flags.keyVersion, algorithm };
  let ear: OpenEar | undefined;
  try {
    const reporter = await reporterOf(role, flags, network);
    const moveTime = await moverOf(flags, network, clock);
    ear = await earOf(flags, { ...own, hubKeys: () => partnerKey }, clock);
    const report = await run({
      url: flags.url,
      clientId: flags.clientId,
      ...own,
      foreignKey: createPrivateKey(generateKeys(algorithm).privateKeyPem),
      partnerKey,
      network,
      clock,
      ...(moveTime === undefined ? {} : { moveTime }),
      ...(ear === undefined ? {} : { listening: ear.listening }),
      random: realRandom,
      limitMs: flags.timeout,
      progress: (each, done, of) => {
        tell(each, done, of);
        reporter?.told(each, done, of);
      },
    });
    await reporter?.ended(report.debited);
    const text = flags.json ? JSON.stringify(report) : `\n${writtenSum(report)}`;
    process.stdout.write(`${text}\n`);
    if (!report.passed) process.exitCode = 1;
  } finally {
    await ear?.close();
    await network.close();
  }
}

/** The port where the partner is listened for; none without `--listen`. */
async function earOf(
  { listen, clientId, patience }: LineFlags,
  keys: Omit<ListenOptions['door'], 'clientId'>,
  clock: Clock,
): Promise<OpenEar | undefined> {
  if (listen === undefined) return undefined;
  const door = { clientId, ...keys };
  const ear = await listenAt({ ...listen, patienceMs: patience, clock, door });
  process.stderr.write(`Your system must call the network at ${ear.url} now.\n`);
  return ear;
}

/** Moves the time that `--clock` names; none without it. */
async function moverOf(
  flags: LineFlags,
  network: Network,
  clock: MovableClock,
): Promise<MoveTime | undefined> {
  if (flags.clock === undefined) return undefined;
  const session = await sessionAt(flags.clock, flags, network);
  const moveTime = timeMover(flags.clock, network, clock, session);
  // The smallest move there is tells what time it is there.
  const problem = await moveTime(1);
  if (problem !== undefined) throw new Error(problem);
  return moveTime;
}

/** The header of whoever `--person` names, signed in at a network; none without. */
async function sessionAt(
  url: string,
  { person, secretFile }: LineFlags,
  network: Network,
): Promise<Readonly<Record<string, string>>> {
  if (person === undefined) return {};
  const secret =
    secretFile === undefined ? process.env[secretVariable] : readFileSync(secretFile, 'utf8');
  if (secret === undefined || secret.trim() === '') {
    throw new Error(`the secret of ${person} is missing: --secret-file or ${secretVariable}`);
  }
  const signedIn = await signInAt(url, network, { name: person, secret: secret.trim() });
  if (signedIn.problem !== undefined) throw new Error(signedIn.problem);
  return signedIn.headers;
}

/** Where the run is reported to; none unless `--report` names a network. */
async function reporterOf(
  role: CertificationReport['role'],
  flags: LineFlags,
  network: Network,
): Promise<Reporter | undefined> {
  if (flags.report === undefined) return undefined;
  const { report: to, clientId, url } = flags;
  const session = await sessionAt(to, flags, network);
  const runId = `RUN-${realRandom.digits(16)}`;
  process.stderr.write(`The run is shown at ${to}/network/certification?run=${runId}\n`);
  const failed = (problem: string) =>
    void process.stderr.write(`The run is not reported any more: ${problem}\n`);
  return createReporter({ to, runId, clientId, role, url, network, session, failed });
}

function tellCase(report: CaseReport): void {
  process.stdout.write(`${writtenCase(report)}\n`);
}

/** With --json the output is for machines; somebody who watches sees how far it is. */
function countOnTerminal(report: CaseReport, done: number, of: number): void {
  process.stderr.write(`${done}/${of} ${report.verdict} ${report.id}\n`);
}

function privateKeyIn(file: string): KeyObject {
  if (!existsSync(file)) {
    throw new Error(`${file} is not there; make it with \`wayfare certify key ${file}\``);
  }
  const key = readPrivateKey(readFileSync(file, 'utf8'));
  if (key === undefined) throw new Error(`${file} holds no RSA or P-256 private key`);
  return key;
}

function minorUnits(text: string): bigint {
  if (!/^[1-9][0-9]{1,11}$/.test(text)) {
    throw new InvalidArgumentError('10 to 999999999999 minor units, digits only');
  }
  return BigInt(text);
}

function aPlace(text: string): { readonly host: string; readonly port: number } {
  const at = text.lastIndexOf(':');
  const host = at < 0 ? '127.0.0.1' : text.slice(0, at);
  if (host === '') throw new InvalidArgumentError('a port, or a host, a colon and a port');
  return { host, port: aPort(text.slice(at + 1)) };
}
