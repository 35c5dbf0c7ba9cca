// `wayfare code read`: what a scanned or pasted code says, for operators and scripts.

import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { Command } from 'commander';
import { type CodeReading, MAX_CODE_LENGTH, readCode } from '../codes/read.ts';

interface ReadFlags {
  readonly file?: string;
  readonly json?: boolean;
}

const HELP = `
A code is TEXT, or each line of the file, or each line of standard input when neither is given;
empty lines are passed over. A code has at most ${MAX_CODE_LENGTH} characters. It can be a
merchant's EMVCo code of any country, an EMVCo consumer-presented code, a payment code, an
order code or a web address.

With --json every code is one JSON object on one line:
  {valid, kind, problems[{code, severity, message, tag, at}], scheme, merchantName, city, country,
   currency, currencyNumeric, amount, payable, reason, ...}

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
    .addHelpText('after', HELP)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
  read.action(async (text: string | undefined, flags: ReadFlags) => {
    if (text !== undefined && flags.file !== undefined) {
      read.error('error: give TEXT or --file, not both', { exitCode: 2 });
    }
    const print = flags.json ? jsonLine : table();
    if (text !== undefined) {
      process.stdout.write(print(text, readCode(text)));
      return;
    }
    if (flags.file !== undefined && !(await isReadable(flags.file))) {
      read.error(`error: the file ${flags.file} cannot be read`, { exitCode: 2 });
    }
    const source = flags.file === undefined ? process.stdin : createReadStream(flags.file);
    await readLines(source, print);
  });
  return command.addCommand(read);
}

type Print = (text: string, reading: CodeReading) => string;

async function readLines(source: Readable, print: Print): Promise<void> {
  const lines = createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    if (line.trim() !== '' && !process.stdout.write(print(line, readCode(line)))) {
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

const jsonLine: Print = (_text, reading) => `${JSON.stringify(reading)}\n`;

const COLUMNS = [
  ['VERDICT', 8],
  ['KIND', 14],
  ['SCHEME', 22],
  ['MERCHANT', 26],
  ['CITY', 16],
  ['AMOUNT', 14],
] as const;

/** Prints a row a code, the head before the first; problems stand below their code. */
function table(): Print {
  let head = `${row(COLUMNS.map(([name]) => name))}\n`;
  return (_text, reading) => {
    const before = head;
    head = '';
    const amount = [reading.amount, reading.currency].filter((part) => part !== null).join(' ');
    const cells = [
      reading.valid ? 'valid' : 'INVALID',
      reading.kind.replace('_', ' '),
      reading.scheme ?? '-',
      reading.merchantName ?? '-',
      reading.city ?? '-',
      amount === '' ? '-' : amount,
    ];
    const problems = reading.problems.map(({ severity, tag, message }) => {
      const place = tag === undefined ? '' : ` (tag ${tag})`;
      return `         ${severity}: ${message}${place}\n`;
    });
    return `${before}${row(cells.map(printable))}\n${problems.map(printableLine).join('')}`;
  };
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
