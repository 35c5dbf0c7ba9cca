// A run of a small network whose signed messages become the examples of the reference.

import { createHash } from 'node:crypto';
import type { Example } from '../../src/api/reference/openapi.ts';
import { dayMs } from '../../src/calendar/clearingDay.ts';
import { presetRules } from '../../src/codes/presetRules.ts';
import { writeCashier } from '../../src/network/cashierStore.ts';
import { servedApis } from '../../src/wire/apis.ts';
import {
  behindCode,
  codeMaker,
  connectedRules,
  nationalCodeOf,
  privateCodeOf,
} from './acquirerCodes.ts';
import { applyOf, bound, cancelOf, consented, debitOf, prepareOf } from './agreementScenes.ts';
import { registrationOf } from './registrationCases.ts';
import { type Rig, startRig } from './rig.ts';
import {
  acquirer,
  codeOf,
  malaysian,
  orderCodeIn,
  paid,
  payAtCashier,
  payForOrderCode,
  payWithCode,
  rates,
  yuan,
} from './scenes.ts';
import type { SimulatedWallet } from './wallet.ts';

const cashier = {
  participantId: 'TNG',
  normalUrl: 'https://wallet.example/pay',
  schemeUrl: 'wallet://pay',
  applinkUrl: 'https://wallet.example/app',
  appIdentifier: 'com.example.wallet',
  logoUrl: null,
  scansCodes: true,
};

/** Examples by the operation of the reference. */
export type Recorded = Record<string, Example[]>;

interface LoggedRow {
  readonly direction: 'in' | 'out';
  readonly api: string;
  readonly role: string | null;
  readonly request_headers: string;
  readonly request_body: string;
  readonly response_headers: string;
  readonly response_body: string;
}

/** One rule of each kind: the whole set would be most of the reference. */
const kinds = ['PREFIX', 'REGEX', 'EMVCO'] as const;
const shownRules = kinds.flatMap((kind) =>
  presetRules.filter(({ codeMatchPattern }) => codeMatchPattern.matchMethod === kind).slice(0, 1),
);
const someRules = [...shownRules, ...connectedRules.slice(0, 2)];

/** Plays the scenes and takes the first exchange of each interface and result from the log. */
export async function recordExamples(): Promise<Recorded> {
  const rig = await startRig({
    partners: [
      acquirer,
      malaysian,
      { participantId: codeMaker, role: 'acquirer', currency: 'CNY' },
    ],
    rates,
    codeRules: someRules,
  });
  try {
    await play(rig);
    for (const hub of rig.hubs) await hub.log.flush();
    const rows = await rig.fresh.database.query<LoggedRow>(
      `select m.direction, m.api, p.role, m.request_headers, m.request_body,
        m.response_headers, m.response_body
       from messages m left join participants p using (participant_id)
       where m.response_status = 200 order by m.at, m.message_id`,
    );
    return chosen(rows);
  } finally {
    await rig.close();
  }
}

async function play(rig: Rig): Promise<void> {
  const wallet = rig.wallets.get('TNG');
  if (wallet === undefined) throw new Error('no wallet');
  await playPayments(rig);
  await playRefunds(rig, wallet);
  await playCancels(rig, wallet);
  await playAgreements(rig, wallet);
  await playAcquirerCodes(rig);
  await playDisputes(rig);

  const [hub] = rig.hubs;
  await writeCashier(rig.fresh.database, cashier, rig.clock.now());
  await hub?.configuration.reload();
  await rig.call('CHENGDU', 'consultPayment', {
    paymentAmount: yuan(12_000),
    paymentFactor: payAtCashier('SALE-9', yuan(12_000)).paymentFactor,
    settlementStrategy: { settlementCurrency: 'CNY' },
    userRegion: 'MY',
  });

  const pair = { sellCurrency: 'MYR', buyCurrency: 'CNY' };
  await rig.call('TNG', 'inquiryForeignExchangeQuote', pair);
  await rig.call('TNG', 'inquiryForeignExchangeQuote', { ...pair, buyCurrency: 'ISK' });
  await rig.call('TNG', 'inquiryCodeRules', {});
  await rig.call('TNG', 'inquiryUserLimits', { customerId: 'ANNA' });

  await playRegistration(rig, wallet);

  wallet.decide = () => ({ failure: 'USER_BALANCE_NOT_ENOUGH' });
  await rig.call('CHENGDU', 'pay', payWithCode('SALE-4', yuan(990_000), await codeOf(rig, 'TNG')));

  // A wallet that does not know yet: it is asked again, and has to cancel in the end.
  wallet.decide = () => 'U';
  const code = await codeOf(rig, 'TNG');
  await waited(rig, rig.call('CHENGDU', 'pay', payWithCode('SALE-5', yuan(800), code)));
  await rig.advance(120_000);
  await rig.rest();
}

/** A merchant that a wallet looks at for a while and then approves; and one sent too soon again. */
async function playRegistration(rig: Rig, wallet: SimulatedWallet): Promise<void> {
  const [hub] = rig.hubs;
  await rig.call('CHENGDU', 'registration', registrationOf('SHOP-1'));
  await hub?.registrations.poll();
  rig.clock.skip(5_000);
  await hub?.registrations.poll();
  await rig.call('TNG', 'notifyRegistrationStatus', {
    registrationRequestId: wallet.registrations[0]?.registrationRequestId,
    registrationResult: { registrationStatus: 'APPROVED' },
  });
  await hub?.registrations.poll();
  await rig.call('CHENGDU', 'inquiryRegistrationStatus', { registrationRequestId: 'SHOP-1' });
  await rig.call('CHENGDU', 'registration', registrationOf('SHOP-2'));
}

/** Both products paid, and what is wrong with a code that was used and an order that is paid. */
async function playPayments(rig: Rig): Promise<void> {
  const code = await codeOf(rig, 'TNG');
  await rig.call('CHENGDU', 'pay', payWithCode('SALE-1', yuan(3_600), code));
  await rig.rest();
  await rig.call('CHENGDU', 'pay', payWithCode('SALE-2', yuan(3_600), code));

  const placed = await rig.call('CHENGDU', 'pay', payForOrderCode('SALE-3', yuan(2_500)));
  const scanned = { codeValue: orderCodeIn(placed), customerId: 'ANNA' };
  const { body: order } = await rig.call('TNG', 'userInitiatedPay', scanned);
  await rig.call('TNG', 'notifyPayment', {
    paymentRequestId: order.paymentRequestId,
    paymentResult: { resultStatus: 'S', resultCode: 'SUCCESS' },
    paymentId: 'W-1',
    paymentAmount: order.paymentAmount,
    payToAmount: order.payToAmount,
    customerId: 'ANNA',
  });
  await rig.rest();
  await rig.call('TNG', 'userInitiatedPay', scanned);
}

/** A part given back, more than is left, a refusal, and a wallet that does not know yet. */
async function playRefunds(rig: Rig, wallet: SimulatedWallet): Promise<void> {
  const refund = (id: string, fen: number) =>
    rig.call('CHENGDU', 'refund', {
      paymentRequestId: 'SALE-1',
      refundRequestId: id,
      refundAmount: yuan(fen),
    });
  await refund('BACK-1', 1_200);
  await refund('BACK-2', 2_500);
  wallet.decideRefund = () => ({ failure: 'USER_STATUS_ABNORMAL' });
  await refund('BACK-3', 300);
  wallet.decideRefund = () => 'U';
  await waited(rig, refund('BACK-4', 300));
  wallet.decideRefund = () => 'S';
  await rig.advance(5_000);
  await rig.call('CHENGDU', 'inquiryPayment', { paymentRequestId: 'SALE-1' });
  await rig.call('CHENGDU', 'inquiryPayment', { paymentRequestId: 'SALE-0' });
}

/** In time, too late, and so late that the wallet refunds what it cannot cancel any more. */
async function playCancels(rig: Rig, wallet: SimulatedWallet): Promise<void> {
  const cancel = (paymentRequestId: string) =>
    rig.call('CHENGDU', 'cancelPayment', { paymentRequestId });
  await cancel('SALE-0');
  for (const id of ['SALE-6', 'SALE-7', 'SALE-8']) await paid(rig, id, yuan(500));
  await cancel('SALE-6');
  await rig.call('CHENGDU', 'inquiryPayment', { paymentRequestId: 'SALE-6' });
  await rig.rest();
  wallet.dayIsOver = true;
  await cancel('SALE-7');
  await rig.rest();
  rig.clock.skip(dayMs);
  await rig.advance(60_000);
  await cancel('SALE-8');
}

/** Bound, debited, refreshed, and revoked by the acquirer and by a customer. */
async function playAgreements(rig: Rig, wallet: SimulatedWallet): Promise<void> {
  const first = await consented(rig, 'BOUND-1');
  await rig.call('CHENGDU', 'prepare', { ...prepareOf('BOUND-1'), scopes: ['USER_INFO'] });
  await rig.call('TNG', 'authNotify', {
    authorizationNotifyType: 'AUTHCODE_CREATED',
    authClientId: 'TEA_CLUB',
    referenceAgreementId: first.agreementId,
    authCode: first.walletCode,
  });
  await rig.rest();
  await rig.call('CHENGDU', 'applyToken', applyOf(first.authCode));
  await rig.call('CHENGDU', 'applyToken', applyOf('made-up'));
  const { accessToken } = await bound(rig, 'BOUND-2');
  await rig.call('CHENGDU', 'pay', debitOf('SALE-10', yuan(3_600), accessToken));
  await rig.rest();
  await rig.call('CHENGDU', 'cancelToken', cancelOf(accessToken));
  await rig.call('CHENGDU', 'pay', debitOf('SALE-11', yuan(3_600), accessToken));
  wallet.agreements.revoke(first.agreementId);
  await rig.call('TNG', 'authNotify', {
    authorizationNotifyType: 'TOKEN_CANCELED',
    authClientId: 'TEA_CLUB',
    referenceAgreementId: first.agreementId,
  });
  await rig.rest();
}

/** A code of an acquirer's own, unknown and known; and a national code, pushed late. */
async function playAcquirerCodes(rig: Rig): Promise<void> {
  const maker = rig.acquirers.get(codeMaker);
  const scan = (codeValue: string) =>
    rig.call('TNG', 'userInitiatedPay', { codeValue, customerId: 'ANNA' });
  await scan(privateCodeOf('NONE'));
  const code = nationalCodeOf('BILL-1', '25.00', '156');
  maker?.codes.set(code, behindCode('BILL-1', yuan(2_500)));
  if (maker !== undefined) maker.decidePush = () => 'U';
  const { body: order } = await scan(code);
  await rig.call('TNG', 'notifyPayment', {
    paymentRequestId: order.paymentRequestId,
    paymentResult: { resultStatus: 'S', resultCode: 'SUCCESS' },
    paymentId: 'W-3',
  });
  await rig.rest();
  await rig.advance(5_000);
  const push = maker?.settle('BILL-1', 'SUCCESS');
  await rig.call(codeMaker, 'notifyPushPayment', {
    paymentId: push?.paymentId,
    paymentRequestId: 'BILL-1',
    paymentResult: { resultStatus: 'S', resultCode: 'SUCCESS' },
  });
  await rig.rest();
}

/** Evidence, a promise that is kept late, and a time to answer that is over. */
async function playDisputes(rig: Rig): Promise<void> {
  await paid(rig, 'SALE-12', yuan(4_500));
  const paymentRequestId = [...(rig.wallets.get('TNG')?.lines.keys() ?? [])].at(-1);
  const reason = { disputeReasonCode: '7801', disputeReason: 'The noodles never came.' };
  const ask = { paymentRequestId, ...reason };
  const asked = (api: string) =>
    rig.disputeCalls.findLast((call) => call.api === api)?.body.disputeRequestId;
  await rig.call('TNG', 'initiateRetrieval', { disputeRequestId: 'ASK-1', ...ask });
  await rig.rest();
  await rig.call('TNG', 'initiateRetrieval', { disputeRequestId: 'ASK-2', ...ask });
  await rig.call('CHENGDU', 'responseRetrieval', {
    disputeRequestId: asked('initiateRetrieval'),
    responseMessage: 'The guest signed for them.',
    evidences: [textFile('receipt.txt', 'SALE-12: 2 bowls of noodles, 45.00')],
  });
  const claim = (value: string) => ({ ...ask, escalationAmount: { currency: 'CNY', value } });
  await rig.call('TNG', 'initiateEscalation', { disputeRequestId: 'ASK-3', ...claim('4501') });
  const complaint = {
    disputeRequestId: 'ASK-4',
    ...claim('4500'),
    evidences: [textFile('chat.txt', 'Where are my noodles?')],
  };
  await rig.call('TNG', 'initiateEscalation', complaint);
  await rig.rest();
  const disputeRequestId = asked('initiateEscalation');
  rig.clock.skip(11 * dayMs);
  await rig.advance(6_000);
  await rig.call('CHENGDU', 'responseEscalation', {
    disputeRequestId,
    refundType: 'ACCEPT_PARTIAL_REFUND',
    refundAmount: yuan(2_000),
  });
  await rig.call('CHENGDU', 'responseEscalation', {
    disputeRequestId,
    refundType: 'REFUSE_REFUND',
    responseMessage: 'On second thought, no.',
  });
  await rig.rest();
}

function textFile(fileName: string, text: string) {
  const content = Buffer.from(text);
  return {
    fileName,
    contentType: 'text/plain',
    fileHash: createHash('sha256').update(content).digest('hex'),
    fileContent: content.toString('base64'),
  };
}

/** Lets the time go on until a call has its answer. */
async function waited(rig: Rig, call: Promise<unknown>): Promise<void> {
  let done = false;
  void call.finally(() => (done = true));
  while (!done) await rig.advance(1_000);
}

function chosen(rows: readonly LoggedRow[]): Recorded {
  const recorded: Recorded = {};
  for (const row of rows) {
    const operation = row.direction === 'in' ? row.api : `${row.role}.${row.api}`;
    const example = exampleOf(row);
    const known = recorded[operation] ?? [];
    recorded[operation] = known;
    if (known.every(({ name }) => name !== example.name)) known.push(example);
  }
  const order = [...Object.keys(servedApis), ...Object.keys(recorded)];
  return Object.fromEntries([...new Set(order)].map((name) => [name, recorded[name] ?? []]));
}

/** Named by its result; an inquiry by the result of the payment that it tells of. */
function exampleOf(row: LoggedRow): Example {
  const body = JSON.parse(row.response_body) as Record<'result' | 'paymentResult', Told>;
  const request = JSON.parse(row.request_body) as Partial<Record<'paymentResult', Told>>;
  const told =
    body.paymentResult ?? (body.result.resultStatus === 'S' ? request.paymentResult : undefined);
  const { resultCode, resultStatus } = told ?? body.result;
  return {
    name: resultCode,
    summary: `${resultStatus} ${resultCode}`,
    request: { headers: headersOf(row.request_headers), body: request },
    answer: { headers: headersOf(row.response_headers), body },
  };
}

interface Told {
  readonly resultCode: string;
  readonly resultStatus: string;
}

const headersOf = (text: string) => JSON.parse(text) as Record<string, string>;

/** The examples without what differs from run to run: digits of ids and times, and signatures. */
export function withoutChance(recorded: Recorded): unknown {
  const exact = new Set(['value', 'quotePrice', 'extendInfo', 'resultMessage']);
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') {
      if (value.startsWith('[secret:')) return '[secret]';
      if (key === 'signature') return value.replace(/signature=.*$/, 'signature=');
      return exact.has(key) ? value : value.replace(/\d/g, '0');
    }
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((each) => walk(each, key));
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, walk(inner, name)]),
    );
  };
  return walk(recorded, '');
}
