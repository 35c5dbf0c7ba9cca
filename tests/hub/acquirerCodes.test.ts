// Codes that an acquirer made: asked about once each, held to the first answer, credited once.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { withAmount } from '../../src/codes/withAmount.ts';
import { money } from '../../src/money/money.ts';
import type { SimulatedAcquirer } from './acquirer.ts';
import {
  behindCode,
  codeMaker,
  connectedRules,
  nationalCodeOf,
  privateCodeOf,
} from './acquirerCodes.ts';
import { type Rig, startRig } from './rig.ts';
import { expectBalanced, malaysian, rates, yuan } from './scenes.ts';

let rig: Rig;
let maker: SimulatedAcquirer;
const atOnce = 32;

beforeAll(async () => {
  rig = await startRig({
    hubs: 2,
    lanes: 4,
    partners: [malaysian, { participantId: codeMaker, role: 'acquirer', currency: 'CNY' }],
    rates,
    codeRules: connectedRules,
  });
  maker = rig.acquirers.get(codeMaker) as SimulatedAcquirer;
}, 60_000);

afterAll(async () => {
  await rig.rest();
  await expectBalanced(rig);
  await rig.close();
});

const scan = (codeValue: string, customerId = 'ANNA') =>
  rig.call('TNG', 'userInitiatedPay', { codeValue, customerId });

const notify = (paymentRequestId: unknown, paymentId: string) =>
  rig.call('TNG', 'notifyPayment', {
    paymentRequestId,
    paymentResult: { resultStatus: 'S', resultCode: 'SUCCESS' },
    paymentId,
  });

function shown(codeValue: string, name: string, fen = 1_000): string {
  maker.codes.set(codeValue, behindCode(name, yuan(fen)));
  return codeValue;
}

async function count(sql: string, values: readonly string[]): Promise<number> {
  const rows = await rig.fresh.database.query<{ n: string }>(sql, values);
  return Number(rows[0]?.n);
}

test('32 scans at once are one payment with one leg, and one answer', async () => {
  const code = shown(privateCodeOf('MANY'), 'MANY');
  const told = await Promise.all(Array.from({ length: atOnce }, () => scan(code)));
  expect(new Set(told.map(({ resultCode }) => resultCode))).toEqual(new Set(['SUCCESS']));
  expect(new Set(told.map(({ body }) => body.paymentRequestId)).size).toBe(1);
  const legs = `select count(*) as n from payments p join legs g using (lane, payment_number)
    where p.request_key = $1`;
  expect(await count(legs, [`${codeMaker}/MANY`])).toBe(1);
});

test('the code is idempotent on its customer (§2.15)', async () => {
  const code = shown(privateCodeOf('MINE'), 'MINE');
  expect((await scan(code)).resultCode).toBe('SUCCESS');
  expect((await scan(code, 'BELLA')).resultCode).toBe('REPEAT_REQ_INCONSISTENT');
});

test('an answer that changes is refused and written down; the first one holds', async () => {
  const code = shown(privateCodeOf('FIRST'), 'FIRST');

  await rig.addPartner({ ...malaysian, participantId: 'SECOND' });
  expect((await scan(code)).resultCode).toBe('SUCCESS');
  shown(code, 'OTHER', 2_000);
  const asked = { codeValue: code, customerId: 'CARLA' };
  const refused = await rig.call('SECOND', 'userInitiatedPay', asked);
  expect(refused.resultCode).toBe('PROCESS_FAIL');
  const rows = await rig.fresh.database.query<{
    changed_terms: string;
    payment_request_id: string;
  }>('select changed_terms, payment_request_id from acquirer_codes where code_key = $1', [
    `${codeMaker}/${code}`,
  ]);
  expect(rows[0]?.payment_request_id).toBe('FIRST');
  expect(rows[0]?.changed_terms).toContain('OTHER private_order_code CNY 2000');
  shown(code, 'FIRST');
  expect((await rig.call('SECOND', 'userInitiatedPay', asked)).resultCode).toBe('SUCCESS');
});

test('a silent acquirer leaves nothing but the code; the next scan is a new ask', async () => {
  const code = shown(privateCodeOf('QUIET'), 'QUIET');
  rig.deafen(codeMaker, true);
  let told: string | undefined;
  void scan(code).then(({ resultCode }) => (told = resultCode));
  while (told === undefined) await rig.advance(1_000);
  expect(told).toBe('UNKNOWN_EXCEPTION');
  rig.deafen(codeMaker, false);
  expect((await scan(code)).resultCode).toBe('SUCCESS');
});

test('a national code without an amount is refused before its acquirer is asked', async () => {
  const before = maker.heard.length;
  expect((await scan(nationalCodeOf('STATIC'))).resultCode).toBe('INVALID_CODE');
  expect(maker.heard).toHaveLength(before);
});

test('with the amount that a customer typed it is a code of that payment alone', async () => {
  const printed = nationalCodeOf('STATIC', undefined, '156');
  const typed = (nonce: string) => withAmount(printed, money('CNY', 700n), nonce).text ?? '';
  const [first, second] = await Promise.all([
    scan(shown(typed('N1'), 'TYPED-1', 700)),
    scan(shown(typed('N2'), 'TYPED-2', 700)),
  ]);
  expect(first.body).toMatchObject({ paymentAmount: yuan(700) });
  expect(second.body).toMatchObject({ paymentAmount: yuan(700) });
  expect(first.body.paymentRequestId).not.toBe(second.body.paymentRequestId);
});

test('an acquirer that asks another amount than its national code is refused', async () => {
  const code = shown(nationalCodeOf('DEARER', '10.00', '156'), 'DEARER', 1_001);
  expect((await scan(code)).resultCode).toBe('PROCESS_FAIL');
});

test('a push that is told 32 times at once is posted once', async () => {
  maker.decidePush = () => 'U';
  const { body } = await scan(shown(nationalCodeOf('LATE', '10.00', '156'), 'LATE'));
  expect((await notify(body.paymentRequestId, 'W-LATE')).resultCode).toBe('SUCCESS');
  await rig.rest();
  const { paymentId } = maker.settle('LATE', 'SUCCESS');
  const paymentResult = { resultStatus: 'S', resultCode: 'SUCCESS' };
  const told = await Promise.all(
    Array.from({ length: atOnce }, () =>
      rig.call(codeMaker, 'notifyPushPayment', { paymentId, paymentResult }),
    ),
  );
  expect(new Set(told.map(({ resultCode }) => resultCode))).toEqual(new Set(['SUCCESS']));
  const journals = `select count(*) as n from journals j join payments p on p.lane = j.lane
    and p.payment_number = j.journal_number where p.request_key = $1`;
  expect(await count(journals, [`${codeMaker}/LATE`])).toBe(1);
});

test('what no wallet has paid, or is of another product, is no push', async () => {
  maker.decidePush = () => 'S';
  await scan(shown(nationalCodeOf('OPEN', '10.00', '156'), 'OPEN'));
  const known = await rig.call(codeMaker, 'inquiryPayment', { paymentRequestId: 'OPEN' });
  const paymentResult = { resultStatus: 'S', resultCode: 'SUCCESS' };
  const early = { paymentId: known.body.paymentId, paymentResult };
  expect((await rig.call(codeMaker, 'notifyPushPayment', early)).resultCode).toBe(
    'ORDER_NOT_EXIST',
  );
  const other = await rig.call(codeMaker, 'inquiryPayment', { paymentRequestId: 'MANY' });
  const wrong = { paymentId: other.body.paymentId, paymentResult };
  expect((await rig.call(codeMaker, 'notifyPushPayment', wrong)).resultCode).toBe(
    'ORDER_NOT_EXIST',
  );
});
