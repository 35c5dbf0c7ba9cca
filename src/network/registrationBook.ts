// Which wallet has approved which merchant, in memory: all that a payment has to look up.

import type { RegistrationProduct } from '../wire/registration.ts';

/** What is sold where: online sales have no store (protocol.md §2.12). */
export interface RegisteredSale {
  readonly acquirerId: string;
  readonly merchantId: string;
  readonly storeId: string | null;
  readonly product: RegistrationProduct;
}

/** A wallet's word on a sale, with the mark of the request that it answers. */
export interface WalletWord {
  readonly walletId: string;
  readonly sequence: number;
  readonly approved: boolean;
}

/**
 * Filled from what wallets have said, and kept up to date while it is in use. It is asked only
 * where a wallet or an acquirer requires registration, and is empty while nobody does.
 */
export class RegistrationBook {
  #required: ReadonlySet<string> = new Set();
  readonly #words = new Map<string, Map<string, WalletWord>>();

  /** Sets who requires registration. */
  require(participantIds: ReadonlySet<string>): void {
    this.#required = participantIds;
  }

  /** Whether anybody does: without that nothing needs to be known. */
  get isNeeded(): boolean {
    return this.#required.size > 0;
  }

  /** Whether a payment of this acquirer at this wallet needs a registered merchant. */
  isRequired(acquirerId: string, walletId: string): boolean {
    return this.#required.has(walletId) || this.#required.has(acquirerId);
  }

  /** Takes a wallet's word; of two requests about one sale the later one's counts. */
  note(sale: RegisteredSale, word: WalletWord): void {
    const key = keyOf(sale);
    const words = this.#words.get(key) ?? new Map<string, WalletWord>();
    this.#words.set(key, words);
    const known = words.get(word.walletId);
    if (known === undefined || known.sequence <= word.sequence) words.set(word.walletId, word);
  }

  /** Whether the wallet's last word on the sale is yes. */
  hasApproved(sale: RegisteredSale, walletId: string): boolean {
    return this.#words.get(keyOf(sale))?.get(walletId)?.approved === true;
  }
}

function keyOf({ acquirerId, merchantId, storeId, product }: RegisteredSale): string {
  return JSON.stringify([acquirerId, merchantId, storeId, product]);
}
