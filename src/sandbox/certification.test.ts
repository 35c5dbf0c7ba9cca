// The sandbox passes the certification that outside partners are asked to pass: all wallets, both
// acquirers, over HTTP.

import { createPrivateKey, createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CertificationReport, certifyAcquirer, certifyWallet } from '../certify/certify.ts';
import { createHearing, type Hearing } from '../certify/hearing.ts';
import type { Task } from '../certify/listening.ts';
import { openNetwork } from '../host/network.ts';
import { realRandom } from '../host/world.ts';
import type { ApiName } from '../wire/messages.ts';
import { result } from '../wire/results.ts';
import { generateKeys } from '../wire/signature.ts';
import type { Pair } from './hub.fixture.ts';
import { startPair, until } from './hub.fixture.ts';
import { openingBalance } from './opening-balance.ts';
import { type SandboxPartner, sandboxAcquirers, sandboxWallets } from './partners.ts';
import { readSampleRates } from './rates-store.ts';

const network = openNetwork();
const rates = readSampleRates();
const orderMinor = 1_000n;
let pair: Pair;

beforeAll(async () => {
  pair = await startPair();
});
afterAll(async () => {
  await pair.close();
  await network.close();
});

function optionsFor({ id, clientId, algorithm }: SandboxPartner) {
  return {
    url: pair.sandbox.endpoints[id] ?? '',
    clientId,
    privateKey: pair.hub.ownKey(algorithm),
    keyVersion: '1',
    algorithm,
    foreignKey: createPrivateKey(generateKeys(algorithm).privateKeyPem),
    partnerKey: { algorithm, key: createPublicKey(pair.sandbox.publicKeys[id] ?? '') },
    network,
    clock: pair.clock,
    random: realRandom,
    limitMs: 5_000,
    progress: () => undefined,
  };
}

function expectAllPassed(report: CertificationReport): void {
  expect(report.cases.filter(({ verdict: is }) => is !== 'pass')).toEqual([]);
}

async function balanceOf(walletId: string, customerId: string): Promise<bigint> {
  const customer = `/sandbox/wallets/${walletId}/customers/${customerId}`;
  const { body } = await pair.api<{ customer: { balance: { value: string } } }>('GET', customer);
  return BigInt(body.customer.balance.value);
}

/** A customer who types the PIN on the consent page. */
const consentOf = (walletId: string, customerId: string) => async (authUrl: string) => {
  const grantId = new URL(authUrl).searchParams.get('grant') ?? '';
  const allow = `/sandbox/wallets/${walletId}/grants/${grantId}/allow`;
  const { body } = await pair.api<{ goOn: string }>('POST', allow, { customerId, pin: '123456' });
  return new URL(body.goOn).searchParams.get('authCode') ?? undefined;
};

/** The network's ear in the place of the hub that the sandbox knows. */
function openEar(apis: readonly ApiName[]): Hearing {
  const hearing = createHearing(pair.clock, 5_000);
  for (const api of apis) {
    pair.hub.onCall(api, (body) => hearing.take(api, JSON.stringify(body)));
  }
  return hearing;
}

/** A customer who complains on the wallet's page. */
const complaintAt = (walletId: string) => async (task: Task) => {
  if (task.do !== 'ask_evidence' && task.do !== 'demand_money') throw new Error(task.do);
  const { customerId, paymentRequestId } = task;
  const payment = `customers/${customerId}/payments/${paymentRequestId}`;
  const kind = task.do === 'ask_evidence' ? 'RETRIEVAL' : 'ESCALATION';
  const body = { kind, reason: 'The noodles never came.' };
  await pair.api('POST', `/sandbox/wallets/${walletId}/${payment}/disputes`, body);
};

describe('the wallets of the sandbox', () => {
  test.each(sandboxWallets.map((wallet) => [wallet.id, wallet] as const))(
    '%s is certified, and lost exactly what it said',
    async (id, wallet) => {
      const customer = `${id.replaceAll('_', '')}-000`;
      const before = await balanceOf(id, `${customer}1`);
      // Ten yuan are about 140 US cents, at a rate that is near enough for a test.
      const cost = openingBalance(
        1_400n,
        wallet.currency,
        rates.unitsPerUsd(wallet.currency) ?? '',
      );
      const report = await certifyWallet(
        {
          acquirerId: 'CERTIFY',
          pspId: id,
          customerId: `${customer}1`,
          poorCustomerId: `${customer}3`,
          orderCurrency: 'CNY',
          orderMinor,
          payToCurrency: wallet.currency,
          payToMinor: cost.minor / 10n,
          patienceMs: 0,
          consent: consentOf(id, `${customer}3`),
        },
        {
          ...optionsFor(wallet),
          listening: {
            hearing: openEar(['initiateRetrieval', 'initiateEscalation']),
            ask: complaintAt(id),
          },
        },
      );
      expectAllPassed(report);
      const lost = before - (await balanceOf(id, `${customer}1`));
      expect(report.debited?.value).toBe(String(lost));
      expect(lost).toBeGreaterThan(0n);
    },
  );
});

/** A shopkeeper who does at the till what the certification asks for. */
const shopkeeperAt = (till: string, currency: string) => async (task: Task) => {
  const post = async (path: string, body: object = {}): Promise<void> => {
    const { status } = await pair.api('POST', `${till}/${path}`, body);
    expect(status, path).toBeLessThan(300);
  };
  const amount = { currency, value: String(orderMinor) };
  switch (task.do) {
    case 'place_order':
      return post('payments', { amount });
    case 'answer_retrieval':
    case 'accept_part': {
      const dispute = `payments/${task.paymentRequestId}/disputes/${task.disputeRequestId}`;
      const word =
        task.do === 'accept_part'
          ? { word: 'ACCEPT', amount: task.refundAmount }
          : { word: 'EVIDENCE' };
      return post(`${dispute}/answer`, word);
    }
    case 'bind':
      return post('bindings', { walletId: 'TNG', returnUrl: 'https://shop.example/back' });
    case 'debit': {
      // The tokens may still be on their way.
      type Bound = { bindings: { status: string }[] };
      await until('the tokens', async () => {
        const { bindings } = (await pair.api<Bound>('GET', `${till}/bindings`)).body;
        return bindings.find(({ status }) => status === 'BOUND');
      });
      return post(`bindings/${task.referenceAgreementId}/payments`, { amount });
    }
    case 'refresh':
      return post(`bindings/${task.referenceAgreementId}/refresh`);
    case 'unbind':
      return post(`bindings/${task.referenceAgreementId}/end`);
    case 'cancel':
      return post(`payments/${task.paymentRequestId}/cancel`);
    case 'refund':
      return post(`payments/${task.paymentRequestId}/refunds`);
    default:
      throw new Error(task.do);
  }
};

const acquirerApis: readonly ApiName[] = [
  'pay',
  'inquiryPayment',
  'cancelPayment',
  'refund',
  'prepare',
  'applyToken',
  'cancelToken',
  'responseRetrieval',
  'responseEscalation',
];

describe('the acquirers of the sandbox', () => {
  test.each(sandboxAcquirers.map((acquirer) => [acquirer.id, acquirer] as const))(
    '%s is certified',
    async (id, acquirer) => {
      const till = acquirer.shops[0]?.tills[0]?.id ?? '';
      const tillPath = `/sandbox/acquirers/${id}/tills/${till}`;
      const payments = `${tillPath}/payments`;
      const listening = {
        hearing: openEar(acquirerApis),
        ask: shopkeeperAt(tillPath, acquirer.currency),
      };
      // The network is there when the orders are placed, before anybody is certified.
      listening.hearing.answer('pay', () => ({ result: result('PAYMENT_IN_PROCESS') }));
      const moveTime = async (byMs: number) => void pair.clock.moveTo(pair.clock.offsetMs() + byMs);
      const amount = { currency: acquirer.currency, value: String(orderMinor) };
      const order = async (): Promise<string> => {
        const { body } = await pair.api<{ paymentRequestId: string }>('POST', payments, { amount });
        return body.paymentRequestId;
      };
      const ownCode = async (): Promise<string> => {
        const asked = { amount, ownCode: true };
        type Shown = { orderCode: { text: string } };
        return (await pair.api<Shown>('POST', payments, asked)).body.orderCode.text;
      };
      const [openOrder, failingOrder] = [await order(), await order()];
      const terms = { acquirerId: id, pspId: 'TNG', orderCurrency: acquirer.currency, orderMinor };
      const code = await ownCode();
      const named =
        acquirer.ownCodes.kind === 'private' ? { privateCode: code } : { nationalCode: code };
      const report = await certifyAcquirer(
        { ...terms, openOrder, failingOrder, ...named },
        { ...optionsFor(acquirer), listening, moveTime },
      );
      expectAllPassed(report);
      const shown = await pair.api<{ status: string }>('GET', `${payments}/${openOrder}`);
      expect(shown.body.status).toBe('SUCCESS');
    },
  );
});
