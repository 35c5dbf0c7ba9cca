// POST /aps/api/v1/payments/consultPayment, from an acquirer: which wallets can its page offer?

import { isCurrency } from '../../money/currency.ts';
import type { Participant } from '../../network/participant.ts';
import { productOf } from '../../payments/products.ts';
import type { Rules } from '../../payments/rules.ts';
import { consultPaymentRequest, type PaymentOption } from '../../wire/acquirer.ts';
import { result } from '../../wire/results.ts';
import { endpoint, refuse } from './endpoint.ts';
import { anyWallet, cashierWallets, type DisableReason, disableReasonOf } from './wallets.ts';

interface Offer {
  readonly wallet: Participant;
  readonly reason: DisableReason | undefined;
  /** At home where the visitor is from. */
  readonly preferred: boolean;
}

/**
 * Nothing is written. Offered first are wallets of `userRegion`, then the others that can pay, then
 * those that cannot, with the reason (the order is our rule).
 */
export const consultPaymentEndpoint = endpoint(
  'acquirer',
  consultPaymentRequest,
  async ({ rules, caller, now }, message) => {
    if (productOf(message.paymentFactor) !== 'cashier') return refuse('BUSINESS_NOT_SUPPORT');
    const { currency } = message.paymentAmount;
    if (!isCurrency(currency)) {
      const wrong = `paymentAmount.currency ${currency} is not a currency of ISO 4217.`;
      return refuse('PARAM_ILLEGAL', wrong);
    }
    const settles = message.settlementStrategy.settlementCurrency;
    if (!caller.orderCurrencies.includes(currency) || settles !== caller.currency) {
      const known = caller.orderCurrencies.join(', ');
      const terms = `Your agreement is for orders in ${known}, settled in ${caller.currency}.`;
      return refuse('CURRENCY_NOT_SUPPORT', terms);
    }
    const { merchant, allowedPspRegions: regions } = message;
    const { participantId: acquirerId } = caller;
    const sale =
      merchant === undefined
        ? undefined
        : ({ acquirerId, product: 'cashier', order: JSON.stringify({ merchant }) } as const);
    const offers = cashierWallets(rules)
      .map((wallet) => ({
        wallet,
        reason: disableReasonOf(rules, wallet, currency, regions, sale, now),
        preferred: wallet.market === message.userRegion,
      }))
      .sort((a, b) => placeOf(a) - placeOf(b));
    const isTile = message.paymentFactor.presentmentMode === 'TILE';
    const paymentOptions = isTile
      ? offers.map((offer) => tileOf(rules, offer))
      : [bundleOf(rules, offers)];
    return { body: { result: result('SUCCESS'), paymentOptions } };
  },
);

function placeOf({ reason, preferred }: Offer): number {
  if (reason !== undefined) return 2;
  return preferred ? 0 : 1;
}

/** One option a wallet: the acquirer's page shows each by itself. */
function tileOf(rules: Rules, offer: Offer): PaymentOption {
  const { wallet, reason, preferred } = offer;
  const logoUrl = rules.directory.cashierOf(wallet.participantId)?.logoUrl ?? null;
  return {
    paymentMethodType: wallet.participantId,
    paymentMethodCategory: 'WALLET',
    enabled: reason === undefined ? 'true' : 'false',
    preferred: preferred && reason === undefined ? 'true' : 'false',
    ...(reason === undefined ? {} : { disableReason: reason }),
    ...(logoUrl === null ? {} : { logo: { logoName: wallet.name, logoUrl } }),
    paymentOptionDetail: { connectWallet: { supportWallets: [supported(rules, wallet)] } },
  };
}

/** One option for all: the network's page offers the wallets that can pay. */
function bundleOf(rules: Rules, offers: readonly Offer[]): PaymentOption {
  const payable = offers.filter(({ reason }) => reason === undefined);
  return {
    paymentMethodType: anyWallet,
    paymentMethodCategory: 'WALLET',
    enabled: payable.length > 0 ? 'true' : 'false',
    ...(payable.length > 0 ? {} : { disableReason: 'WALLET_NOT_AVAILABLE' }),
    paymentOptionDetail: {
      connectWallet: { supportWallets: payable.map(({ wallet }) => supported(rules, wallet)) },
    },
  };
}

function supported(rules: Rules, wallet: Participant) {
  const cashier = rules.directory.cashierOf(wallet.participantId);
  const logoUrl = cashier?.logoUrl ?? null;
  return {
    walletName: wallet.participantId,
    walletBrandName: wallet.name,
    ...(logoUrl === null ? {} : { walletLogo: { logoUrl } }),
    walletRegion: wallet.market,
    walletFeature: {
      supportCodeScan: cashier?.scansCodes === true ? ('true' as const) : ('false' as const),
      supportCashierRedirection: 'true' as const,
    },
  };
}
