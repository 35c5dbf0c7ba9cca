// POST /aps/api/v1/payments/userInitiatedPay, from a wallet: what order is behind this code?

import { readOrderCode } from '../../codes/orderCode.ts';
import { scanBody } from '../../payments/bodies.ts';
import { limitForm } from '../../payments/limitBodies.ts';
import { scanCommand } from '../../payments/scan.ts';
import { userInitiatedPayRequest } from '../../wire/wallet.ts';
import { acquirerOrderOf } from './acquirerCode.ts';
import { type Answer, endpoint, refuse } from './endpoint.ts';

export const userInitiatedPayEndpoint = endpoint(
  'wallet',
  userInitiatedPayRequest,
  async (context, message) => {
    const { rules, desk, caller: wallet, now } = context;
    const { codeValue, customerId, passThroughInfo } = message;
    const order = ourOrderOf(codeValue) ?? (await acquirerOrderOf(context, codeValue, customerId));
    if ('body' in order) return order;
    const { paymentNumber } = order;
    const reply = await desk.run(scanCommand(rules, { wallet, customerId, ...order, at: now }));
    if (reply.kind === 'refused') {
      const refusal = refuse(reply.resultCode, reply.message);
      if (reply.excess === undefined) return refusal;
      const actionForm = limitForm(reply.excess, rules.publicUrl);
      return { body: { ...refusal.body, actionForm }, paymentNumber };
    }
    return {
      body: {
        ...scanBody(reply.payment, reply.leg, rules.timing.quoteLifeMs),
        ...(passThroughInfo === undefined ? {} : { passThroughInfo }),
      },
      paymentNumber,
    };
  },
);

/** The order of a code of our own; undefined for any other code. */
function ourOrderOf(
  codeValue: string,
): { paymentNumber: number; nonce: string } | Answer | undefined {
  const code = readOrderCode(codeValue);
  if (code === undefined) return undefined;
  const paymentNumber = Number(code.number);
  return Number.isSafeInteger(paymentNumber)
    ? { paymentNumber, nonce: code.nonce }
    : refuse('INVALID_CODE');
}
