// `wayfare certify`: plays the network against a partner's endpoint and says which rules it keeps.

import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { defaultTiming } from '../base/limits.ts';
import type { Network } from '../base/world.ts';
import {
  type CaseReport,
  type CertificationOptions,
  type CertificationReport,
  certifyAcquirer,
  certifyWallet,
} from '../certify/certify.ts';
import { timeMover } from '../certify/networkTime.ts';
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
  readonly json?: true;
}

interface WalletFlags extends LineFlags {
  readonly customer: string;
  readonly poorCustomer?: string;
  readonly payToCurrency: string;
  readonly payToAmount: bigint;
  readonly patience: number;
  readonly redirectPort?: number;
  readonly clock?: string;
}

interface AcquirerFlags extends LineFlags {
  readonly openOrder?: string;
  readonly failingOrder?: string;
  readonly privateCode?: string;
  readonly nationalCode?: string;
}

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
    .requiredOption('--url <url>', 'the endpoint of the partner; API paths are appended', aUrl)
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
    .option('--report <url>', 'the address of a network whose console shows the run', aUrl)
    .option('--json', 'one JSON object instead of a table')
    .addHelpText('after', HELP);
}

function walletCommand(): Command {
  return lineOptions(new Command('wallet').description('certify a wallet; it moves its money'))
    .requiredOption('--customer <id>', 'a customer who can pay thirty times the amount')
    .requiredOption('--pay-to-currency <code>', 'the currency of that customer')
    .requiredOption('--pay-to-amount <minor>', 'what one order costs in it', minorUnits)
    .option('--poor-customer <id>', 'one who has less than ninety times the amount')
    .option('--patience <ms>', 'how long customers may take to agree', milliseconds, 30_000)
    .option('--redirect-port <port>', 'for auto debit: where a consent is waited for', aPort)
    .option(
      '--clock <url>',
      'a sandbox network whose time the wallet follows; moved by a year',
      aUrl,
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
      await certified('wallet', flags, (options) => certifyWallet(terms, options), flags.clock);
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
  clockUrl?: string,
): Promise<void> {
  const privateKey = privateKeyIn(flags.networkKey);
  const algorithm = algorithmOf(privateKey) as Algorithm;
  const partner = readPublicKey(readFileSync(flags.publicKey, 'utf8'));
  const partnerAlgorithm = partner === undefined ? undefined : algorithmOf(partner);
  if (partner === undefined || partnerAlgorithm === undefined) {
    throw new Error(`${flags.publicKey} holds no RSA or P-256 public key`);
  }
  const network = openNetwork();
  const reporter = reporterOf(role, flags, network);
  const clock = movableClock(realClock);
  const moveTime = clockUrl === undefined ? undefined : timeMover(clockUrl, network, clock);
  const tell = flags.json ? countOnTerminal : tellCase;
  try {
    // The smallest move there is tells what time it is there.
    const problem = await moveTime?.(1);
    if (problem !== undefined) throw new Error(problem);
    const report = await run({
      url: flags.url,
      clientId: flags.clientId,
      privateKey,
      keyVersion: flags.keyVersion,
      algorithm,
      foreignKey: createPrivateKey(generateKeys(algorithm).privateKeyPem),
      partnerKey: { algorithm: partnerAlgorithm, key: partner },
      network,
      clock,
      ...(moveTime === undefined ? {} : { moveTime }),
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
    await network.close();
  }
}

/** Where the run is reported to; none unless `--report` names a network. */
function reporterOf(
  role: CertificationReport['role'],
  flags: LineFlags,
  network: Network,
): Reporter | undefined {
  if (flags.report === undefined) return undefined;
  const { report: to, clientId, url } = flags;
  const runId = `RUN-${realRandom.digits(16)}`;
  process.stderr.write(`The run is shown at ${to}/network/certification?run=${runId}\n`);
  const failed = (problem: string) =>
    void process.stderr.write(`The run is not reported any more: ${problem}\n`);
  return createReporter({ to, runId, clientId, role, url, network, failed });
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

function aUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new InvalidArgumentError('an http or https address');
  }
  return text.replace(/\/+$/, '');
}

function minorUnits(text: string): bigint {
  if (!/^[1-9][0-9]{1,11}$/.test(text)) {
    throw new InvalidArgumentError('10 to 999999999999 minor units, digits only');
  }
  return BigInt(text);
}

function aPort(text: string): number {
  const port = Number(text);
  if (!/^[0-9]{1,5}$/.test(text) || port < 1 || port > 65_535) {
    throw new InvalidArgumentError('1 to 65535');
  }
  return port;
}

function milliseconds(text: string): number {
  if (!/^[1-9][0-9]{0,5}$/.test(text)) throw new InvalidArgumentError('1 to 999999 milliseconds');
  return Number(text);
}
