// What the auditor knows of merchants: which wallet has approved whom, where that is required.

import type { Hearing } from './ledgerOfWords.ts';

interface OrderBody {
  readonly acquirerId?: string;
  readonly order?: {
    readonly referenceOrderId?: string;
    readonly merchant?: { readonly referenceMerchantId: string };
  };
}

export class MerchantAudit {
  readonly #hearing: Hearing;
  /** Wallets and acquirers that take registered merchants only. */
  readonly #strict: ReadonlySet<string>;
  readonly #approved = new Set<string>();

  constructor(hearing: Hearing, strict: readonly string[]) {
    this.#hearing = hearing;
    this.#strict = new Set(strict);
  }

  /** A wallet has said so, whether or not it is heard. */
  approves(walletId: string, acquirerId: string, merchantId: string): void {
    this.#approved.add(`${walletId}/${acquirerId}/${merchantId}`);
  }

  /** A wallet is shown an order, or asked to pay it: its merchant must be one that it approved. */
  asked(walletId: string, body: OrderBody): void {
    const acquirerId = body.acquirerId ?? '';
    if (!this.#strict.has(walletId) && !this.#strict.has(acquirerId)) return;
    const merchantId = body.order?.merchant?.referenceMerchantId ?? '';
    if (this.#approved.has(`${walletId}/${acquirerId}/${merchantId}`)) return;
    const order = body.order?.referenceOrderId;
    this.#hearing.blame(`${walletId} pays ${order} at ${merchantId}, which it has not approved`);
  }
}
