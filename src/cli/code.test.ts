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
    expect(output).toMatch(/^VERDICT +KIND +WHOSE +ISSUER/);
    expect(output).toMatch(/\nvalid +order code +own code +Wayfare .* yes/);
    expect(output).toMatch(/\nINVALID +unknown/);
    expect(output).toContain('error: the text is no code that this network knows');
    expect(output.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  it('says whose code it is, who could pay it and why not', async () => {
    const { output } = await run(['--json', '--wallet', 'TNG'], `wxp://f2f0\n${ORDER_CODE}\n`);
    expect(readings(output)).toMatchObject([
      {
        payable: false,
        identified: { whose: 'personal_code', refusal: { reason: 'personal_code', side: 'shop' } },
      },
      { payable: true, identified: { isSupported: true, postCodeMatchActionType: 'DECODE' } },
    ]);
    const told = await run([], 'wxp://f2f0\n');
    expect(told.output).toMatch(/\nknown +unknown +personal code +WeChat Pay/);
    expect(told.output).toContain('shop: This WeChat Pay code sends money to a person');
  });

  it('goes by the rules of a file, and refuses a wrong one', async () => {
    const file = join(folder, 'rules.json');
    const rule = {
      id: 'mine',
      codeMatchPattern: { matchMethod: 'PREFIX', prefix: 'mine:' },
      postCodeMatchAction: { postCodeMatchActionType: 'DECODE' },
      trusted: true,
      whose: 'own_code',
      issuer: { id: 'MINE', en: 'Mine', zh: 'Mine' },
      wallets: 'all',
    };
    writeFileSync(file, JSON.stringify({ rules: [rule] }));
    const good = await run(['mine:1', '--json', '--rules', file]);
    expect(readings(good.output)).toMatchObject([
      { payable: true, identified: { isSupported: true } },
    ]);
    writeFileSync(file, JSON.stringify({ rules: [{ ...rule, colour: 'red' }] }));
    const bad = await run(['mine:1', '--rules', file]);
    expect([bad.exitCode, bad.complaint]).toEqual([2, expect.stringContaining('colour')]);
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
