// POST /ams/api/v1/payments/consult, from a merchant: which wallets can its page or app offer?

import { consultPaymentResponse } from '../../wire/acquirer.ts';
import { type MerchantOption, merchantConsultRequest } from '../../wire/merchant.ts';
import { consultPaymentEndpoint } from '../partner/consultPayment.ts';
import { refuse } from '../partner/endpoint.ts';
import { merchantEndpoint } from './endpoint.ts';

/** One option a wallet, in the order in which they should be offered. */
export const merchantConsult = merchantEndpoint(
  merchantConsultRequest,
  async ({ network }, message) => {
    if (message.productCode !== 'CASHIER_PAYMENT') return refuse('BUSINESS_NOT_SUPPORT');
    const { settlementStrategy, paymentAmount } = message;
    const answer = await consultPaymentEndpoint.carryOut(network, {
      paymentAmount,
      paymentFactor: {
        isInStorePayment: 'false',
        isCashierPayment: 'true',
        presentmentMode: 'TILE',
      },
      settlementStrategy: settlementStrategy ?? { settlementCurrency: network.caller.currency },
      userRegion: message.userRegion,
      allowedPspRegions: message.allowedPspRegions ?? message.allowedPaymentMethodRegions,
      merchant: message.merchant,
      env: message.env,
    });
    const said = consultPaymentResponse.parse(answer.body);
    if (said.paymentOptions === undefined) return answer;
    const paymentOptions = said.paymentOptions.map((option): MerchantOption => {
      const { paymentMethodType, disableReason, logo } = option;
      const home = option.paymentOptionDetail?.connectWallet.supportWallets[0]?.walletRegion;
      return {
        paymentMethodType,
        paymentMethodCategory: 'WALLET',
        ...(home === undefined ? {} : { paymentMethodRegion: [home] }),
        enabled: option.enabled === 'true',
        preferred: option.preferred === 'true',
        ...(disableReason === undefined ? {} : { disableReason }),
        supportedCurrencies: [paymentAmount.currency],
        ...(logo === undefined ? {} : { logo }),
      };
    });
    return { body: { result: said.result, paymentOptions } };
  },
);
