// An agreement: a wallet's customer allows an acquirer's client to debit them until it is revoked.

import type { AcquirerPrepareRequest } from '../wire/authorizations.ts';
import type { ResultCode } from '../wire/results.ts';

/**
 * ASKED: the wallet must still say where the customer consents. PREPARED: it has; nothing is
 * allowed yet. ACTIVE: tokens were given. REVOKING: nothing may be debited any more, and the wallet
 * must still be told; REVOKED: it knows. REFUSED: the wallet would not prepare it.
 */
export type AgreementState = 'ASKED' | 'PREPARED' | 'REFUSED' | 'ACTIVE' | 'REVOKING' | 'REVOKED';

/** What the acquirer asked for, beside the ids: all of it is compared when the id comes again. */
export type AgreementTerms = Omit<
  AcquirerPrepareRequest,
  'authClientId' | 'referenceAgreementId' | 'customerBelongsTo'
>;

/** Where the customer consents. */
export interface ConsentWays {
  readonly authUrl: string;
  readonly schemeUrl?: string | undefined;
  readonly applinkUrl?: string | undefined;
}

/** A wallet's token, sealed, and until when it is good (milliseconds since 1970). */
export interface SealedToken {
  readonly sealed: string;
  readonly expiresAt: number;
}

export interface Agreement {
  /** Unique; carries the slot. */
  readonly agreementNumber: number;
  readonly acquirerId: string;
  readonly authClientId: string;
  readonly referenceAgreementId: string;
  readonly walletId: string;
  readonly terms: AgreementTerms;
  readonly state: AgreementState;
  readonly resultCode: ResultCode;
  readonly ways: ConsentWays | null;
  readonly customerId: string | null;
  /** How often tokens were given out; only the newest are good. */
  readonly generation: number;
  /** A fingerprint of the code that brought the newest tokens; null after a refresh. */
  readonly appliedCode: string | null;
  readonly access: SealedToken | null;
  readonly refresh: SealedToken | null;
  /** The wallet's code that the acquirer is told by notice, sealed. */
  readonly toldCode: string | null;
  readonly createdAt: number;
  readonly changedAt: number;
}

/** The key of an acquirer's `prepare`: unique in the network, and with it in its lane. */
export function agreementKey(
  acquirerId: string,
  authClientId: string,
  referenceAgreementId: string,
): string {
  return JSON.stringify([acquirerId, authClientId, referenceAgreementId]);
}

/** The scope without which nobody may debit (protocol.md §1.7). */
const payScope = 'AGREEMENT_PAY';

/** Whether nothing can ever be debited under it any more. */
export function isRevoked({ state }: Agreement): boolean {
  return state === 'REVOKING' || state === 'REVOKED';
}

export type TokenFault = { readonly resultCode: ResultCode; readonly message: string };

/**
 * Why a token of this generation lets nobody debit at this time; undefined when it does. The order
 * is that of the checks.
 */
export function tokenFault(
  agreement: Agreement,
  generation: number,
  now: number,
): TokenFault | undefined {
  if (isRevoked(agreement)) {
    return invalid('The customer or the shop has revoked this agreement.');
  }
  if (agreement.access === null || agreement.state !== 'ACTIVE') {
    return invalid('No token was given for this agreement.');
  }
  if (generation !== agreement.generation) {
    return invalid('The token was replaced by a newer one.');
  }
  if (!agreement.terms.scopes.includes(payScope)) {
    return invalid(`The token lacks the scope ${payScope}.`);
  }
  if (agreement.access.expiresAt <= now) {
    const message = 'The access token has expired. Refresh it, then use a new paymentRequestId.';
    return { resultCode: 'EXPIRED_ACCESS_TOKEN', message };
  }
  return undefined;
}

export function invalid(message: string): TokenFault {
  return { resultCode: 'INVALID_TOKEN', message };
}
