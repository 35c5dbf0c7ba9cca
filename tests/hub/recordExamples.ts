// A run of a small network whose signed messages become the examples of the reference.

import type { Example } from '../../src/api/reference/openapi.ts';
import { writeCashier } from '../../src/network/cashierStore.ts';
import { servedApis } from '../../src/wire/apis.ts';
import { type Rig, startRig } from './rig.ts';
import {
  acquirer,
  codeOf,
  malaysian,
  orderCodeIn,
  payAtCashier,
  payForOrderCode,
  payWithCode,
  rates,
  yuan,
} from './scenes.ts';

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

/** Plays the scenes and takes the first exchange of each interface and result from the log. */
export async function recordExamples(): Promise<Recorded> {
  const rig = await startRig({ partners: [acquirer, malaysian], rates });
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
  await rig.call('CHENGDU', 'inquiryPayment', { paymentRequestId: 'SALE-3' });
  await rig.call('CHENGDU', 'inquiryPayment', { paymentRequestId: 'SALE-0' });

  const [hub] = rig.hubs;
  await writeCashier(rig.fresh.database, cashier, rig.clock.now());
  await hub?.configuration.reload();
  await rig.call('CHENGDU', 'consultPayment', {
    paymentAmount: yuan(12_000),
    paymentFactor: payAtCashier('SALE-6', yuan(12_000)).paymentFactor,
    settlementStrategy: { settlementCurrency: 'CNY' },
    userRegion: 'MY',
  });

  wallet.decide = () => ({ failure: 'USER_BALANCE_NOT_ENOUGH' });
  await rig.call('CHENGDU', 'pay', payWithCode('SALE-4', yuan(990_000), await codeOf(rig, 'TNG')));

  // A wallet that does not know yet: it is asked again, and has to cancel in the end.
  wallet.decide = () => 'U';
  const slow = rig.call(
    'CHENGDU',
    'pay',
    payWithCode('SALE-5', yuan(800), await codeOf(rig, 'TNG')),
  );
  let done = false;
  void slow.finally(() => (done = true));
  while (!done) await rig.advance(1_000);
  await rig.advance(120_000);
  await rig.rest();
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
