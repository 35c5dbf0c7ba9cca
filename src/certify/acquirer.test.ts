// A sound acquirer passes every acceptance case; one that breaks a rule fails exactly that rule's.

import { createPrivateKey, createPublicKey } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import type { Clock } from '../base/world.ts';
import { movableClock } from '../host/movableClock.ts';
import { openNetwork } from '../host/network.ts';
import { realClock, realRandom } from '../host/world.ts';
import { generateKeys } from '../wire/signature.ts';
import { type AcquirerFault, acquirerFaults, startAcquirer } from './acquirer.fixture.ts';
import { type ActFault, actFaults, actWindowFaults } from './acquirerActs.fixture.ts';
import { type CodeFault, codeFaults } from './acquirerCodes.fixture.ts';
import type { CertificationReport } from './certify.ts';
import { certifyAcquirer } from './certify.ts';
import { createHearing } from './hearing.ts';
import type { Task } from './listening.ts';

const network = openNetwork();
afterAll(() => network.close());

const hub = generateKeys('ES256');
const foreignKey = createPrivateKey(generateKeys('ES256').privateKeyPem);

/** Its pauses are a hundred times as short: the test acquirer is never slow. */
const hastyClock: Clock = {
  ...realClock,
  wait: (delayMs, task) => realClock.wait(delayMs / 100, task),
};

async function certified(
  fault: AcquirerFault | CodeFault | ActFault | undefined,
  orders: {
    readonly openOrder?: string;
    readonly failingOrder?: string;
    readonly privateCode?: string;
    readonly nationalCode?: string;
  },
  acts?: 'acts' | 'acts, and its time is moved',
): Promise<CertificationReport> {
  const clock = movableClock(hastyClock);
  const hearing = createHearing(clock, 150);
  const listening =
    acts === undefined
      ? {}
      : { listening: { hearing, ask: (task: Task): Promise<void> => acquirer.act(task) } };
  const time =
    acts === 'acts, and its time is moved'
      ? { moveTime: async (byMs: number) => void clock.moveTo(clock.offsetMs() + byMs) }
      : {};
  const acquirer = await startAcquirer('FIXTURE', createPublicKey(hub.publicKeyPem), fault, {
    hearing,
    now: clock.now,
  });
  const terms = { acquirerId: 'FIXTURE', pspId: 'TNG', orderCurrency: 'CNY', orderMinor: 1_000n };
  try {
    return await certifyAcquirer(
      { ...terms, ...orders },
      {
        url: acquirer.url,
        clientId: 'FIXTURE',
        privateKey: createPrivateKey(hub.privateKeyPem),
        keyVersion: '1',
        algorithm: 'ES256',
        foreignKey,
        partnerKey: { algorithm: 'ES256', key: acquirer.publicKey },
        network,
        clock,
        ...listening,
        ...time,
        random: realRandom,
        limitMs: 1_000,
        progress: () => undefined,
      },
    );
  } finally {
    await acquirer.close();
  }
}

const both = { openOrder: 'OPEN', failingOrder: 'FAILING' };
const withVerdict = (report: CertificationReport, verdict: string) =>
  report.cases.filter((each) => each.verdict === verdict).map(({ id }) => id);

test('a sound acquirer passes', async () => {
  const report = await certified(undefined, both);
  expect(report.cases.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  expect(report).toMatchObject({ role: 'acquirer', passed: true });
});

test('without orders, the cases that need them are skipped and say how to have them', async () => {
  const report = await certified(undefined, {});
  expect(report.passed).toBe(true);
  expect(withVerdict(report, 'skipped')).toEqual([
    'notice-other-amount',
    'notice-paid',
    'notice-twice',
    'unknown-fields',
    'notice-failed',
  ]);
});

test.each(acquirerFaults)('%s: fails exactly that case', async (fault) => {
  const report = await certified(fault, both);
  expect(withVerdict(report, 'fail')).toEqual([fault]);
});

const idsOf = ({ cases }: CertificationReport) => cases.map(({ id }) => id);
const codes = { privateCode: 'PRIVATE', nationalCode: 'NATIONAL' };

test('codes of its own are looked at only where it names one', async () => {
  const without = await certified(undefined, both);
  const report = await certified(undefined, { ...both, ...codes });
  expect(report.cases.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  const added = report.cases.map(({ id }) => id).filter((id) => !idsOf(without).includes(id));
  expect(added).toEqual(codeFaults);
});

test.each(codeFaults)('%s: fails exactly that case of codes', async (fault) => {
  const report = await certified(fault, { ...both, ...codes });
  expect(withVerdict(report, 'fail')).toEqual([fault]);
});

test('asked to do things itself, a sound acquirer passes', async () => {
  const report = await certified(undefined, both, 'acts, and its time is moved');
  expect(report.cases.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  const without = idsOf(await certified(undefined, both));
  const added = idsOf(report).filter((id) => !without.includes(id));
  expect(added).toEqual([...actFaults, ...actWindowFaults]);
  const answered = report.cases.find(({ id }) => id === 'retrieval-answered');
  expect(answered?.calls.map(({ api }) => api)).toEqual(['responseRetrieval (from the partner)']);
});

test.each(actFaults)('%s: fails exactly that case of its own acts', async (fault) => {
  const report = await certified(fault, both, 'acts');
  expect(withVerdict(report, 'fail')).toEqual([fault]);
});

test.each(actWindowFaults)('%s: fails exactly that case of its windows', async (fault) => {
  const report = await certified(fault, both, 'acts, and its time is moved');
  expect(withVerdict(report, 'fail')).toEqual([fault]);
});
