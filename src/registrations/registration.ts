// A registration: what an acquirer told of a merchant, how each wallet stands to it, and what both
// sides are told (protocol.md §2.12).

import type { RegisteredSale } from '../network/registrationBook.ts';
import type {
  RegistrationProduct,
  RegistrationRequest,
  RegistrationResult,
  WalletRegistrationRequest,
} from '../wire/registration.ts';

/**
 * ASKED: the wallet has not said that it has it. ACCEPTED: it has, and looks at it. UNANSWERED: it
 * has said nothing within the time; a later word of it still counts.
 */
export type WalletState = 'ASKED' | 'ACCEPTED' | 'APPROVED' | 'REJECTED' | 'UNANSWERED';

/** A registration at one wallet. */
export interface WalletStanding {
  readonly walletId: string;
  readonly state: WalletState;
  readonly rejectReasons: string | null;
  readonly answeredAt: number | null;
  readonly askTries: number;
  readonly notifyTries: number;
  /** Whether the acquirer has not yet said that it knows. */
  readonly isToBeTold: boolean;
}

export interface Registration {
  /** Our own id, which wallets see. */
  readonly registrationId: string;
  readonly acquirerId: string;
  readonly registrationRequestId: string;
  /** Of two registrations of one merchant the one with the larger mark is the newer. */
  readonly sequence: number;
  readonly merchantId: string;
  readonly merchantName: string;
  /** Null where it is about online sales only. */
  readonly storeId: string | null;
  readonly storeName: string | null;
  readonly products: readonly RegistrationProduct[];
  /** What wallets are told, as JSON. */
  readonly body: string;
  readonly notifyUrl: string | null;
  readonly createdAt: number;
}

/** A registration with how every wallet that was asked stands to it. */
export interface KnownRegistration extends Registration {
  readonly wallets: readonly WalletStanding[];
}

/** An acquirer's message, as it is kept. */
export function registrationOf(
  message: RegistrationRequest,
  facts: Pick<Registration, 'registrationId' | 'acquirerId' | 'sequence' | 'createdAt'>,
): Registration {
  const { merchantInfo, storeInfo, registrationNotifyUrl } = message;
  const body: WalletRegistrationRequest = {
    acquirerId: facts.acquirerId,
    registrationRequestId: facts.registrationId,
    productCodes: message.productCodes,
    merchantInfo,
    ...(storeInfo === undefined ? {} : { storeInfo }),
    ...(message.passThroughInfo === undefined ? {} : { passThroughInfo: message.passThroughInfo }),
  };
  return {
    ...facts,
    registrationRequestId: message.registrationRequestId,
    merchantId: merchantInfo.referenceMerchantId,
    merchantName: merchantInfo.merchantDisplayName,
    storeId: storeInfo?.referenceStoreId ?? null,
    storeName: storeInfo?.storeDisplayName ?? storeInfo?.storeName ?? null,
    products: [...new Set(message.productCodes)],
    body: JSON.stringify(body),
    notifyUrl: registrationNotifyUrl ?? null,
  };
}

/** What a registration is about: a store counts for sales in a store only. */
export function salesOf(
  registration: Pick<Registration, 'acquirerId' | 'merchantId' | 'storeId' | 'products'>,
): RegisteredSale[] {
  const { acquirerId, merchantId, products } = registration;
  return products.map((product) => ({
    acquirerId,
    merchantId,
    storeId: product === 'IN_STORE_PAYMENT' ? registration.storeId : null,
    product,
  }));
}

type Subject = Pick<Registration, 'merchantId' | 'storeId' | 'products' | 'createdAt'>;

/**
 * The earlier registration that keeps a new one from being taken: of the same merchant, store and
 * product (online: merchant and product), and too young.
 */
export function tooYoung<Known extends Subject>(
  fresh: Subject,
  earlier: readonly Known[],
  updateMs: number,
): Known | undefined {
  return earlier.find((known) => {
    if (known.merchantId !== fresh.merchantId) return false;
    if (known.createdAt + updateMs <= fresh.createdAt) return false;
    return known.products.some(
      (product) =>
        fresh.products.includes(product) &&
        (product !== 'IN_STORE_PAYMENT' || known.storeId === fresh.storeId),
    );
  });
}

/** How one wallet stands, in the wire's words; what it has not said is pending. */
function resultAtWallet(
  standing: Pick<WalletStanding, 'state' | 'rejectReasons'>,
): RegistrationResult {
  const { state, rejectReasons } = standing;
  if (state !== 'APPROVED' && state !== 'REJECTED') return { registrationStatus: 'PENDING' };
  return {
    registrationStatus: state,
    ...(rejectReasons === null ? {} : { rejectReasons }),
  };
}

/** All of it in the wire's words: COMPLETED once every wallet has answered. */
export function resultsOf({ wallets }: KnownRegistration) {
  const list = wallets.map((standing) => ({
    pspName: standing.walletId,
    registrationResult: resultAtWallet(standing),
  }));
  const isOver = list.every((each) => each.registrationResult.registrationStatus !== 'PENDING');
  const registrationResult: RegistrationResult = {
    registrationStatus: isOver ? 'COMPLETED' : 'PENDING',
  };
  return { registrationResult, pspRegistrationResultList: list };
}

/** What an acquirer is told when a wallet has said its word. */
export function noticeOf(known: KnownRegistration) {
  return {
    registrationRequestId: known.registrationRequestId,
    referenceMerchantId: known.merchantId,
    ...(known.storeId === null ? {} : { referenceStoreId: known.storeId }),
    ...resultsOf(known),
  };
}
