// Merchants that were made known to wallets, and how each wallet stands to them.

/** How a wallet stands to a merchant; UNANSWERED: it has said nothing within seven days. */
export type StandingState = 'ASKED' | 'ACCEPTED' | 'APPROVED' | 'REJECTED' | 'UNANSWERED';

export interface WalletStanding {
  readonly walletId: string;
  readonly state: StandingState;
  readonly rejectReasons: string | null;
  readonly answeredAt: string | null;
  readonly asked: number;
  readonly isToBeTold: boolean;
}

/** A merchant or a store of it, as it was registered last. */
export interface RegisteredMerchant {
  readonly acquirerId: string;
  readonly acquirerName: string;
  readonly merchantId: string;
  readonly merchantName: string;
  readonly storeId: string | null;
  readonly storeName: string | null;
  readonly products: readonly string[];
  readonly registrationRequestId: string;
  readonly registeredAt: string;
  /** Whether its acquirer has all of its merchants registered. */
  readonly required: boolean;
  readonly wallets: readonly WalletStanding[];
}

export interface Merchants {
  readonly wallets: readonly {
    readonly id: string;
    readonly name: string;
    /** Whether it is paid with at registered merchants only. */
    readonly required: boolean;
  }[];
  readonly merchants: readonly RegisteredMerchant[];
  readonly more: boolean;
}
