// What every endpoint of the merchant dialect is: a binding of a merchant's message to what its
// acquirer would say to the network, and of the network's answer to the merchant's words.

import type { z } from 'zod';
import type { Agreement } from '../../agreements/agreement.ts';
import { readPublicId } from '../../base/id.ts';
import type { Database } from '../../base/world.ts';
import {
  isClient,
  isOf,
  type Merchant,
  type Merchants,
  networkIdOf,
} from '../../merchants/merchant.ts';
import { findByNumberCommand, findByRequestCommand } from '../../payments/find.ts';
import type { Payment } from '../../payments/payment.ts';
import type { MerchantPaymentName } from '../../wire/merchant.ts';
import { decode, describeProblem } from '../../wire/messages.ts';
import { type Answer, type EndpointContext, refuse } from '../partner/endpoint.ts';

/** What an endpoint works with. */
export interface MerchantContext {
  readonly merchant: Merchant;
  /** All merchants of our own acquirers. */
  readonly merchants: Merchants;
  readonly database: Database;
  /** The partner API as our own acquirer sees it, who is its caller. */
  readonly network: EndpointContext;
}

export interface MerchantEndpoint {
  handle(context: MerchantContext, bodyText: string): Promise<Answer>;
}

/**
 * Decodes the body, then handles it; a body of the wrong form is PARAM_ILLEGAL, naming the field.
 */
export function merchantEndpoint<Schema extends z.ZodType>(
  schema: Schema,
  handle: (context: MerchantContext, message: z.infer<Schema>) => Promise<Answer>,
): MerchantEndpoint {
  return {
    async handle(context, bodyText) {
      const decoded = decode(schema, bodyText);
      if (!decoded.ok) return refuse('PARAM_ILLEGAL', describeProblem(decoded));
      return handle(context, decoded.value);
    },
  };
}

/** The payment that a merchant names; another merchant's does not exist for it. */
export async function ownPayment(
  context: MerchantContext,
  { paymentId, paymentRequestId }: MerchantPaymentName,
): Promise<Payment | undefined> {
  const { merchant, network } = context;
  const { rules, desk } = network;
  const payment =
    paymentId === undefined
      ? await desk.run(
          findByRequestCommand(
            rules,
            merchant.acquirerId,
            networkIdOf(merchant, paymentRequestId ?? ''),
          ),
        )
      : await paymentOfId(network, paymentId);
  return payment !== undefined && isOf(merchant, payment) ? payment : undefined;
}

/** The agreement of a token or code that this merchant was given; undefined for any other. */
export async function ownAgreement(
  { merchant, network }: MerchantContext,
  agreementNumber: number | undefined,
): Promise<Agreement | undefined> {
  if (agreementNumber === undefined) return undefined;
  const known = await network.agreements.find(agreementNumber);
  return known !== undefined && isClient(merchant, known) ? known : undefined;
}

async function paymentOfId(
  { rules, desk }: EndpointContext,
  paymentId: string,
): Promise<Payment | undefined> {
  const number = readPublicId('payment', paymentId)?.number;
  return number === undefined ? undefined : desk.run(findByNumberCommand(rules, number));
}
