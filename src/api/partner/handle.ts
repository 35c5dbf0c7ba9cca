// The partner API: which endpoint answers which interface, and for whom.

import type { Random } from '../../base/world.ts';
import type { PublishedRules } from '../../codes/readCodeRules.ts';
import type { Participant } from '../../network/participant.ts';
import type { PaymentDesk } from '../../payments/commands.ts';
import type { Rules } from '../../payments/rules.ts';
import { type ApiName, apiOfPath } from '../../wire/messages.ts';
import {
  answerAtDoor,
  type Dialect,
  type DoorOptions,
  type HubRequest,
  type HubResponse,
} from '../door.ts';
import { cancelPaymentEndpoint } from './cancelPayment.ts';
import { consultPaymentEndpoint } from './consultPayment.ts';
import { type Endpoint, refuse } from './endpoint.ts';
import { getPaymentCodeEndpoint } from './getPaymentCode.ts';
import { inquiryCodeRulesEndpoint } from './inquiryCodeRules.ts';
import { inquiryForeignExchangeQuoteEndpoint } from './inquiryForeignExchangeQuote.ts';
import { inquiryPaymentEndpoint } from './inquiryPayment.ts';
import { inquiryUserLimitsEndpoint } from './inquiryUserLimits.ts';
import { notifyPaymentEndpoint } from './notifyPayment.ts';
import { payEndpoint } from './pay.ts';
import { refundEndpoint } from './refund.ts';
import { userInitiatedPayEndpoint } from './userInitiatedPay.ts';

export interface PartnerApiOptions extends DoorOptions {
  readonly random: Random;
  readonly rules: () => Rules;
  readonly desk: PaymentDesk;
  readonly codeRules: PublishedRules;
  readonly isBusy: (participantId: string) => boolean;
}

/** The verbs offered now; a path of the protocol that is not here has no interface. */
export const endpoints: Partial<Record<ApiName, Endpoint>> = {
  consultPayment: consultPaymentEndpoint,
  pay: payEndpoint,
  userInitiatedPay: userInitiatedPayEndpoint,
  notifyPayment: notifyPaymentEndpoint,
  inquiryPayment: inquiryPaymentEndpoint,
  cancelPayment: cancelPaymentEndpoint,
  refund: refundEndpoint,
  getPaymentCode: getPaymentCodeEndpoint,
  inquiryCodeRules: inquiryCodeRulesEndpoint,
  inquiryForeignExchangeQuote: inquiryForeignExchangeQuoteEndpoint,
  inquiryUserLimits: inquiryUserLimitsEndpoint,
};

/** Answers one request of a wallet or an acquirer. Never rejects. */
export function handlePartner(
  options: PartnerApiOptions,
  request: HubRequest,
): Promise<HubResponse> {
  return answerAtDoor(options, partnerDialect(options), request);
}

function partnerDialect(options: PartnerApiOptions): Dialect<Participant> {
  const rules = options.rules();
  const { directory } = rules;
  const { desk, codeRules, random, clock, isBusy } = options;
  return {
    apiOf: apiOfPath,
    isOffered: (api) => endpoints[api as ApiName] !== undefined,
    callerOf: (clientId) => directory.byClientId(clientId),
    isEnabled: (caller) => caller.enabled,
    participantOf: (caller) => caller.participantId,
    keyOf: (caller, keyVersion) => directory.credential(caller.participantId, keyVersion),
    toleranceMs: rules.timing.timeToleranceMs,
    async answer(api, caller, bodyText) {
      const endpoint = endpoints[api as ApiName] as Endpoint;
      if (caller.role !== endpoint.role) {
        return refuse('ACCESS_DENIED', `This API is for ${endpoint.role}s.`);
      }
      const now = clock.now();
      return endpoint.handle({ rules, desk, codeRules, random, now, isBusy, caller }, bodyText);
    },
  };
}
