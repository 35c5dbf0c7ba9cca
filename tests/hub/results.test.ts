// The lists of results: every code that can be answered is in them, in the order of the checks.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeCashier } from '../../src/network/cashierStore.ts';
import { codesOf, walletDeclines } from '../../src/wire/apiSteps.ts';
import { type Api, type ServedApi, servedApis } from '../../src/wire/apis.ts';
import { isResultCode } from '../../src/wire/results.ts';
import { ROOT } from '../support/sources.ts';
import { type Draft, doorFaults, type Fault, requestOf } from './faults.ts';
import { type Rig, startRig } from './rig.ts';
import {
  acquirer,
  expectBalanced,
  korean,
  malaysian,
  orderCodeIn,
  payAtCashier,
  payForOrderCode,
  codesOf as paymentCodesOf,
  payWithCode,
  rates,
  yuan,
} from './scenes.ts';

const cashierOfClosed = {
  participantId: 'CLOSING',
  normalUrl: 'https://closing.example/pay',
  schemeUrl: null,
  applinkUrl: null,
  appIdentifier: null,
  logoUrl: null,
  scansCodes: false,
};

let rig: Rig;
const codes: string[] = [];
let used = '';
const ofClosedWallet: string[] = [];
const orders: Record<string, string> = {};
let legId = '';
let count = 0;

beforeAll(async () => {
  const closing = { ...korean, participantId: 'CLOSING' };
  rig = await startRig({
    partners: [
      { ...acquirer, orderCurrencies: ['CNY', 'EUR'] },
      { ...malaysian, cap: 100_000n },
      { ...korean, participantId: 'EURO', currency: 'EUR' },
      closing,
    ],
    rates,
  });
  const place = async (id: string) =>
    orderCodeIn(await rig.call('CHENGDU', 'pay', payForOrderCode(id, yuan(1_000))));
  const scan = (codeValue: string, walletId = 'TNG') =>
    rig.call(walletId, 'userInitiatedPay', { codeValue, customerId: 'ANNA' });
  orders.expired = await place('OLD');
  await rig.advance(200_000);
  for (let batch = 0; batch < 48; batch += 1) codes.push(...(await paymentCodesOf(rig, 'TNG', 10)));
  for (let batch = 0; batch < 4; batch += 1) {
    ofClosedWallet.push(...(await paymentCodesOf(rig, 'CLOSING', 10)));
  }
  await rig.addPartner({ ...closing, enabled: false });
  await writeCashier(rig.fresh.database, cashierOfClosed, rig.clock.now());
  await Promise.all(rig.hubs.map((hub) => hub.configuration.reload()));
  used = codes.pop() ?? '';
  await rig.call('CHENGDU', 'pay', payWithCode('PAID', yuan(1_000), used));
  orders.open = await place('OPEN');
  orders.scanned = await place('SCANNED');
  legId = String((await scan(orders.scanned)).body.paymentRequestId);
  orders.big = orderCodeIn(
    await rig.call('CHENGDU', 'pay', payForOrderCode('BIG', yuan(10_000_000))),
  );
}, 60_000);

afterAll(async () => {
  await rig.rest();
  await expectBalanced(rig);
  await rig.close();
});

const edit = (change: (body: Draft['body']) => Draft['body']) => (draft: Draft) => ({
  ...draft,
  body: change(draft.body),
});
const amountOf = (amount: object) => edit((body) => ({ ...body, paymentAmount: amount }));
const codeOf = (code: () => string) =>
  edit((body) => ({
    ...body,
    paymentMethod: { paymentMethodType: 'CONNECT_WALLET', paymentMethodId: code() },
  }));
const codeValue = (name: string) => edit((body) => ({ ...body, codeValue: orders[name] }));

interface Case {
  readonly sender: string;
  readonly otherRole: string;
  /** A required field, to be left out. */
  readonly field: string;
  /** A request that nothing is wrong with. */
  readonly good: () => Record<string, unknown>;
  readonly faults: readonly Fault[];
  /** Codes of the list that no single request can bring about, each tested where it says. */
  readonly elsewhere: readonly string[];
}

// Load and faults of our own are tests/hub/together.test.ts and src/engine/engine.test.ts.
const load = ['REQUEST_TRAFFIC_EXCEED_LIMIT', 'UNKNOWN_EXCEPTION'];

/** A cashier payment by the wallet of this name. */
const atCashierOf = (paymentMethodType: string) => (draft: Draft) => {
  const { paymentFactor, paymentRedirectUrl } = payAtCashier('ANY', yuan(1_000));
  const order = { ...(draft.body.order as object), env: { terminalType: 'WEB' } };
  const paymentMethod = { paymentMethodType };
  return {
    ...draft,
    body: { ...draft.body, paymentFactor, paymentRedirectUrl, order, paymentMethod },
  };
};

const cases: Record<ServedApi, Case> = {
  consultPayment: {
    sender: 'CHENGDU',
    otherRole: 'TNG',
    field: 'paymentAmount',
    good: () => ({
      paymentAmount: yuan(1_000),
      paymentFactor: payAtCashier('ANY', yuan(1_000)).paymentFactor,
      settlementStrategy: { settlementCurrency: 'CNY' },
    }),
    faults: [
      {
        code: 'BUSINESS_NOT_SUPPORT',
        what: 'in a store',
        apply: edit((body) => ({
          ...body,
          paymentFactor: { isInStorePayment: 'true', isCashierPayment: 'true' },
        })),
      },
      {
        code: 'PARAM_ILLEGAL',
        what: 'no currency of ISO 4217',
        apply: amountOf({ currency: 'ABC', value: '1000' }),
      },
      {
        code: 'CURRENCY_NOT_SUPPORT',
        what: 'a currency without agreement',
        apply: amountOf({ currency: 'USD', value: '1000' }),
      },
    ],
    elsewhere: load,
  },
  pay: {
    sender: 'CHENGDU',
    otherRole: 'TNG',
    field: 'paymentAmount',
    good: () => payWithCode(`N${count++}`, yuan(1_000), codes.pop() ?? ''),
    faults: [
      {
        code: 'BUSINESS_NOT_SUPPORT',
        what: 'an evaluation',
        apply: edit((body) => ({ ...body, paymentFactor: { isPaymentEvaluation: 'true' } })),
      },
      {
        code: 'PARAM_ILLEGAL',
        what: 'an entry code without the page’s userAgent',
        apply: edit((body) => ({
          ...body,
          paymentFactor: { isInStorePayment: 'true', inStorePaymentScenario: 'EntryCode' },
        })),
      },
      {
        code: 'PARAM_ILLEGAL',
        what: 'no currency of ISO 4217',
        apply: amountOf({ currency: 'ABC', value: '1000' }),
      },
      {
        code: 'CURRENCY_NOT_SUPPORT',
        what: 'a currency without agreement',
        apply: amountOf({ currency: 'USD', value: '1000' }),
      },
      {
        code: 'PAYMENT_AMOUNT_EXCEED_LIMIT',
        what: 'over any limit',
        apply: amountOf({ currency: 'CNY', value: '10000000000001' }),
      },
      {
        code: 'CURRENCY_NOT_SUPPORT',
        what: 'a currency without a rate',
        apply: amountOf({ currency: 'EUR', value: '1000' }),
      },
      {
        code: 'REPEAT_REQ_INCONSISTENT',
        what: 'an id used before',
        apply: edit((body) => ({
          ...body,
          paymentRequestId: 'PAID',
          paymentMethod: { ...(body.paymentMethod as object), paymentMethodType: 'OTHER' },
        })),
      },
      { code: 'PARAM_ILLEGAL', what: 'a wallet without a cashier', apply: atCashierOf('TNG') },
      {
        code: 'UNAVAILABLE_PAYMENT_METHOD',
        what: 'the cashier of a wallet that was closed',
        apply: atCashierOf('CLOSING'),
      },
      { code: 'INVALID_CODE', what: 'no code of ours', apply: codeOf(() => '280000000000') },
      { code: 'EXPIRED_CODE', what: 'a used code', apply: codeOf(() => used) },
      {
        code: 'UNAVAILABLE_PAYMENT_METHOD',
        what: 'a wallet that was closed',
        apply: codeOf(() => ofClosedWallet.pop() ?? ''),
      },
      {
        code: 'PARAM_ILLEGAL',
        what: 'an expiry in the past',
        apply: edit((body) => ({ ...body, paymentExpiryTime: '2020-01-01T00:00:00Z' })),
      },
      {
        code: 'PAYMENT_AMOUNT_EXCEED_LIMIT',
        what: 'over the cap',
        apply: amountOf(yuan(10_000_000)),
      },
    ],
    // Stories tell of declines and of payments that end; the examples have both.
    elsewhere: [...walletDeclines, 'PAYMENT_IN_PROCESS', ...load],
  },
  userInitiatedPay: {
    sender: 'TNG',
    otherRole: 'CHENGDU',
    field: 'codeValue',
    good: () => ({ codeValue: orders.open, customerId: 'ANNA' }),
    faults: [
      {
        code: 'INVALID_CODE',
        what: 'no code of ours',
        apply: edit((body) => ({ ...body, codeValue: 'https://example.org/1' })),
      },
      {
        code: 'REPEAT_REQ_INCONSISTENT',
        what: 'another customer',
        alone: true,
        apply: edit((body) => ({ ...body, codeValue: orders.scanned, customerId: 'BOB' })),
      },
      { code: 'EXPIRED_CODE', what: 'an old code', alone: true, apply: codeValue('expired') },
      {
        code: 'CURRENCY_NOT_SUPPORT',
        what: 'a wallet without a rate',
        alone: true,
        apply: (draft) => ({ ...draft, sender: 'EURO' }),
      },
      {
        code: 'PAYMENT_AMOUNT_EXCEED_LIMIT',
        what: 'over the cap',
        alone: true,
        apply: codeValue('big'),
      },
    ],
    // tests/hub/badCodes.test.ts, cashier.test.ts and the stories of codes.
    elsewhere: [
      'ORDER_IS_CLOSED',
      'PAYMENT_COUNT_EXCEED_LIMIT',
      'UNAVAILABLE_PAYMENT_METHOD',
      'PROCESS_FAIL',
      ...load,
    ],
  },
  notifyPayment: {
    sender: 'TNG',
    otherRole: 'CHENGDU',
    field: 'paymentResult',
    good: () => ({
      paymentRequestId: legId,
      paymentResult: { resultStatus: 'S', resultCode: 'SUCCESS' },
      paymentId: 'W-1',
    }),
    faults: [
      {
        code: 'ORDER_NOT_EXIST',
        what: 'an unknown payment',
        apply: edit((body) => ({ ...body, paymentRequestId: 'NONE' })),
      },
      {
        code: 'REPEAT_REQ_INCONSISTENT',
        what: 'another amount',
        apply: edit((body) => ({ ...body, paymentAmount: yuan(999) })),
      },
    ],
    // tests/stories/too-late.story.
    elsewhere: ['ORDER_IS_CLOSED', ...load],
  },
  inquiryPayment: {
    sender: 'CHENGDU',
    otherRole: 'TNG',
    field: 'paymentRequestId',
    good: () => ({ paymentRequestId: 'PAID' }),
    faults: [
      {
        code: 'ORDER_NOT_EXIST',
        what: 'an unknown payment',
        apply: edit((body) => ({ ...body, paymentRequestId: 'NONE' })),
      },
    ],
    elsewhere: load,
  },
  getPaymentCode: {
    sender: 'TNG',
    otherRole: 'CHENGDU',
    field: 'customerId',
    good: () => ({ customerId: 'ANNA', env: {} }),
    faults: [],
    elsewhere: load,
  },
};

async function answerTo(api: ServedApi, ...faults: readonly Fault[]): Promise<string> {
  const { sender, good } = cases[api];
  let draft: Draft = { sender, body: good() };
  // The later check first: where both want the same field, the earlier one has it.
  for (const fault of faults.toReversed()) draft = fault.apply(draft);
  const request = await requestOf(rig, api, draft);
  const answer = await (rig.hubs[0] as Rig['hubs'][number]).handle(request);
  return (JSON.parse(answer.body) as { result: { resultCode: string } }).result.resultCode;
}

describe.each(Object.keys(servedApis) as ServedApi[])('%s', (api) => {
  const { otherRole, field, faults, elsewhere } = cases[api];
  const list: Api = servedApis[api];
  const door = doorFaults(otherRole, field);
  const all = [...door, ...faults];

  test('each fault is answered with its code, and of two the one checked first', async () => {
    const wrong: string[] = [];
    const see = async (expected: Fault, ...rest: readonly Fault[]) => {
      const code = await answerTo(api, expected, ...rest);
      const what = [expected, ...rest].map((each) => each.what).join(' + ');
      if (code !== expected.code) wrong.push(`${what}: ${code}, not ${expected.code}`);
    };
    for (const [place, first] of all.entries()) {
      await see(first);
      for (const second of all.slice(place + 1)) {
        if (first.alone && second.alone) continue;
        if (faults.includes(first) && faults.includes(second) && second.alone) continue;
        await see(first, second);
      }
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  test('nothing wrong is a success', async () => {
    expect(await answerTo(api)).toBe('SUCCESS');
  });

  test('the faults stand in the order of the list, and leave out no code of it', () => {
    const steps = list.results.map(({ code }) => code as string);
    let place = -1;
    for (const { code, what } of all) {
      place = steps.indexOf(code, place + 1);
      expect(place, `${code} (${what}) after the step before it`).toBeGreaterThanOrEqual(0);
    }
    const made = new Set([...all.map(({ code }) => code), ...elsewhere, 'SUCCESS']);
    expect(codesOf(list.results).filter((code) => !made.has(code))).toEqual([]);
  });

  test('every code that its program names is in the list', () => {
    const listed = new Set<string>(codesOf(list.results));
    const named = programOf(api).flatMap(({ file, text }) =>
      [...text.matchAll(/'([A-Z]+(?:_[A-Z]+)+|SUCCESS)'/g)]
        .map(([, code = '']) => code)
        .filter((code) => isResultCode(code) && !listed.has(code))
        .map((code) => `${file}: ${code} is not among the results of ${api} in src/wire/apis.ts`),
    );
    expect(named).toEqual([]);
  });
});

/** The endpoint's file, and of the files whose commands it runs what belongs to these commands. */
function programOf(api: ServedApi): { readonly file: string; readonly text: string }[] {
  const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
  const endpoint = { file: `src/api/partner/${api}.ts`, text: read(`src/api/partner/${api}.ts`) };
  const imports = /import \{([^}]*)\} from '\.\.\/\.\.\/(payments\/\w+\.ts)'/g;
  const commands = [...endpoint.text.matchAll(imports)].flatMap(([, names = '', from = '']) => {
    const used: readonly string[] = names.match(/\w+Command\b/g) ?? [];
    const file = `src/${from}`;
    // A file may hold commands of several interfaces; one lasts until the next export.
    const text = read(file).replace(
      /^export function (\w+Command)\b[\s\S]*?(?=^export |(?![\s\S]))/gm,
      (whole, name: string) => (used.includes(name) ? whole : ''),
    );
    return used.length === 0 ? [] : [{ file, text }];
  });
  return [endpoint, ...commands];
}
