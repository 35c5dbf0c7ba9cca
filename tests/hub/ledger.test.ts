// The ledger explorer on a real Postgres: the books of any moment, statements, and nobody waits.

import { afterEach, expect, test } from 'vitest';
import type { RunningServer } from '../../src/api/server.ts';
import { present } from '../../src/base/assert.ts';
import { decideChange, proposeChange } from '../../src/caps/commands.ts';
import { closeDays } from '../../src/clearing/commands.ts';
import { readStatement } from '../../src/explorer/statementCommands.ts';
import {
  boundedRead,
  countPart,
  readAccounts,
  sumPart,
  sumsNow,
} from '../../src/explorer/store.ts';
import { balanceOf, type LedgerAccount, noSums, type Sums } from '../../src/explorer/sums.ts';
import { keepMarks, type Trial, trialAt, trialNow } from '../../src/explorer/trialCommands.ts';
import { closeAndNet, takeStep } from '../../src/settlement/commands.ts';
import { closingWorld, instant, refundOf, skipTo } from './closing.ts';
import { type Rig, startRig } from './rig.ts';
import { acquirer, korean, malaysian, paid, payForOrderCode, rates, yuan } from './scenes.ts';
import { openToAll, serve } from './serving.ts';

let rig: Rig;
afterEach(() => rig.close());

const world = () => ({ database: rig.fresh.database, clock: rig.clock });

/** The generator of the run: a linear congruence, so that every run is the same. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

/** Three days of payments, refunds, cancels and settlement, on two lanes. */
async function playDays(): Promise<void> {
  rig = await startRig({
    partners: [acquirer, malaysian, korean],
    rates,
    lanes: 2,
    start: instant('2026-11-23 09:00'),
  });
  const next = chance(7);
  for (const date of ['2026-11-23', '2026-11-24', '2026-11-25']) {
    if (date > '2026-11-23') {
      skipTo(rig, `${date} 00:30`);
      const { netted } = await closeAndNet(closingWorld(rig), { by: 'Wang' });
      for (const { batch } of netted) {
        if (batch === undefined) continue;
        const { settlementBatchId } = batch;
        const step = (verb: 'check' | 'approve' | 'send', by: string) =>
          takeStep(closingWorld(rig), { settlementBatchId, verb, by, entry: undefined });
        await step('check', 'Wang');
        await step('approve', 'Li');
        await step('send', 'Wang');
      }
    }
    for (let index = 0; index < 8; index++) {
      const id = `${date}-${index}`;
      rig.clock.skip(60_000 + next(3_600_000));
      await paid(rig, id, yuan(100 + next(90_000)), next(2) === 0 ? 'TNG' : 'KAKAO');
      if (next(3) === 0) await rig.call('CHENGDU', 'refund', refundOf(id, `R${id}`, 50));
      if (next(5) === 0) await rig.call('CHENGDU', 'cancelPayment', { paymentRequestId: id });
    }
  }
  await rig.rest();
}

/** The pages' server; on a demo network nobody has to sign in. */
async function openServer(): Promise<RunningServer> {
  await openToAll(rig);
  return serve(rig);
}

/** The same from the rows themselves: everything that is dated before a moment. */
async function recomputed(before: number): Promise<Map<number, Sums>> {
  const rows = await rig.fresh.database.query<{ account: number; d: string; c: string }>(
    'select account, sum(d) as d, sum(c) as c from (' +
      'select debit_account as account, amount as d, 0 as c from postings where posted_at < $1 ' +
      'union all select credit_account, 0, amount from postings where posted_at < $1) e ' +
      'group by account',
    [before],
  );
  return new Map(
    rows.map(({ account, d, c }) => [account, { debits: BigInt(d), credits: BigInt(c) }]),
  );
}

function expectSame(trial: Trial, sums: ReadonlyMap<number, Sums>): void {
  expect(trial.lines.filter(({ difference }) => difference !== 0n)).toEqual([]);
  for (const { accountId, name } of trial.accounts) {
    const own = trial.sums.get(accountId) ?? noSums;
    expect([name, own]).toEqual([name, sums.get(accountId) ?? noSums]);
  }
}

async function trialOf(before: number): Promise<Trial> {
  const outcome = await trialAt(world(), before, 60_000);
  if (outcome.kind !== 'read') throw new Error(outcome.kind);
  return outcome.trial;
}

async function accountOf(name: string): Promise<LedgerAccount> {
  const accounts = await readAccounts(rig.fresh.database);
  return present(
    accounts.find((account) => account.name === name),
    name,
  );
}

test('at every moment of a run the books sum to zero and are what the rows say', async () => {
  await playDays();
  const { database } = rig.fresh;
  const rows = await database.query<{ at: string }>('select posted_at as at from journals');
  const ends = rows.flatMap(({ at }) => [Number(at), Number(at) + 1]);
  const moments = [...new Set(ends)].filter((at) => at <= rig.clock.now());
  expect(moments.length).toBeGreaterThan(40);
  const check = async () => {
    for (const before of [instant('2026-11-20 00:00'), ...moments]) {
      expectSame(await trialOf(before), await recomputed(before));
    }
  };
  await check();
  // With marks it is the same; a day that is closed is final, today is not.
  expect(await keepMarks(world())).toBe(2);
  expect(await keepMarks(world())).toBe(0);
  await check();
  expect((await trialOf(instant('2026-11-25 00:00'))).isFinal).toBe(true);
  expect((await trialOf(instant('2026-11-25 01:00'))).isFinal).toBe(false);
  const now = await trialNow(world());
  expectSame(now, await recomputed(Number.MAX_SAFE_INTEGER));
  expect(now.lines.map(({ currency }) => currency)).toEqual(['CNY', 'KRW', 'MYR']);
  const ahead = await trialAt(world(), rig.clock.now() + 1, 60_000);
  expect(ahead).toEqual({ kind: 'in_future', now: rig.clock.now() });
});

interface Page {
  readonly lines: readonly {
    readonly at: string;
    readonly journalNumber: string;
    readonly ordinal: number;
    readonly reason: string;
    readonly side: 'debit' | 'credit';
    readonly amount: { readonly value: string };
    readonly balance: { readonly value: string } | null;
  }[];
  readonly closing: { readonly value: string };
  readonly next: string | null;
}

test('a statement in pages is the whole account, and a file of it ties out', async () => {
  await playDays();
  const server = await openServer();
  try {
    const get = (path: string) => fetch(`${server.url}/console/api/ledger${path}`);
    const account = await accountOf('position:CHENGDU:CNY');
    const forwards = [];
    const whole = { from: 0, to: rig.clock.now() + 1 };
    for await (const some of readStatement(world(), account, whole, 0n)) forwards.push(...some);
    const pages: Page['lines'][number][] = [];
    for (let cursor = ''; ; ) {
      const page = (await (await get(`/accounts/${account.name}?limit=7${cursor}`)).json()) as Page;
      pages.push(...page.lines);
      if (page.next === null) break;
      cursor = `&cursor=${page.next}`;
    }
    expect(forwards.length).toBeGreaterThan(50);
    expect(pages.map(({ balance }) => balance?.value).reverse()).toEqual(
      forwards.map(({ balance }) => String(balance)),
    );
    const sums = present(
      (await recomputed(Number.MAX_SAFE_INTEGER)).get(account.accountId),
      'sums',
    );
    expect(forwards.at(-1)?.balance).toBe(balanceOf(sums));

    // The file of one day begins and ends with what the books say of those moments.
    const [from, to] = [instant('2026-11-24 00:00'), instant('2026-11-25 00:00')];
    const iso = (at: number) => new Date(at).toISOString();
    const csv = await (
      await get(`/accounts/${account.name}/statement.csv?from=${iso(from)}&to=${iso(to)}`)
    ).text();
    const rows = csv.trimEnd().split('\r\n').slice(1);
    const ends = [rows.at(0), rows.at(-1)].map((row) => row?.split(',').at(-1));
    const expected = [];
    for (const at of [from, to]) {
      const own = (await recomputed(at)).get(account.accountId) ?? noSums;
      expected.push((Number(balanceOf(own)) / 100).toFixed(2));
    }
    expect(ends).toEqual(expected);
    expect(rows).toHaveLength(2 + forwards.filter(({ at }) => at >= from && at < to).length);

    // A reason narrows it down, and the balances stay those of the whole account.
    const refunds = (await (
      await get(`/accounts/${account.name}?reason=acquirer_service_fee&limit=500`)
    ).json()) as Page;
    expect(refunds.lines).toEqual(pages.filter(({ reason }) => reason === 'acquirer_service_fee'));

    // From a movement to its journal, to its payment, and back to what that did to the account.
    const { journalNumber } = present(pages.at(-1), 'the first movement');
    const journal = await (await get(`/journals/${journalNumber}`)).json();
    expect(journal).toMatchObject({
      journalNumber,
      cause: { kind: 'payment', requestKey: 'CHENGDU/2026-11-23-0' },
    });
    const { paymentId } = (journal as { cause: { paymentId: string } }).cause;
    const own = (await (
      await get(`/accounts/${account.name}?payment=${paymentId}`)
    ).json()) as Page;
    expect(own.lines.map((line) => line.journalNumber)).toContain(journalNumber);
    expect(own.lines.every(({ balance }) => balance === null)).toBe(true);

    for (const [path, status, code] of [
      ['?before=yesterday', 400, 'PARAM_ILLEGAL'],
      ['?before=2027-01-01T00:00:00Z', 400, 'IN_FUTURE'],
      ['/accounts/position:NOBODY:CNY', 404, 'NO_SUCH_ACCOUNT'],
      ['/accounts/fx:CNY?cursor=1', 400, 'PARAM_ILLEGAL'],
      ['/journals/12', 404, 'NO_SUCH_JOURNAL'],
    ] as const) {
      const answer = await get(path);
      expect([path, answer.status]).toEqual([path, status]);
      expect(await answer.json()).toMatchObject({ error: { code } });
    }
  } finally {
    await server.stop();
  }
});

test('every kind of journal names what it was made for', async () => {
  await playDays();
  const { database } = rig.fresh;
  const world = { database, clock: rig.clock, lanes: 2 };
  const proposal = { participantId: 'TNG', by: 'Wang', amount: 500n } as const;
  for (const kind of ['top_up', 'withdrawal'] as const) {
    const proposed = await proposeChange(world, { ...proposal, kind, bankReference: kind });
    const changeId = 'change' in proposed ? proposed.change.changeId : '';
    await decideChange(world, { changeId, verb: 'approve', by: 'Li' });
  }
  const server = await openServer();
  try {
    const journals = await database.query<{ n: string }>(
      'select journal_number as n from journals',
    );
    const kinds = new Set<string>();
    for (const { n } of journals) {
      const answer = await fetch(`${server.url}/console/api/ledger/journals/${n}`);
      kinds.add(((await answer.json()) as { cause: { kind: string } }).cause.kind);
    }
    const all = ['cancellation', 'payment', 'refund', 'settlement', 'top_up', 'withdrawal'];
    expect([...kinds].sort()).toEqual(all);
    const [topUp] = await database.query<{ n: string }>(
      "select journal_number as n from cap_changes where kind = 'top_up'",
    );
    const found = await fetch(`${server.url}/console/api/ledger/journals/${topUp?.n}`);
    expect(((await found.json()) as { cause: object }).cause).toEqual({
      kind: 'top_up',
      changeId: 'K00000001',
      bankReference: 'top_up',
      by: 'Li',
    });
    const narrowed = await fetch(
      `${server.url}/console/api/ledger/accounts/deposit:TNG:MYR?reason=deposit_top_up`,
    );
    expect(((await narrowed.json()) as Page).lines).toHaveLength(1);
  } finally {
    await server.stop();
  }
});

test('while the ledger is read, payments go on and days close', async () => {
  rig = await startRig({
    partners: [acquirer, malaysian],
    rates,
    start: instant('2026-11-23 12:00'),
  });
  await paid(rig, 'P1', yuan(10_000));
  const { database } = rig.fresh;
  const reader = database.session('a reader that does not end');
  const everything = { from: 0, to: Number.MAX_SAFE_INTEGER };
  const begin = { text: 'begin isolation level repeatable read read only', values: [] };
  await reader.run([begin, sumsNow(null), sumPart(everything), countPart(everything)]);
  await paid(rig, 'P2', yuan(20_000));
  await rig.call('CHENGDU', 'pay', payForOrderCode('P3', yuan(100)));
  skipTo(rig, '2026-11-24 00:30');
  const closed = await closeDays(closingWorld(rig), { by: 'Wang' });
  expect(closed.kind).toBe('closed');
  expect(await keepMarks(world())).toBe(1);
  // What it sees has not moved under it.
  const [[counted] = []] = await reader.run([countPart(everything)]);
  expect(counted).toEqual(['1']);
  await reader.run([{ text: 'rollback', values: [] }]);
  // A read that takes too long is ended by the server and leaves nothing behind.
  const slow = { text: 'select pg_sleep(3)', values: [] };
  await expect(boundedRead(database, [slow], 100)).rejects.toMatchObject({ code: '57014' });
  expectSame(await trialNow(world()), await recomputed(Number.MAX_SAFE_INTEGER));
});
