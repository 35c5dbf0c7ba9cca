// `wayfare signature check`: why the signature of a message in a file does or does not fit.

import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { diagnoseSignature } from '../wire/checkSignature.ts';
import { type Diagnosis, type RegisteredKey, visibleText } from '../wire/signatureDiagnosis.ts';
import { signatureFaults } from '../wire/signatureFaults.ts';
import { readPastedMessage } from '../wire/signatureRequest.ts';
import { parseTime } from '../wire/time.ts';

interface CheckFlags {
  readonly key: readonly string[];
  readonly at?: string;
  readonly json?: boolean;
}

const HELP = `
FILE holds one message: HTTP text (POST /path, headers, an empty line, the body) or a JSON object
{method, path, headers, body}. Give --key once a key, as VERSION=FILE or FILE (version 1).
The age of the time is judged by this machine's clock, or by --at.

With --json: {valid, findings[{fault, words, detail}], content, signedContent}.
The exit code is 0 when the signature is valid, 1 when it is not, 2 when the command was misused.`;

/** The command `signature`, with `check` below it. */
export function signatureCommand(): Command {
  const check = new Command('check')
    .description('say exactly why a signature fails')
    .argument('<file>', 'a file with the message')
    .requiredOption('--key <key>', 'a public key of the sender', collect, [])
    .option('--at <time>', 'the time to judge by, ISO 8601 with an offset')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
  check.action(async (file: string, flags: CheckFlags) => {
    const misuse = (problem: string) => check.error(`error: ${problem}`, { exitCode: 2 });
    const now = flags.at === undefined ? Date.now() : parseTime(flags.at);
    if (now === undefined) misuse('--at is no ISO 8601 time with an offset');
    const read = readPastedMessage(await textOf(file, misuse));
    if (!read.ok) return misuse(read.problem);
    const keys = await Promise.all(flags.key.map((each) => keyOf(each, misuse)));
    const diagnosis = await diagnoseSignature({ message: read.message, keys, now: now as number });
    process.stdout.write(flags.json ? `${JSON.stringify(told(diagnosis))}\n` : page(diagnosis));
    process.exitCode = diagnosis.valid ? 0 : 1;
  });
  return new Command('signature').description('examine signed messages').addCommand(check);
}

type Misuse = (problem: string) => void;

const collect = (value: string, before: readonly string[]) => [...before, value];

async function textOf(file: string, misuse: Misuse): Promise<string> {
  try {
    // A byte order mark is evidence: it stays.
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await readFile(file));
  } catch (error) {
    misuse(`the file ${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
    return '';
  }
}

async function keyOf(flag: string, misuse: Misuse): Promise<RegisteredKey> {
  const [, keyVersion = '1', file = flag] = /^([^=/.]+)=(.+)$/.exec(flag) ?? [];
  return { keyVersion, publicKey: await textOf(file, misuse) };
}

function told(diagnosis: Diagnosis) {
  const findings = diagnosis.findings.map(({ fault, detail }) => ({
    fault,
    words: signatureFaults[fault].en,
    ...(detail === undefined ? {} : { detail }),
  }));
  return { ...diagnosis, findings };
}

function page({ valid, findings, content, signedContent }: Diagnosis): string {
  const lines = [valid ? 'VALID' : 'INVALID'];
  for (const { fault, detail } of findings) {
    const more = detail === undefined ? '' : ` (${detail})`;
    lines.push(`  ${fault}${more}: ${signatureFaults[fault].en}`);
  }
  if (content !== undefined) lines.push('', 'what has to be signed:', visibleText(content));
  if (signedContent !== undefined) lines.push('', 'what was signed:', visibleText(signedContent));
  return `${lines.join('\n')}\n`;
}
