// POST /aps/api/v1/payments/userInitiatedPay, from a wallet: what order is behind this code?

import { readOrderCode } from '../../codes/orderCode.ts';
import { scanBody } from '../../payments/bodies.ts';
import { limitForm } from '../../payments/limitBodies.ts';
import { scanCommand } from '../../payments/scan.ts';
import { userInitiatedPayRequest } from '../../wire/wallet.ts';
import { endpoint, refuse } from './endpoint.ts';

export const userInitiatedPayEndpoint = endpoint(
  'wallet',
  userInitiatedPayRequest,
  async ({ rules, desk, caller, now }, message) => {
    const code = readOrderCode(message.codeValue);
    if (code === undefined) {
      return refuse('INVALID_CODE', 'codeValue is no order code of this network.');
    }
    const paymentNumber = Number(code.number);
    if (!Number.isSafeInteger(paymentNumber)) return refuse('INVALID_CODE');
    const reply = await desk.run(
      scanCommand(rules, {
        wallet: caller,
        customerId: message.customerId,
        paymentNumber,
        nonce: code.nonce,
        at: now,
      }),
    );
    if (reply.kind === 'refused') {
      const refusal = refuse(reply.resultCode, reply.message);
      if (reply.excess === undefined) return refusal;
      const actionForm = limitForm(reply.excess, rules.publicUrl);
      return { body: { ...refusal.body, actionForm }, paymentNumber };
    }
    return {
      body: {
        ...scanBody(reply.payment, reply.leg, rules.timing.quoteLifeMs),
        ...(message.passThroughInfo === undefined
          ? {}
          : { passThroughInfo: message.passThroughInfo }),
      },
      paymentNumber,
    };
  },
);
