// Whether the merchant of a payment is registered where the payment is made (protocol.md §2.12).

import { isTrue } from '../wire/objects.ts';
import type { RegistrationProduct } from '../wire/registration.ts';
import { factorOf, type Product } from './products.ts';
import type { Rules } from './rules.ts';

/** A payment as far as it matters here; `order` is the acquirer's order as JSON. */
export interface Sale {
  readonly acquirerId: string;
  readonly product: Product;
  readonly order: string | null;
}

interface OrderNames {
  readonly merchant?: {
    readonly referenceMerchantId: string;
    readonly store?: { readonly referenceStoreId: string };
  };
}

/** What a refusal says. */
export const notRegistered =
  'This wallet has not approved the merchant. Register it, or take another wallet.';

/**
 * Whether the wallet must not be paid with here: registration is required by the wallet or by the
 * acquirer, and the wallet has not approved the merchant. An order that names no merchant has none
 * that could be approved. Where nobody requires it this is two look-ups in memory, and no more.
 */
export function isUnregistered(rules: Rules, sale: Sale, walletId: string): boolean {
  const { registrations } = rules;
  if (registrations?.isRequired(sale.acquirerId, walletId) !== true) return false;
  const { merchant } = JSON.parse(sale.order ?? '{}') as OrderNames;
  if (merchant === undefined) return true;
  const product = registrationProductOf(sale.product);
  const inStore = product === 'IN_STORE_PAYMENT';
  return !registrations.hasApproved(
    {
      acquirerId: sale.acquirerId,
      merchantId: merchant.referenceMerchantId,
      storeId: inStore ? (merchant.store?.referenceStoreId ?? null) : null,
      product,
    },
    walletId,
  );
}

/** What a merchant must be registered for to sell by a product of ours. */
function registrationProductOf(product: Product): RegistrationProduct {
  const factor = factorOf(product, null);
  if (isTrue(factor.isAgreementPayment)) return 'AGREEMENT_PAYMENT';
  return isTrue(factor.isInStorePayment) ? 'IN_STORE_PAYMENT' : 'CASHIER_PAYMENT';
}
