// Every verb that we have, by the idempotency table (protocol.md §2.15): the same key with the same
// terms is one effect and one answer, with other terms it is refused, and 32 at once are one.

import { afterEach, expect, test } from 'vitest';
import type { ApiName } from '../../src/wire/messages.ts';
import { bound, cancelOf, debitOf, prepareOf } from './agreementScenes.ts';
import { type Rig, startRig, type Told } from './rig.ts';
import {
  acquirer,
  codeOf,
  codesOf,
  contents,
  expectBalanced,
  korean,
  malaysian,
  orderCodeIn,
  paid,
  payForOrderCode,
  payWithCode,
  rates,
  yuan,
} from './scenes.ts';
import { walletPaymentIdOf } from './wallet.ts';

let rig: Rig;
afterEach(() => rig.close());

const atOnce = 32;
const hubs = 2;
const partners = [acquirer, { ...malaysian, cap: 500_000n }, korean];

/** A row of the table: who sends what, what may differ, and what an answer must keep. */
interface Row {
  readonly row: string;
  readonly sender: string;
  readonly api: ApiName;
  /** Brings the scene about; gives the message and the same key with each other term. */
  readonly prepare: () => Promise<{
    readonly message: object;
    readonly others: readonly { readonly term: string; readonly message: object }[];
  }>;
  /** What all answers with a final result have in common. */
  readonly kept: (told: Told) => unknown;
  /** How often a wallet was called for it, whatever else it was called for. */
  readonly walletCall?: string;
}

/** An order code that a customer of TNG has scanned: the id of the wallet's leg. */
async function scannedLeg(): Promise<string> {
  const placed = await rig.call('CHENGDU', 'pay', payForOrderCode('P1', yuan(12_000)));
  const scan = { codeValue: orderCodeIn(placed), customerId: 'ANNA' };
  return String((await rig.call('TNG', 'userInitiatedPay', scan)).body.paymentRequestId);
}

const rows: readonly Row[] = [
  {
    row: 'pay by paymentRequestId, a payment code',
    sender: 'CHENGDU',
    api: 'pay',
    async prepare() {
      const code = await codeOf(rig, 'TNG');
      const message = payWithCode('P1', yuan(12_000), code);
      const { order } = payWithCode('P1', yuan(11_900), code);
      const card = { ...message.paymentMethod, paymentMethodType: 'WALLET_OF_ANOTHER_KIND' };
      return {
        message,
        others: [
          { term: 'paymentAmount', message: payWithCode('P1', yuan(12_100), code) },
          { term: 'order.orderAmount', message: { ...message, order } },
          { term: 'paymentMethodType', message: { ...message, paymentMethod: card } },
        ],
      };
    },
    kept: (told) => told.body.paymentId,
    walletCall: 'pay ',
  },
  {
    row: 'pay by paymentRequestId, an order code',
    sender: 'CHENGDU',
    api: 'pay',
    prepare: async () => ({
      message: payForOrderCode('P1', yuan(12_000)),
      others: [{ term: 'paymentAmount', message: payForOrderCode('P1', yuan(12_100)) }],
    }),
    kept: (told) => [told.body.paymentId, orderCodeIn(told)],
  },
  {
    row: 'refund by refundRequestId',
    sender: 'CHENGDU',
    api: 'refund',
    async prepare() {
      await paid(rig, 'P1', yuan(12_000));
      await paid(rig, 'P2', yuan(12_000));
      const message = {
        paymentRequestId: 'P1',
        refundRequestId: 'R1',
        refundAmount: yuan(4_000),
      };
      return {
        message,
        others: [
          { term: 'refundAmount', message: { ...message, refundAmount: yuan(4_100) } },
          { term: 'paymentRequestId', message: { ...message, paymentRequestId: 'P2' } },
        ],
      };
    },
    kept: (told) => told.body.refundId,
    walletCall: 'refund ',
  },
  {
    row: 'cancelPayment by paymentRequestId, without other terms',
    sender: 'CHENGDU',
    api: 'cancelPayment',
    async prepare() {
      await paid(rig, 'P1', yuan(12_000));
      return { message: { paymentRequestId: 'P1' }, others: [] };
    },
    kept: (told) => told.body.pspId,
    walletCall: 'cancelPayment ',
  },
  {
    row: 'userInitiatedPay by codeValue',
    sender: 'TNG',
    api: 'userInitiatedPay',
    async prepare() {
      const placed = await rig.call('CHENGDU', 'pay', payForOrderCode('P1', yuan(12_000)));
      const message = { codeValue: orderCodeIn(placed), customerId: 'ANNA' };
      const other = { ...message, customerId: 'BELLA' };
      return { message, others: [{ term: 'customerId', message: other }] };
    },
    kept: (told) => [told.body.paymentRequestId, told.body.payToAmount],
  },
  {
    row: 'notifyPayment by paymentRequestId',
    sender: 'TNG',
    api: 'notifyPayment',
    async prepare() {
      const paymentRequestId = await scannedLeg();
      const success = { resultCode: 'SUCCESS', resultStatus: 'S' };
      const message = {
        paymentRequestId,
        paymentResult: success,
        paymentId: walletPaymentIdOf('TNG', paymentRequestId),
        paymentAmount: yuan(12_000),
        payToAmount: { currency: 'MYR', value: '7538' },
        customerId: 'ANNA',
      };
      const failure = { resultCode: 'RISK_REJECT', resultStatus: 'F' };
      const lessPaid = { currency: 'MYR', value: '7537' };
      return {
        message,
        others: [
          { term: 'paymentResult', message: { ...message, paymentResult: failure } },
          { term: 'paymentAmount', message: { ...message, paymentAmount: yuan(11_900) } },
          { term: 'payToAmount', message: { ...message, payToAmount: lessPaid } },
          { term: 'customerId', message: { ...message, customerId: 'BELLA' } },
          { term: 'paymentId', message: { ...message, paymentId: 'ANOTHER' } },
        ],
      };
    },
    kept: (told) => told.resultCode,
  },
  {
    row: 'pay by paymentRequestId, an access token',
    sender: 'CHENGDU',
    api: 'pay',
    async prepare() {
      const { accessToken } = await bound(rig, 'A1');
      const other = await bound(rig, 'A2', 'BELLA');
      return {
        message: debitOf('P1', yuan(12_000), accessToken),
        others: [
          { term: 'paymentAmount', message: debitOf('P1', yuan(12_100), accessToken) },
          { term: 'the agreement', message: debitOf('P1', yuan(12_000), other.accessToken) },
        ],
      };
    },
    kept: (told) => told.body.paymentId,
    walletCall: 'pay ',
  },
  {
    // Two processes may both ask the wallet, which answers both alike.
    row: 'prepare by authClientId and referenceAgreementId',
    sender: 'CHENGDU',
    api: 'prepare',
    prepare: async () => ({
      message: prepareOf('A1'),
      others: [
        { authState: 'another' },
        { scopes: ['AGREEMENT_PAY', 'USER_INFO'] },
        { authRedirectUrl: 'https://tea.example/elsewhere' },
        { referenceMerchantId: undefined },
        { customerBelongsTo: 'KAKAO' },
        { authClientName: 'Tea House' },
        { terminalType: 'APP' },
      ].map((term) => ({
        term: Object.keys(term).join(),
        message: { ...prepareOf('A1'), ...term },
      })),
    }),
    kept: (told) => told.body.authUrl,
  },
  {
    row: 'cancelToken by accessToken, without other terms',
    sender: 'CHENGDU',
    api: 'cancelToken',
    async prepare() {
      const { accessToken } = await bound(rig, 'A1');
      return { message: cancelOf(accessToken), others: [] };
    },
    kept: (told) => told.resultCode,
    walletCall: 'cancelToken ',
  },
];

test.each(rows)('$row: again is the same, other terms are refused', async (row) => {
  rig = await startRig({ hubs: 1, lanes: 4, partners, rates });
  const { message, others } = await row.prepare();
  const first = await rig.call(row.sender, row.api, message);
  await rig.rest();
  const before = await contents(rig);
  const again = await rig.call(row.sender, row.api, message);
  await rig.rest();
  expect(again.resultCode).toBe(first.resultCode);
  expect(row.kept(again)).toEqual(row.kept(first));
  for (const other of others) {
    const told = await rig.call(row.sender, row.api, other.message);
    await rig.rest();
    expect([other.term, told.resultCode]).toEqual([other.term, 'REPEAT_REQ_INCONSISTENT']);
  }
  expect(await contents(rig)).toEqual(before);
  await expectBalanced(rig);
});

test.each(rows)(`$row: ${atOnce} at once are one`, async (row) => {
  rig = await startRig({ hubs, lanes: 4, partners, rates });
  const { message } = await row.prepare();
  const told = await Promise.all(
    Array.from({ length: atOnce }, (_, each) =>
      rig.call(row.sender, row.api, message, each % hubs),
    ),
  );
  await rig.rest();
  for (const each of told) expect(['S', 'U']).toContain(each.resultStatus);
  const done = told.filter((each) => each.resultStatus === 'S' || row.api === 'pay');
  expect(new Set(done.map((each) => JSON.stringify(row.kept(each)))).size).toBe(1);
  if (row.walletCall !== undefined) {
    const heard = rig.wallets.get('TNG')?.heard ?? [];
    const calls = heard.filter((line) => line.startsWith(row.walletCall ?? ''));
    expect(calls).toHaveLength(1);
  }
  const once = await contents(rig);
  const again = await rig.call(row.sender, row.api, message);
  await rig.rest();
  expect(row.kept(again)).toEqual(row.kept(done[0] as Told));
  expect(await contents(rig)).toEqual(once);
  await expectBalanced(rig);
});

test(`getPaymentCode has no key: ${atOnce} at once are different codes`, async () => {
  rig = await startRig({ hubs, lanes: 4, partners, rates });
  const all = await Promise.all(Array.from({ length: atOnce }, () => codesOf(rig, 'TNG', 2)));
  expect(new Set(all.flat()).size).toBe(atOnce * 2);
  const [code = ''] = all.flat();
  const first = await rig.call('CHENGDU', 'pay', payWithCode('P1', yuan(1_000), code));
  const second = await rig.call('CHENGDU', 'pay', payWithCode('P2', yuan(1_000), code));
  expect([first.resultCode, second.resultCode]).toEqual(['SUCCESS', 'EXPIRED_CODE']);
  await expectBalanced(rig);
});
