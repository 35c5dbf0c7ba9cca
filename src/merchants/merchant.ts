// Merchants of our own acquirers: who they are, and how their ids are kept apart in the network.

import type { VerificationKey } from '../wire/envelope.ts';

/** One who sells through an acquirer of the network's own. */
export interface Merchant {
  /** Letters, digits, dots, dashes and underscores: never the sign that ends it in a network id. */
  readonly merchantId: string;
  readonly acquirerId: string;
  readonly name: string;
  /** The `Client-Id` header of its messages. */
  readonly clientId: string;
  /** Where it is told of payments whose request names no other address. */
  readonly notifyUrl: string | null;
  /** Its trade as four digits of ISO 18245, where it is known. */
  readonly categoryCode: string | null;
  /** Its usual store, for orders that name none. */
  readonly store: {
    readonly storeId: string;
    readonly name: string;
    readonly city: string | null;
  };
  readonly enabled: boolean;
}

/** A public key of a merchant: the dialect has only RSA256. */
export interface MerchantKey extends VerificationKey {
  readonly merchantId: string;
  readonly keyVersion: string;
}

const end = ':';

/** Whether a text can be a merchant's id. */
export function isMerchantId(text: string): boolean {
  return /^[A-Za-z0-9_.-]{1,64}$/.test(text);
}

/**
 * A merchant's own request id as its acquirer's, which must be unique among all its merchants:
 * `RAMEN:ORDER-1`. No merchant's id holds the colon, so the first one ends it.
 */
export function networkIdOf(merchant: Merchant, ownId: string): string {
  return merchant.merchantId + end + ownId;
}

/** A merchant's own id again. */
export function ownIdOf(networkId: string): string {
  return networkId.slice(networkId.indexOf(end) + 1);
}

/** What tells whose a payment is. */
interface Placed {
  readonly acquirerId: string;
  readonly paymentRequestId: string;
}

/** Whether a payment is this merchant's. */
export function isOf(merchant: Merchant, payment: Placed): boolean {
  const { acquirerId, paymentRequestId } = payment;
  return (
    acquirerId === merchant.acquirerId && paymentRequestId.startsWith(merchant.merchantId + end)
  );
}

/** What tells for whom a customer allowed debits. */
interface Allowed {
  readonly acquirerId: string;
  readonly authClientId: string;
}

/** Whether an agreement is this merchant's: to the network it is the acquirer's client. */
export function isClient(merchant: Merchant, { acquirerId, authClientId }: Allowed): boolean {
  return acquirerId === merchant.acquirerId && authClientId === merchant.merchantId;
}

/** All merchants with their keys. Immutable; replaced as a whole when configuration changes. */
export class Merchants {
  readonly all: readonly Merchant[];
  readonly #byId = new Map<string, Merchant>();
  readonly #byClient = new Map<string, Merchant>();
  readonly #keys = new Map<string, MerchantKey[]>();

  constructor(merchants: readonly Merchant[], keys: readonly MerchantKey[]) {
    this.all = merchants;
    for (const merchant of merchants) {
      this.#byId.set(merchant.merchantId, merchant);
      this.#byClient.set(merchant.clientId, merchant);
    }
    for (const key of keys) {
      this.#keys.set(key.merchantId, [...(this.#keys.get(key.merchantId) ?? []), key]);
    }
  }

  byId(merchantId: string): Merchant | undefined {
    return this.#byId.get(merchantId);
  }

  byClientId(clientId: string): Merchant | undefined {
    return this.#byClient.get(clientId);
  }

  /** The key of a version; without one the newest, which is the protocol's default (§3). */
  key(merchantId: string, keyVersion: string | undefined): MerchantKey | undefined {
    const keys = this.#keys.get(merchantId) ?? [];
    return keyVersion === undefined
      ? keys.at(-1)
      : keys.find((key) => key.keyVersion === keyVersion);
  }

  /** Whose a payment is; undefined where another acquirer placed it, or a merchant unknown here. */
  ofPayment(payment: Placed): Merchant | undefined {
    const { paymentRequestId } = payment;
    const merchant = this.byId(paymentRequestId.slice(0, paymentRequestId.indexOf(end)));
    return merchant !== undefined && isOf(merchant, payment) ? merchant : undefined;
  }

  /** For whom an agreement was made; undefined where it is another acquirer's. */
  ofAgreement(agreement: Allowed): Merchant | undefined {
    const merchant = this.byId(agreement.authClientId);
    return merchant !== undefined && isClient(merchant, agreement) ? merchant : undefined;
  }
}
