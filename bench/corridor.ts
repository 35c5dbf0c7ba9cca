// The one hot corridor that benchmarks pay through: TNG of Malaysia to an acquirer of China.

import { defaultTerms } from '../src/cli/terms.ts';
import type { NewParticipant } from '../src/network/participantStore.ts';
import { type Algorithm, generateKeys } from '../src/wire/signature.ts';

/** A cap that is checked on every payment and never reached: 10 billion ringgit. */
const cap = 10n ** 12n;

/** A corridor's two participants, with the keys that they sign with. */
export interface Corridor {
  readonly algorithm: Algorithm;
  readonly wallet: NewParticipant;
  readonly acquirer: NewParticipant;
  readonly privateKeys: { readonly wallet: string; readonly acquirer: string };
}

/** `tag` tells corridors of one network apart. Endpoints are where the hub calls the two. */
export function corridor(
  algorithm: Algorithm,
  tag = '',
  endpoints = { wallet: 'http://127.0.0.1:9', acquirer: 'http://127.0.0.1:9' },
): Corridor {
  const keys = { wallet: generateKeys(algorithm), acquirer: generateKeys(algorithm) };
  const both = { algorithm, keyVersion: '1', enabled: true };
  return {
    algorithm,
    wallet: {
      ...both,
      ...defaultTerms('wallet'),
      participantId: `TNG${tag}`,
      role: 'wallet',
      name: "Touch 'n Go eWallet",
      clientId: `SANDBOX_TNG${tag}`,
      market: 'MY',
      currency: 'MYR',
      orderCurrencies: [],
      endpoint: endpoints.wallet,
      cap,
      publicKey: keys.wallet.publicKeyPem,
    },
    acquirer: {
      ...both,
      ...defaultTerms('acquirer'),
      participantId: `ACQ${tag}`,
      role: 'acquirer',
      name: 'Chengdu Acquiring',
      clientId: `SANDBOX_ACQ${tag}`,
      market: 'CN',
      currency: 'CNY',
      orderCurrencies: ['CNY'],
      endpoint: endpoints.acquirer,
      cap: null,
      publicKey: keys.acquirer.publicKeyPem,
    },
    privateKeys: {
      wallet: keys.wallet.privateKeyPem,
      acquirer: keys.acquirer.privateKeyPem,
    },
  };
}

/** An order as a till sends it, about 600 bytes of JSON. */
export const order = {
  referenceOrderId: '2026112200000000000001',
  orderDescription: 'Dan dan noodles, two bowls of rice wine, one plate of cucumber',
  orderAmount: { currency: 'CNY', value: '12000' },
  merchant: {
    referenceMerchantId: 'M0000000001',
    merchantName: 'Chen Mapo Noodle House',
    merchantMCC: '5812',
    merchantAddress: { region: 'CN', city: 'Chengdu' },
    store: {
      referenceStoreId: 'S0000000001',
      storeName: 'Chen Mapo Noodle House, Chunxi Road',
      storeMCC: '5812',
      storeAddress: { region: 'CN', city: 'Chengdu' },
    },
  },
  env: {
    storeTerminalId: 'T0000000001',
    storeTerminalRequestTime: '2026-11-22T12:30:00+08:00',
  },
};

/** Ids as acquirers make them: the time to the second, then a count. */
export function requestIds(tag: string): () => string {
  let count = 0;
  let second = 0;
  let prefix = '';
  return () => {
    const now = Math.floor(Date.now() / 1_000);
    if (now !== second) {
      second = now;
      prefix = new Date(now * 1_000).toISOString().slice(0, 19).replace(/\D/g, '');
    }
    return `${prefix}${String(++count).padStart(10, '0')}${tag}`;
  };
}
