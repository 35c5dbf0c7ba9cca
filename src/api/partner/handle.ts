// The partner API: which endpoint answers which interface, and for whom.

import type { Random } from '../../base/world.ts';
import type { DisputeDesk } from '../../disputes/commands.ts';
import type { Participant } from '../../network/participant.ts';
import type { PaymentDesk } from '../../payments/commands.ts';
import type { Rules } from '../../payments/rules.ts';
import type { RegistrationDesk } from '../../registrations/desk.ts';
import { type ApiName, apiOfPath } from '../../wire/messages.ts';
import type { AgreementDesk } from '../agreements.ts';
import type { CodeRulesOf } from '../codeRules.ts';
import {
  answerAtDoor,
  type Dialect,
  type DoorOptions,
  type HubRequest,
  type HubResponse,
} from '../door.ts';
import { applyTokenEndpoint } from './applyToken.ts';
import { authNotifyEndpoint } from './authNotify.ts';
import { cancelPaymentEndpoint } from './cancelPayment.ts';
import { cancelTokenEndpoint } from './cancelToken.ts';
import { consultPaymentEndpoint } from './consultPayment.ts';
import { type Endpoint, type EndpointContext, refuse } from './endpoint.ts';
import { getPaymentCodeEndpoint } from './getPaymentCode.ts';
import { initiateEscalationEndpoint } from './initiateEscalation.ts';
import { initiateRetrievalEndpoint } from './initiateRetrieval.ts';
import { inquiryCodeRulesEndpoint } from './inquiryCodeRules.ts';
import { inquiryForeignExchangeQuoteEndpoint } from './inquiryForeignExchangeQuote.ts';
import { inquiryPaymentEndpoint } from './inquiryPayment.ts';
import { inquiryRegistrationStatusEndpoint } from './inquiryRegistrationStatus.ts';
import { inquiryUserLimitsEndpoint } from './inquiryUserLimits.ts';
import { notifyPaymentEndpoint } from './notifyPayment.ts';
import { notifyPushPaymentEndpoint } from './notifyPushPayment.ts';
import { notifyRegistrationStatusEndpoint } from './notifyRegistrationStatus.ts';
import { payEndpoint } from './pay.ts';
import { prepareEndpoint } from './prepare.ts';
import { refundEndpoint } from './refund.ts';
import { registrationEndpoint } from './registration.ts';
import { responseEscalationEndpoint } from './responseEscalation.ts';
import { responseRetrievalEndpoint } from './responseRetrieval.ts';
import { userInitiatedPayEndpoint } from './userInitiatedPay.ts';

export interface PartnerApiOptions extends DoorOptions {
  readonly random: Random;
  readonly rules: () => Rules;
  readonly desk: PaymentDesk;
  readonly agreements: AgreementDesk;
  readonly registrations: RegistrationDesk;
  readonly disputes: DisputeDesk;
  readonly codeRules: CodeRulesOf;
  readonly isBusy: (participantId: string) => boolean;
  readonly ask: EndpointContext['ask'];
}

/** The verbs offered now; a path of the protocol that is not here has no interface. */
export const endpoints: Partial<Record<ApiName, Endpoint>> = {
  consultPayment: consultPaymentEndpoint,
  pay: payEndpoint,
  userInitiatedPay: userInitiatedPayEndpoint,
  notifyPayment: notifyPaymentEndpoint,
  notifyPushPayment: notifyPushPaymentEndpoint,
  inquiryPayment: inquiryPaymentEndpoint,
  cancelPayment: cancelPaymentEndpoint,
  refund: refundEndpoint,
  prepare: prepareEndpoint,
  applyToken: applyTokenEndpoint,
  cancelToken: cancelTokenEndpoint,
  authNotify: authNotifyEndpoint,
  getPaymentCode: getPaymentCodeEndpoint,
  inquiryCodeRules: inquiryCodeRulesEndpoint,
  inquiryForeignExchangeQuote: inquiryForeignExchangeQuoteEndpoint,
  registration: registrationEndpoint,
  inquiryRegistrationStatus: inquiryRegistrationStatusEndpoint,
  notifyRegistrationStatus: notifyRegistrationStatusEndpoint,
  inquiryUserLimits: inquiryUserLimitsEndpoint,
  initiateRetrieval: initiateRetrievalEndpoint,
  initiateEscalation: initiateEscalationEndpoint,
  responseRetrieval: responseRetrievalEndpoint,
  responseEscalation: responseEscalationEndpoint,
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
  const { clock, desk, agreements, registrations, disputes, codeRules, random, isBusy, ask } =
    options;
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
      const context = {
        rules,
        desk,
        agreements,
        registrations,
        disputes,
        codeRules,
        random,
        now,
        isBusy,
        ask,
        caller,
      };
      return endpoint.handle(context, bodyText);
    },
  };
}
