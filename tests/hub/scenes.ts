// A small network that many tests begin with, and the messages that its partners send.

import Fastify from 'fastify';
import { expect } from 'vitest';
import { entryRoutes } from '../../src/api/entry.ts';
import type { Rig, RigPartner, Told } from './rig.ts';

/** One acquirer that settles in yuan, and two wallets. */
export const acquirer: RigPartner = {
  participantId: 'CHENGDU',
  role: 'acquirer',
  currency: 'CNY',
  serviceFeeBasisPoints: 20,
  interchangeBasisPoints: 30,
};
export const malaysian: RigPartner = {
  participantId: 'TNG',
  role: 'wallet',
  currency: 'MYR',
  market: 'MY',
  spreadBasisPoints: 50,
  serviceFeeBasisPoints: 10,
};
export const korean: RigPartner = {
  participantId: 'KAKAO',
  role: 'wallet',
  currency: 'KRW',
  market: 'KR',
  spreadBasisPoints: 50,
};

export const rates = [
  { base: 'MYR', quote: 'CNY', price: '1.6' },
  { base: 'CNY', quote: 'KRW', price: '200' },
];

type Amount = { readonly currency: string; readonly value: string };

/** The acquirer's order for a bowl of noodles, under the id of its payment. */
function order(referenceOrderId: string, amount: Amount): object {
  return {
    referenceOrderId,
    orderDescription: 'Dandan noodles',
    orderAmount: amount,
    merchant: {
      referenceMerchantId: 'RAMEN',
      merchantMCC: '5812',
      merchantName: 'Ramen House',
      store: { referenceStoreId: 'CHUNXI', storeName: 'Chunxi Road' },
    },
  };
}

/** `pay` for a payment code that was scanned. */
export function payWithCode(paymentRequestId: string, amount: Amount, code: string) {
  return {
    paymentRequestId,
    paymentAmount: amount,
    order: order(paymentRequestId, amount),
    paymentMethod: { paymentMethodType: 'CONNECT_WALLET', paymentMethodId: code },
    paymentFactor: {
      isInStorePayment: 'true',
      isCashierPayment: 'false',
      inStorePaymentScenario: 'PaymentCode',
    },
  };
}

/** `pay` that asks for an order code to show. */
export function payForOrderCode(paymentRequestId: string, amount: Amount) {
  return {
    paymentRequestId,
    paymentAmount: amount,
    order: order(paymentRequestId, amount),
    paymentMethod: { paymentMethodType: 'CONNECT_WALLET' },
    paymentFactor: {
      isInStorePayment: 'true',
      isCashierPayment: 'true',
      inStorePaymentScenario: 'OrderCode',
    },
  };
}

/** `pay` from the page behind a printed code, opened by a wallet. */
export function payForEntryCode(paymentRequestId: string, amount: Amount) {
  return {
    ...payForOrderCode(paymentRequestId, amount),
    order: {
      ...order(paymentRequestId, amount),
      env: { terminalType: 'WAP', userAgent: 'WayfareConnect/1.0 (TNG; MY; MYR)' },
    },
    paymentFactor: {
      isInStorePayment: 'true',
      isCashierPayment: 'true',
      inStorePaymentScenario: 'EntryCode',
    },
  };
}

/** `pay` from an online shop, on a desktop, whose visitor comes back to it afterwards. */
export function payAtCashier(paymentRequestId: string, amount: Amount) {
  return {
    ...payForOrderCode(paymentRequestId, amount),
    order: { ...order(paymentRequestId, amount), env: { terminalType: 'WEB' } },
    paymentFactor: {
      isInStorePayment: 'false',
      isCashierPayment: 'true',
      presentmentMode: 'TILE',
    },
    paymentRedirectUrl: `https://tickets.example/order/${paymentRequestId}`,
  };
}

/** Opens the network's address of an entry code, as a wallet does that intercepts it. */
export async function openEntry(rig: Rig, url: string, method: 'GET' | 'POST' = 'POST') {
  const [hub] = rig.hubs;
  if (hub === undefined) throw new Error('a rig has at least one hub');
  const server = Fastify();
  entryRoutes(server, hub);
  const answer = await server.inject({ method, url: new URL(url, 'https://hub.test').pathname });
  await server.close();
  const body = answer.json() as {
    codeValue?: string;
    error?: { code: string; message: string };
  };
  return { status: answer.statusCode, ...body };
}

export const yuan = (fen: number): Amount => ({ currency: 'CNY', value: String(fen) });

/** Payment codes of a wallet's customer. */
export async function codesOf(rig: Rig, walletId: string, count = 1, customerId = 'ANNA') {
  const told = await rig.call(walletId, 'getPaymentCode', {
    customerId,
    codeQuantity: String(count),
    region: 'CN',
    env: { terminalType: 'APP', osType: 'IOS' },
  });
  expect(told.resultCode).toBe('SUCCESS');
  const list = told.body.paymentCodeList as { paymentCode: string }[];
  return list.map((each) => each.paymentCode);
}

export async function codeOf(rig: Rig, walletId: string, customerId = 'ANNA'): Promise<string> {
  const [code = ''] = await codesOf(rig, walletId, 1, customerId);
  return code;
}

/** The text of the order code in an answer to `pay`. */
export function orderCodeIn(told: Told): string {
  const form = told.body.orderCodeForm as { codeDetails: { codeValue: string }[] } | undefined;
  return form?.codeDetails[0]?.codeValue ?? '';
}

/** Rows of every table that a request might change; the log of messages is evidence and apart. */
export async function contents(rig: Rig): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const table of [
    'lanes',
    'payment_requests',
    'payments',
    'payment_pages',
    'legs',
    'postings',
    'account_slices',
    'outbox',
    'payment_codes',
    'acquirer_codes',
    'cancellations',
    'refunds',
    'refund_claims',
    'agreement_requests',
    'agreements',
    'person_counters',
  ]) {
    const rows = await rig.fresh.database.query<{ digest: string }>(
      `select count(*) || ' ' || md5(coalesce(string_agg(t::text, ';' order by t::text), ''))
        as digest from ${table} t`,
    );
    found[table] = rows[0]?.digest;
  }
  return found;
}

/** A payment that the wallet has paid by its code. */
export async function paid(rig: Rig, id: string, amount: Amount, walletId = 'TNG'): Promise<void> {
  const told = await rig.call(
    'CHENGDU',
    'pay',
    payWithCode(id, amount, await codeOf(rig, walletId)),
  );
  expect(told.resultCode).toBe('SUCCESS');
  await rig.rest();
}

/** Fails with the violations in the message unless everything is proved. */
export async function expectBalanced(rig: Rig): Promise<void> {
  const proof = await rig.prove();
  expect(proof.findings.filter((finding) => finding.count > 0)).toEqual([]);
  expect(proof.balanced).toBe(true);
}
