// A partner trusts no file that is not what the network's signed list says of it.

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { realClock } from '../host/world.ts';
import { createBookDesk } from './book-commands.ts';
import { createBookStore } from './book-store.ts';
import { openSandboxDatabase } from './database-store.ts';
import type { HubLink } from './hub-link.ts';
import { sandboxWallets } from './partners.ts';

const date = '2026-11-22';
const wallet = present(
  sandboxWallets.find(({ id }) => id === 'TNG'),
  'a wallet',
);
const items = (...rows: string[]) =>
  [
    'participantAgreementId,settlementCurrency,totalCount',
    `TNG-MYR,MYR,${rows.length}`,
    '',
    'transactionType,paymentRequestId,refundRequestId,grossAmountValue',
    ...rows,
    '<END>',
    '',
  ].join('\r\n');
const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

let home: string;
let database: DatabaseSync;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'wayfare-books-'));
  database = openSandboxDatabase(home);
});
afterEach(() => {
  database.close();
  rmSync(home, { recursive: true, force: true });
});

interface Hub {
  /** Contents by the number of the file; the list has them in this order. */
  readonly files: readonly (readonly [seq: string, content: string, digest?: string])[];
  readonly isSigned?: boolean;
  readonly answer?: object;
  /** It does not answer what is handed in. */
  readonly isSilent?: boolean;
}

/** Compares the day with a hub that has these files; gives what was handed in too. */
async function compared({ files, isSigned = true, answer = success, isSilent = false }: Hub) {
  const sent: string[] = [];
  const at = (seq: string) => `/sandbox/TNG/transactionItems_${seq}.csv`;
  const answered = (text: string, signed: boolean) =>
    ({ kind: 'answered', answer: { bytes: Buffer.from(text), isSigned: signed } }) as const;
  const list = files.map(([seq, content, sha256 = digestOf(content)]) => {
    return { path: at(seq), kind: 'transactionItems', batchId: 'C2026112200000003', sha256 };
  });
  const link: Pick<HubLink, 'get' | 'sendText'> = {
    async get(_partner, target) {
      if (target === '/files') return answered(JSON.stringify({ files: list }), isSigned);
      const found = files.find(([seq]) => target === `/files${at(seq)}`);
      return answered(present(found, target)[1], false);
    },
    async sendText(_partner, target, _text, schema) {
      sent.push(target);
      if (isSilent) return { kind: 'silent', problem: 'no answer' };
      return { kind: 'answered', answer: schema.parse(answer) as never };
    },
  };
  const store = createBookStore(database);
  const nothing = () => undefined;
  const desk = createBookDesk({
    store,
    link,
    clock: realClock,
    nudge: nothing,
    onFailure: nothing,
  });
  const comparison = await desk.compare(wallet, date);
  expect(store.comparison('TNG', date)).toEqual(comparison);
  return { ...comparison, handedInAt: sent };
}

const result = { resultStatus: 'S', resultCode: 'SUCCESS', resultMessage: 'success' };
const success = { result, runId: 'R1', isNew: true, lineCount: 0, breaks: { missing_there: 1 } };

test('of several files the latest correction counts, and its own file is handed in', async () => {
  const files = [
    ['001', items('PAYMENT,P1,,-5')],
    ['000', items()],
  ] as const;
  expect(await compared({ files })).toMatchObject({
    state: 'compared',
    file: '/sandbox/TNG/transactionItems_001.csv',
    fileRows: 1,
    differences: [{ kind: 'not_in_book', requestId: 'P1', own: null }],
    sent: { runId: 'R1', breaks: { missing_there: 1 } },
    handedInAt: [`/files/books/TNG-MYR/${date}`],
  });
});

test('without a file it waits; what is changed, cut off or unsigned is not compared', async () => {
  expect(await compared({ files: [] })).toMatchObject({ state: 'waiting', handedInAt: [] });
  const whole = items();
  const cases: [Hub, RegExp][] = [
    [{ files: [['000', whole]], isSigned: false }, /not signed/],
    [{ files: [['000', whole, digestOf('other')]] }, /not what its digest says/],
    [{ files: [['000', whole.replace('<END>', '')]] }, /has no end/],
  ];
  for (const [hub, problem] of cases) {
    expect(await compared(hub)).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(problem),
      handedInAt: [],
    });
  }
});

test('what the network says to a file that it refuses is kept', async () => {
  const refused = { resultStatus: 'F', resultCode: 'PARAM_ILLEGAL', resultMessage: 'date: no' };
  expect(await compared({ files: [['000', items()]], answer: { result: refused } })).toMatchObject({
    state: 'compared',
    problem: 'date: no',
    sent: null,
  });
});

test('a file that may not have arrived is handed in again', async () => {
  const files = [['000', items()]] as const;
  const differs = { state: 'failed', sent: null, handedInAt: [`/files/books/TNG-MYR/${date}`] };
  expect(await compared({ files, isSilent: true })).toMatchObject({
    ...differs,
    problem: 'no answer',
  });
  const busy = { resultStatus: 'U', resultCode: 'REQUEST_TRAFFIC_EXCEED_LIMIT' };
  const answer = { result: { ...busy, resultMessage: 'later' } };
  expect(await compared({ files, answer })).toMatchObject({ ...differs, problem: 'later' });
  expect(await compared({ files })).toMatchObject({ state: 'compared', problem: null });
});
