// The sandbox passes the certification that outside partners are asked to pass: all wallets, both
// acquirers, over HTTP.

import { createPrivateKey, createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CertificationReport, certifyAcquirer, certifyWallet } from '../certify/certify.ts';
import { openNetwork } from '../host/network.ts';
import { realClock, realRandom } from '../host/world.ts';
import { generateKeys } from '../wire/signature.ts';
import type { Pair } from './hub.fixture.ts';
import { startPair } from './hub.fixture.ts';
import { verdict } from './messages.fixture.ts';
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
    clock: realClock,
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
        optionsFor(wallet),
      );
      expectAllPassed(report);
      const lost = before - (await balanceOf(id, `${customer}1`));
      expect(report.debited?.value).toBe(String(lost));
      expect(lost).toBeGreaterThan(0n);
    },
  );
});

describe('the acquirers of the sandbox', () => {
  test.each(sandboxAcquirers.map((acquirer) => [acquirer.id, acquirer] as const))(
    '%s is certified',
    async (id, acquirer) => {
      pair.hub.onCall('pay', () => ({
        result: verdict('PAYMENT_IN_PROCESS', 'U'),
        paymentId: 'P1',
      }));
      pair.hub.onCall('inquiryPayment', () => ({ result: verdict('UNKNOWN_EXCEPTION', 'U') }));
      const till = acquirer.shops[0]?.tills[0]?.id ?? '';
      const payments = `/sandbox/acquirers/${id}/tills/${till}/payments`;
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
        optionsFor(acquirer),
      );
      expectAllPassed(report);
      const shown = await pair.api<{ status: string }>('GET', `${payments}/${openOrder}`);
      expect(shown.body.status).toBe('SUCCESS');
    },
  );
});
