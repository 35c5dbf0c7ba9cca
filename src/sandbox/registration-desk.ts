// Merchants are registered: the acquirers send their shops, the wallets look at them and say their
// word, or do not.

import type { Clock } from '../base/world.ts';
import {
  registrationResponse,
  resultOnlyResponse,
  type WalletRegistrationRequest,
} from '../wire/registration.ts';
import { type Result, result } from '../wire/results.ts';
import type { Behaviour } from './behaviour.ts';
import { type HubLink, hubTimeoutMs } from './hub-link.ts';
import type { SandboxAcquirer, SandboxWallet } from './partners.ts';
import type { MerchantFile, RegistrationStore } from './registration-store.ts';
import type { SandboxShop } from './shops.ts';

export interface RegistrationDeskOptions {
  readonly store: RegistrationStore;
  readonly link: HubLink;
  readonly clock: Clock;
  readonly behaviourOf: (walletId: string) => Behaviour;
  readonly nudge: () => void;
  readonly onFailure: (error: unknown) => void;
  /** How long a wallet looks at a merchant; two seconds if not given. */
  readonly decisionMs?: number;
}

/** A wallet looks at a merchant for this long; the protocol gives it seven days. */
const usualDecisionMs = 2_000;

/** Waits between telling the hub a word; the last one repeats. */
const delaysMs: readonly number[] = [2_000, 10_000, 60_000, 600_000];

const leaseMs = hubTimeoutMs + 3_000;

/** Why a wallet told to refuse merchants does so. */
const refusal = 'Shops of this category are not taken.';

/** What the hub said to one shop's registration. */
interface ShopRegistration {
  readonly shopId: string;
  readonly registrationRequestId: string;
  readonly resultCode: string;
  readonly resultMessage: string;
}

export type RegistrationDesk = ReturnType<typeof createRegistrationDesk>;

export function createRegistrationDesk(options: RegistrationDeskOptions) {
  const { store, link, clock, behaviourOf } = options;

  async function tell(file: MerchantFile): Promise<void> {
    if (file.status === null) return;
    const { rejectReasons, registrationRequestId } = file;
    const body = {
      registrationRequestId,
      registrationResult: {
        registrationStatus: file.status,
        ...(rejectReasons === null ? {} : { rejectReasons }),
      },
    };
    const reply = await link.call(
      file.walletId,
      'notifyRegistrationStatus',
      body,
      resultOnlyResponse,
    );
    const isOver = reply.kind === 'answered' && reply.answer.result.resultStatus !== 'U';
    const delay = delaysMs[Math.min(file.attempts, delaysMs.length - 1)] ?? 0;
    const nextAt = isOver ? null : clock.now() + delay;
    store.keep({ ...file, attempts: file.attempts + 1, nextAt });
    options.nudge();
  }

  async function registerShop(
    acquirer: SandboxAcquirer,
    shop: SandboxShop,
  ): Promise<ShopRegistration> {
    const registrationRequestId = `${shop.id}-${clock.now()}`;
    const request = registrationOf(acquirer, shop, registrationRequestId);
    const reply = await link.call(acquirer.id, 'registration', request, registrationResponse);
    const said: { resultCode: string; resultMessage?: string | undefined } =
      reply.kind === 'answered'
        ? reply.answer.result
        : { resultCode: 'UNKNOWN_EXCEPTION', resultMessage: reply.problem };
    return {
      shopId: shop.id,
      registrationRequestId,
      resultCode: said.resultCode,
      resultMessage: said.resultMessage ?? '',
    };
  }

  return {
    /** Sends every shop of an acquirer to the hub, which passes it on to all wallets. */
    registerShops: (acquirer: SandboxAcquirer): Promise<ShopRegistration[]> =>
      Promise.all(acquirer.shops.map((shop) => registerShop(acquirer, shop))),

    /** `registration` from the hub: the wallet has it, and says its word a little later. */
    asked(wallet: SandboxWallet, body: WalletRegistrationRequest): { readonly result: Result } {
      const { registrationRequestId } = body;
      const answer = { result: result('SUCCESS') };
      if (store.file(wallet.id, registrationRequestId) !== null) return answer;
      const { mode } = behaviourOf(wallet.id);
      const isRefused = mode === 'registration_refused';
      const isSilent = mode === 'registration_silent';
      store.keep({
        walletId: wallet.id,
        registrationRequestId,
        status: isSilent ? null : isRefused ? 'REJECTED' : 'APPROVED',
        rejectReasons: isRefused ? refusal : null,
        nextAt: isSilent ? null : clock.now() + (options.decisionMs ?? usualDecisionMs),
        attempts: 0,
      });
      options.nudge();
      return answer;
    },

    /** `inquiryRegistrationStatus` from the hub: the truth, once the wallet has decided. */
    inquired(wallet: SandboxWallet, registrationRequestId: string) {
      const file = store.file(wallet.id, registrationRequestId);
      if (file === null) return { result: result('ORDER_NOT_EXIST') };
      const isThinking = file.attempts === 0 && file.nextAt !== null && file.nextAt > clock.now();
      const status = isThinking ? null : file.status;
      return {
        result: result('SUCCESS'),
        registrationResult: {
          registrationStatus: status ?? 'PENDING',
          ...(status !== 'REJECTED' ? {} : { rejectReasons: file.rejectReasons ?? refusal }),
        },
      };
    },

    nextWakeAt: store.nextWakeAt,

    /** Tells the words that are due; it returns before they have arrived. */
    runDue(now: number): void {
      for (const file of store.due(now)) {
        store.keep({ ...file, nextAt: now + leaseMs });
        tell(file).catch(options.onFailure);
      }
    },
  };
}

function registrationOf(
  acquirer: SandboxAcquirer,
  shop: SandboxShop,
  registrationRequestId: string,
) {
  return {
    registrationRequestId,
    productCodes: ['IN_STORE_PAYMENT', 'CASHIER_PAYMENT'],
    merchantInfo: {
      referenceMerchantId: shop.id,
      merchantDisplayName: shop.name,
      merchantMCC: shop.mcc,
      merchantAddress: { region: acquirer.market, city: shop.city },
    },
    storeInfo: {
      referenceStoreId: shop.id,
      storeName: shop.district,
      storeAddress: { region: acquirer.market, city: shop.city, address1: shop.district },
    },
  };
}
