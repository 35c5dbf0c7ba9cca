// POST /ams/api/v1/payments/createPaymentSession, from a merchant: an order that the visitor pays
// with a wallet chosen on our page.

import { findByNumberCommand } from '../../payments/find.ts';
import { acquirerPayResponse } from '../../wire/acquirer.ts';
import { type MerchantSessionResponse, merchantSessionRequest } from '../../wire/merchant.ts';
import { result } from '../../wire/results.ts';
import { formatTime } from '../../wire/time.ts';
import { refuse } from '../partner/endpoint.ts';
import { anyWallet } from '../partner/wallets.ts';
import { merchantEndpoint } from './endpoint.ts';
import { cashierFactor, placeOrder } from './pay.ts';

/**
 * The session is the payment: its id is the paymentId, and it ends when the payment does. S says
 * that it is there, not that it is paid. Where `env` is left out the page is one on the web.
 */
export const merchantCreatePaymentSession = merchantEndpoint(
  merchantSessionRequest,
  async (context, message) => {
    if (message.productCode !== 'CASHIER_PAYMENT') return refuse('BUSINESS_NOT_SUPPORT');
    const { rules, desk } = context.network;
    const order = {
      ...message,
      env: message.env ?? ({ terminalType: 'WEB' } as const),
      paymentMethod: message.paymentMethod ?? { paymentMethodType: anyWallet },
      paymentExpiryTime: message.paymentSessionExpiryTime ?? message.paymentExpiryTime,
    };
    const answer = await placeOrder(context, order, cashierFactor(message));
    const said = acquirerPayResponse.parse(answer.body);
    const { paymentNumber } = answer;
    const isPlaced = said.result.resultStatus !== 'F' && said.paymentId !== undefined;
    if (!isPlaced || paymentNumber === undefined) return answer;
    const payment = await desk.run(findByNumberCommand(rules, paymentNumber));
    const body: MerchantSessionResponse = {
      result: result('SUCCESS'),
      paymentSessionId: said.paymentId,
      ...(payment === undefined ? {} : { paymentSessionExpiryTime: formatTime(payment.expiresAt) }),
      ...(said.normalUrl === undefined ? {} : { normalUrl: said.normalUrl }),
    };
    return { body, paymentNumber };
  },
);
