// What goes on in a network while somebody looks at its pages: commands, and payments at a till.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { RunningNetwork } from '../support/network.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** `wayfare … --json` beside the network of this home; throws what it complains of. */
export async function wayfare<T>(home: string, ...words: readonly string[]): Promise<T> {
  const { DATABASE_URL: _, ...environment } = process.env;
  const env = { ...environment, WAYFARE_HOME: home };
  const command = ['bin/wayfare.mjs', ...words, '--json'];
  const { stdout } = await run(process.execPath, command, { cwd: root, env });
  return JSON.parse(stdout) as T;
}

/** A wallet's first customer pays so many fen for noodles; what the till has of it. */
export async function payAtTill(
  network: Pick<RunningNetwork, 'call'>,
  value: string,
  walletId = 'TNG',
): Promise<{ readonly status: string; readonly resultCode: string | null }> {
  const customerId = `${walletId.replaceAll('_', '')}-0001`;
  const customer = `/sandbox/wallets/${walletId}/customers/${customerId}`;
  const till = '/sandbox/acquirers/CHENGDU_PAY/tills/TILL-NOODLES-1';
  const { codes } = await network.call<{ codes: { code: string }[] }>('POST', `${customer}/codes`, {
    quantity: 1,
  });
  const amount = { currency: 'CNY', value };
  return network.call('POST', `${till}/payments`, { amount, code: codes[0]?.code });
}
