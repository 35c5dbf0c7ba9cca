// `wayfare code read`: what a scanned or pasted code says, for operators and scripts.

import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { Command } from 'commander';
import { type IdentifyOptions, type Identity, identify } from '../codes/identify.ts';
import { withPaymentCodes } from '../codes/paymentCodeRules.ts';
import { presetRuleSet } from '../codes/presetRules.ts';
import { MAX_CODE_LENGTH } from '../codes/read.ts';
import { publishRules } from '../codes/readCodeRules.ts';
import type { RefusalMessage } from '../codes/refusals.ts';
import type { RoutingNumbers } from '../network/codeIssuer.ts';
import { readCodeRulesFile } from './codeRulesFile.ts';

/** With whom each routing number names, where the network was asked. */
type CodeOptions = IdentifyOptions & { readonly numbers?: RoutingNumbers };

interface ReadFlags {
  readonly file?: string;
  readonly json?: boolean;
  readonly rules?: string;
  readonly wallet?: string;
  readonly network?: boolean;
}

const HELP = `
A code is TEXT, or each line of the file, or each line of standard input when neither is given;
empty lines are passed over. A code has at most ${MAX_CODE_LENGTH} characters. It can be a
merchant's EMVCo code of any country, an EMVCo consumer-presented code, a payment code, an
order code or a web address.

With --json every code is one JSON object on one line:
  {valid, kind, problems[{code, severity, message, tag, at}], scheme, merchantName, city, country,
   currency, currencyNumeric, amount, payable, reason, ...,
   identified{isSupported, postCodeMatchActionType, redirectUrl, whose, issuer, rule, wallets,
    refusal{reason, side, resultCode, instead, message{en, zh}}}}
"identified" is the judgement for a wallet that scans the code; "payable" is true as well for a
payment code of this network, which a till scans. Whose payment code it is its routing number says:
without --network or --rules the numbers are those of the sandbox's wallets; with --network also
the wallet is named, as "codeIssuer".

The exit code is 0 when every code was judged, valid or not, and 2 when the command was misused.

A TEXT that begins with a dash goes after --.`;

/** The command `code`, with `read` below it. */
export function codeCommand(): Command {
  const command = new Command('code').description('read payment codes and QR texts');
  const read = new Command('read')
    .description('judge one code, or one a line')
    .argument('[text]', 'the text of one code')
    .option('--file <lines>', 'a file with one code a line')
    .option('--json', 'print one JSON object a code')
    .option('--wallet <id>', 'judge it for this wallet')
    .option('--rules <file>', 'go by the code rules of this file')
    .option('--network', 'know the payment codes by the wallets of this network')
    .addHelpText('after', HELP)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
  read.action(async (text: string | undefined, flags: ReadFlags) => {
    if (text !== undefined && flags.file !== undefined) {
      read.error('error: give TEXT or --file, not both', { exitCode: 2 });
    }
    const given = optionsOf(read, flags);
    const { numbers, ...options } = flags.network ? await ofThisNetwork(given) : given;
    const print = flags.json ? jsonLines(numbers) : table(numbers);
    if (text !== undefined) {
      process.stdout.write(print(identify(text, options)));
      return;
    }
    if (flags.file !== undefined && !(await isReadable(flags.file))) {
      read.error(`error: the file ${flags.file} cannot be read`, { exitCode: 2 });
    }
    const source = flags.file === undefined ? process.stdin : createReadStream(flags.file);
    await readLines(source, print, options);
  });
  return command.addCommand(read);
}

/** A file of rules that cannot be used is a misuse of the command. */
function optionsOf(command: Command, { rules, wallet }: ReadFlags): CodeOptions {
  const now = Date.now();
  const named = wallet === undefined ? { now } : { now, walletId: wallet };
  if (rules === undefined) return named;
  try {
    return { ...named, rules: readCodeRulesFile(rules).set };
  } catch (error) {
    return command.error(`error: ${(error as Error).message}`, { exitCode: 2 });
  }
}

/** Rules that know this network's wallets, and whom each routing number names. */
async function ofThisNetwork(
  options: CodeOptions,
): Promise<CodeOptions & { numbers: RoutingNumbers }> {
  // Reading a code needs no database otherwise, and none of the code that opens one.
  const { withDatabase } = await import('./withDatabase.ts');
  const { readDirectory } = await import('../network/store.ts');
  const { routingNumbers } = await withDatabase((database) => readDirectory(database));
  const { rules } = options.rules ?? presetRuleSet;
  const { set } = publishRules(withPaymentCodes(rules, [...routingNumbers.keys()]));
  return { ...options, rules: set, numbers: routingNumbers };
}

/** The wallet that a payment code names; null where it names none, or nobody has asked. */
function issuerOf({ reading }: Identity, numbers: RoutingNumbers | undefined): string | null {
  return numbers?.get(reading.paymentCode?.routingNumber ?? '') ?? null;
}

type Print = (identity: Identity) => string;

async function readLines(source: Readable, print: Print, options: IdentifyOptions): Promise<void> {
  const lines = createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    if (line.trim() !== '' && !process.stdout.write(print(identify(line, options)))) {
      // A slow reader of our output slows the reading of our input.
      await new Promise((resolve) => process.stdout.once('drain', resolve));
    }
  }
}

async function isReadable(file: string): Promise<boolean> {
  return access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
}

/** What the code says, and beside it the judgement; `payable` and `reason` follow the rules. */
const jsonLines =
  (numbers: RoutingNumbers | undefined): Print =>
  (identity) => {
    const { reading, ...identified } = identity;
    const { reason, ...said } = reading;
    const codeIssuer = issuerOf(identity, numbers);
    const named = codeIssuer === null ? {} : { codeIssuer };
    const payable = reading.payable || identified.isSupported;
    const why = payable ? {} : { reason: reason ?? identified.refusal?.reason };
    return `${JSON.stringify({ ...said, payable, ...why, ...named, identified })}\n`;
  };

const COLUMNS = [
  ['VERDICT', 8],
  ['KIND', 14],
  ['WHOSE', 15],
  ['ISSUER', 24],
  ['MERCHANT', 22],
  ['AMOUNT', 14],
  ['PAYABLE', 8],
] as const;

/** Prints a row a code, the head before the first; below it why not, and its problems. */
function table(numbers: RoutingNumbers | undefined): Print {
  let head = `${row(COLUMNS.map(([name]) => name))}\n`;
  return (identity) => {
    const { reading, isSupported, whose, issuer, rule, refusal } = identity;
    // A rule knows texts that no grammar describes, as a competitor's addresses.
    const known = reading.kind === 'unknown' && rule !== null;
    const before = head;
    head = '';
    const amount = [reading.amount, reading.currency].filter((part) => part !== null).join(' ');
    const cells = [
      known ? 'known' : reading.valid ? 'valid' : 'INVALID',
      reading.kind.replace('_', ' '),
      whose.replaceAll('_', ' '),
      issuerOf(identity, numbers) ?? issuer?.en ?? reading.scheme ?? '-',
      reading.merchantName ?? '-',
      amount === '' ? '-' : amount,
      isSupported ? 'yes' : 'no',
    ];
    const why = refusal === null ? [] : whyNot(refusal);
    const problems = (known ? [] : reading.problems).map(({ severity, tag, message }) => {
      const place = tag === undefined ? '' : ` (tag ${tag})`;
      return `         ${severity}: ${message}${place}\n`;
    });
    const below = [...why, ...problems].map(printableLine).join('');
    return `${before}${row(cells.map(printable))}\n${below}`;
  };
}

function whyNot({ side, message: { en } }: RefusalMessage): string[] {
  return [`         ${side}: ${en.what}`, `         ${en.next}`];
}

function row(cells: readonly string[]): string {
  return cells
    .map((cell, index) => fitted(cell, COLUMNS[index]?.[1] ?? 0))
    .join(' ')
    .trimEnd();
}

/** A cell of exactly `width` columns; Chinese, Japanese and Korean characters take two. */
function fitted(text: string, width: number): string {
  let used = 0;
  let kept = '';
  for (const character of text) {
    const columns = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/u.test(
      character,
    )
      ? 2
      : 1;
    if (used + columns > width) {
      break;
    }
    used += columns;
    kept += character;
  }
  return kept + ' '.repeat(width - used);
}

/** A code is a stranger's text: control characters would drive the terminal. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, '?');
}

function printableLine(line: string): string {
  return `${printable(line.trimEnd())}\n`;
}
