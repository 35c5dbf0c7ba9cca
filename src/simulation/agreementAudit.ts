// What the auditor knows of standing permissions: whose each token is, what was revoked, and what
// was only asked.

import type { Hearing } from './ledgerOfWords.ts';

/** A permission by the name that its shop gave it, which the wallet shows its customer. */
export interface Permission {
  readonly name: string;
  readonly acquirerId: string;
  readonly walletId: string;
  readonly customerId: string;
}

interface PayBody {
  readonly acquirerId?: string;
  readonly paymentRequestId?: string;
  readonly order?: { readonly referenceOrderId: string };
  readonly paymentMethod?: { readonly paymentMethodId?: string; readonly customerId?: string };
  readonly paymentFactor?: { readonly isPaymentEvaluation?: string };
}

const keyOf = (owner: string, id: string) => `${owner}/${id}`;

export class AgreementAudit {
  readonly #hearing: Hearing;
  /** By the wallet and its token, by the acquirer and ours, and by the wallet and our id. */
  readonly #ofWalletToken = new Map<string, Permission>();
  readonly #ofToken = new Map<string, Permission>();
  readonly #ofReference = new Map<string, Permission>();
  readonly #revokedAt = new Map<string, number>();
  /** Whose token the acquirer has sent with a payment. */
  readonly #debits = new Map<string, Permission>();
  readonly #evaluations = new Set<string>();

  constructor(hearing: Hearing) {
    this.#hearing = hearing;
  }

  /** The wallet's customer consented to what `reference` names. */
  consented(permission: Permission, reference: string): void {
    this.#ofReference.set(keyOf(permission.walletId, reference), permission);
  }

  walletGave(permission: Permission, token: string): void {
    this.#ofWalletToken.set(keyOf(permission.walletId, token), permission);
  }

  acquirerHolds(permission: Permission, token: string): void {
    const key = keyOf(permission.acquirerId, token);
    const known = this.#ofToken.get(key);
    if (known !== undefined && known.name !== permission.name) {
      this.#hearing.blame(`one token is of ${known.name} and of ${permission.name}`);
    }
    this.#ofToken.set(key, permission);
  }

  /** The acquirer debits with a token, or only asks whether it could. */
  debits(permission: Permission, paymentRequestId: string): void {
    this.#debits.set(keyOf(permission.acquirerId, paymentRequestId), permission);
  }

  evaluates(acquirerId: string, paymentRequestId: string): void {
    this.#evaluations.add(keyOf(acquirerId, paymentRequestId));
  }

  /** The hub asks a wallet to pay with a token of the wallet's. False: nobody is to pay. */
  hubDebits(walletId: string, text: string): boolean {
    const body = JSON.parse(text) as PayBody;
    const token = body.paymentMethod?.paymentMethodId;
    if (token === undefined) return true;
    const orderId = body.order?.referenceOrderId ?? '';
    const asked = keyOf(body.acquirerId ?? '', orderId);
    const isEvaluation = body.paymentFactor?.isPaymentEvaluation === 'true';
    const permission = this.#ofWalletToken.get(keyOf(walletId, token));
    if (permission === undefined) {
      this.#hearing.blame(`${walletId} is asked to debit ${orderId} with a token it never gave`);
      return !isEvaluation;
    }
    const wanted = this.#debits.get(asked);
    if (wanted?.name !== permission.name) {
      this.#hearing.blame(`${orderId} is of ${wanted?.name}, and debits ${permission.name}`);
    }
    if (body.paymentMethod?.customerId !== permission.customerId) {
      const other = body.paymentMethod?.customerId;
      this.#hearing.blame(`${orderId} debits ${other} with the token of ${permission.customerId}`);
    }
    const revokedAt = this.#revokedAt.get(permission.name);
    if (revokedAt !== undefined && revokedAt < this.#hearing.now()) {
      this.#hearing.blame(`${orderId} debits ${permission.name}, after it was revoked`);
    }
    if (this.#evaluations.has(asked) && !isEvaluation) {
      this.#hearing.blame(`${orderId} was an evaluation, and debits ${permission.name}`);
    }
    return !isEvaluation;
  }

  /** A wallet moves money for something that it was only asked about. */
  charged(walletId: string, legId: string): void {
    if (!legId.startsWith('evaluation-')) return;
    this.#hearing.blame(`${walletId} charged for the evaluation ${legId}`);
  }

  /** The hub has answered S: from now on nothing is debited. */
  hubAnswers(partnerId: string, api: string, request: string, isDone: boolean): void {
    if (!isDone) return;
    const asked = JSON.parse(request) as Record<string, string>;
    const permission =
      api === 'cancelToken'
        ? this.#ofToken.get(keyOf(partnerId, asked.accessToken ?? ''))
        : api === 'authNotify' && asked.authorizationNotifyType === 'TOKEN_CANCELED'
          ? this.#ofReference.get(keyOf(partnerId, asked.referenceAgreementId ?? ''))
          : undefined;
    if (permission === undefined || this.#revokedAt.has(permission.name)) return;
    this.#revokedAt.set(permission.name, this.#hearing.now());
  }
}
