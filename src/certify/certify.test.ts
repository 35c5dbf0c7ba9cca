// A sound wallet passes every acceptance case; one that breaks a rule fails exactly that rule's.

import { createPrivateKey, createPublicKey } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { movableClock } from '../host/movableClock.ts';
import { openNetwork } from '../host/network.ts';
import { realClock, realRandom } from '../host/world.ts';
import { generateKeys } from '../wire/signature.ts';
import type { CertificationOptions, CertificationReport } from './certify.ts';
import { certifyWallet } from './certify.ts';
import { writtenCase, writtenSum } from './table.ts';
import {
  type FixtureWallet,
  startWallet,
  type WalletFault,
  walletFaults,
  windowFaults,
} from './wallet.fixture.ts';

const network = openNetwork();
afterAll(() => network.close());

const hub = generateKeys('ES256');
const foreignKey = createPrivateKey(generateKeys('ES256').privateKeyPem);

interface Run {
  readonly report: CertificationReport;
  readonly debited: bigint;
  readonly progress: string[];
}

function certifyAt(
  { url, publicKey }: Pick<FixtureWallet, 'url' | 'publicKey'>,
  poor: { readonly poorCustomerId?: string },
  progress: string[] = [],
  time: Pick<CertificationOptions, 'clock' | 'moveTime'> = { clock: realClock },
): Promise<CertificationReport> {
  const terms = {
    acquirerId: 'CERTIFY',
    pspId: 'FIXTURE',
    customerId: 'RICH',
    ...poor,
    orderCurrency: 'CNY',
    orderMinor: 1_000n,
    payToCurrency: 'MYR',
    payToMinor: 611n,
    patienceMs: 1,
  };
  return certifyWallet(terms, {
    url,
    clientId: 'FIXTURE',
    privateKey: createPrivateKey(hub.privateKeyPem),
    keyVersion: '1',
    algorithm: 'ES256',
    foreignKey,
    partnerKey: { algorithm: 'ES256', key: publicKey },
    network,
    ...time,
    random: realRandom,
    limitMs: 2_000,
    progress: ({ id }, done, of) => void progress.push(`${done}/${of} ${id}`),
  });
}

async function certified(
  fault?: WalletFault,
  poor: { readonly poorCustomerId?: string } = { poorCustomerId: 'POOR' },
): Promise<Run> {
  const wallet = await startWallet('FIXTURE', createPublicKey(hub.publicKeyPem), fault);
  const progress: string[] = [];
  try {
    const report = await certifyAt(wallet, poor, progress);
    return { report, debited: wallet.debited(), progress };
  } finally {
    await wallet.close();
  }
}

const failedIn = (report: CertificationReport) =>
  report.cases.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);

describe('a sound wallet', () => {
  test('passes, and its books agree with what it said', async () => {
    const { report, debited, progress } = await certified();
    expect(report.cases.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(report.passed).toBe(true);
    expect(report.debited).toEqual({ currency: 'MYR', value: String(debited) });
    expect(progress.at(-1)).toBe(`${report.cases.length}/${report.cases.length} in-time`);
    expect(report.cases.map(({ id }) => id)).toEqual([...walletFaults]);
  });

  test('a case that needs more than it was given is skipped, and says what', async () => {
    const { report } = await certified(undefined, {});
    expect(report.counts.skipped).toBe(1);
    expect(report.passed).toBe(true);
    const skipped = report.cases.find(({ verdict }) => verdict === 'skipped');
    expect(skipped).toMatchObject({ id: 'balance-not-enough', hint: null });
    expect(skipped?.problem).toContain('--poor-customer');
  });
});

describe('a wallet that breaks one rule', () => {
  test.each(walletFaults)('%s: fails exactly that case', async (fault) => {
    const { report } = await certified(fault);
    expect(failedIn(report)).toEqual([fault]);
    const failed = report.cases.find(({ id }) => id === fault);
    expect(failed?.hint).toBeTruthy();
    expect(failed?.problem).toBeTruthy();
    expect(report.passed).toBe(false);
  });
});

describe('with a network whose time can be moved', () => {
  /** The network's time is the wallet's own; a wallet that is `deaf` does not hear of a move. */
  async function certifiedInTime(fault: WalletFault | undefined, deaf = false) {
    const clock = movableClock(realClock);
    const now = deaf ? realClock.now : clock.now;
    const wallet = await startWallet('FIXTURE', createPublicKey(hub.publicKeyPem), fault, now);
    const time = {
      // Nobody waits for real while a test waits for a wallet that will not hear.
      clock: deaf ? { ...clock, elapsed: () => clock.elapsed() * 100 } : clock,
      moveTime: async (advanceMs: number) => void clock.moveTo(clock.offsetMs() + advanceMs),
    };
    try {
      const poor = { poorCustomerId: 'POOR' };
      const report = await certifyAt(wallet, poor, [], time);
      return { report, debited: wallet.debited(), wentBy: clock.offsetMs() };
    } finally {
      await wallet.close();
    }
  }

  test('a sound wallet keeps its windows, and its books agree', async () => {
    const { report, debited, wentBy } = await certifiedInTime(undefined);
    expect(report.cases.map(({ id }) => id)).toEqual([
      ...walletFaults.slice(0, -1),
      ...windowFaults,
      'in-time',
    ]);
    expect(failedIn(report)).toEqual([]);
    expect(report.debited).toEqual({ currency: 'MYR', value: String(debited) });
    expect(wentBy).toBeGreaterThan(365 * 86_400_000);
  });

  test.each(windowFaults)('%s: fails exactly that case', async (fault) => {
    expect(failedIn((await certifiedInTime(fault)).report)).toEqual([fault]);
  });

  test('a wallet that does not follow the time is told so', async () => {
    const { report } = await certifiedInTime(undefined, true);
    const problem = report.cases.find(({ id }) => id === 'cancel-next-day')?.problem;
    expect(problem).toMatch(/does not follow the time/);
  });
});

test('nobody at the address: every case fails with words, none breaks', async () => {
  const wallet = await startWallet('FIXTURE', createPublicKey(hub.publicKeyPem));
  await wallet.close();
  const report = await certifyAt(wallet, {});
  expect(report.counts.pass).toBeLessThanOrEqual(1);
  expect(report.cases.find(({ id }) => id === 'pay')?.problem).toContain('no answer');
  expect(writtenSum(report)).toMatch(/^NOT CERTIFIED\n/);
  const written = report.cases.map(writtenCase).join('\n');
  expect(written).toContain('What to change:');
  expect(written).toContain('answered nothing');
});
