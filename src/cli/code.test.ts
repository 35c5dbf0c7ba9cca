// `wayfare code read` as a shell sees it: lines in, judgements out, and the exit code.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeOrderCode } from '../codes/orderCode.ts';

const ORDER_CODE = writeOrderCode({ slot: 1, number: '4097', nonce: '12345678' });
// The command is started as `wayfare` starts it, without the other commands.
const PROGRAM = `
import { Command } from 'commander';
import { codeCommand } from ${JSON.stringify(new URL('./code.ts', import.meta.url).href)};
const program = new Command('wayfare').addCommand(codeCommand());
await program.parseAsync(process.argv.slice(1), { from: 'user' });
`;

interface Outcome {
  readonly exitCode: number;
  readonly output: string;
  readonly complaint: string;
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wayfare-code-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(parts: readonly string[], input = ''): Promise<Outcome> {
  const start = ['--input-type=module', '-e', PROGRAM, '--', 'code', 'read', ...parts];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, start, (failure, output, complaint) => {
      resolve({ exitCode: failure === null ? 0 : Number(failure.code), output, complaint });
    });
    child.stdin?.end(input);
  });
}

function readings(output: string): Record<string, unknown>[] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

describe('wayfare code read', () => {
  it('judges one text', async () => {
    const { exitCode, output } = await run([ORDER_CODE, '--json']);
    expect(exitCode).toBe(0);
    expect(readings(output)).toMatchObject([{ valid: true, kind: 'order_code', payable: true }]);
  });

  it('judges every line of a file, the unended last and the broken ones too', async () => {
    const file = join(folder, 'codes.txt');
    writeFileSync(file, `${ORDER_CODE}\r\n\nhello\n${'9'.repeat(600)}\n000201`);
    const { exitCode, output } = await run(['--file', file, '--json']);
    expect(exitCode).toBe(0);
    expect(readings(output).map(({ valid, kind }) => [valid, kind])).toEqual([
      [true, 'order_code'],
      [false, 'unknown'],
      [false, 'unknown'],
      [false, 'merchant_code'],
    ]);
  });

  it('judges standard input when nothing is named', async () => {
    const lines = `${ORDER_CODE}\n281006020000000000125733\n`;
    const { exitCode, output } = await run(['--json'], lines);
    expect(exitCode).toBe(0);
    expect(readings(output).map(({ kind }) => kind)).toEqual(['order_code', 'payment_code']);
  });

  it('prints a table for people, without control characters', async () => {
    const { exitCode, output } = await run([], `${ORDER_CODE}\n00\u001b[2J\nhello\n`);
    expect(exitCode).toBe(0);
    expect(output).toMatch(/^VERDICT +KIND +SCHEME/);
    expect(output).toMatch(/\nvalid +order code +Wayfare/);
    expect(output).toMatch(/\nINVALID +unknown/);
    expect(output).toContain('error: the text is no code that this network knows');
    expect(output.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  it('ends with 2 when it is misused', async () => {
    const both = await run(['text', '--file', 'lines.txt']);
    expect([both.exitCode, both.complaint]).toEqual([2, expect.stringContaining('not both')]);
    const absent = await run(['--file', join(folder, 'absent.txt')]);
    expect([absent.exitCode, absent.complaint]).toEqual([2, expect.stringContaining('absent.txt')]);
    expect((await run(['--nonsense'])).exitCode).toBe(2);
    expect((await run(['one', 'two'])).exitCode).toBe(2);
    expect((await run(['--help'])).exitCode).toBe(0);
  });
});
