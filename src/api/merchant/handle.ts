// The merchant dialect: which endpoint answers which interface, for a merchant of our own acquirer.

import type { Database } from '../../base/world.ts';
import type { Merchant, Merchants } from '../../merchants/merchant.ts';
import { type MerchantApiName, merchantApiOfPath } from '../../wire/merchantPaths.ts';
import { answerAtDoor, type Dialect, type HubRequest, type HubResponse } from '../door.ts';
import { refuse } from '../partner/endpoint.ts';
import type { PartnerApiOptions } from '../partner/handle.ts';
import { merchantApplyToken } from './applyToken.ts';
import { merchantCancel } from './cancel.ts';
import { merchantConsult } from './consult.ts';
import { merchantConsultAuthorization } from './consultAuthorization.ts';
import { merchantCreatePaymentSession } from './createPaymentSession.ts';
import {
  merchantAcceptDispute,
  merchantDownloadEvidence,
  merchantSupplyDefense,
} from './disputes.ts';
import type { MerchantEndpoint } from './endpoint.ts';
import { merchantInquireExchangeRate } from './inquireExchangeRate.ts';
import { merchantInquiryPayment } from './inquiryPayment.ts';
import { merchantInquiryRefund } from './inquiryRefund.ts';
import { merchantInquiryRegistrationStatus } from './inquiryRegistrationStatus.ts';
import { merchantPay } from './pay.ts';
import { merchantQueryToken } from './queryToken.ts';
import { merchantRefund } from './refund.ts';
import { merchantRegistration } from './registration.ts';
import { merchantRevokeToken } from './revokeToken.ts';

export interface MerchantApiOptions extends PartnerApiOptions {
  readonly database: Database;
  readonly merchants: () => Merchants;
}

const endpoints: Record<MerchantApiName, MerchantEndpoint> = {
  pay: merchantPay,
  createPaymentSession: merchantCreatePaymentSession,
  consult: merchantConsult,
  inquiryPayment: merchantInquiryPayment,
  cancel: merchantCancel,
  refund: merchantRefund,
  inquiryRefund: merchantInquiryRefund,
  inquireExchangeRate: merchantInquireExchangeRate,
  acceptDispute: merchantAcceptDispute,
  supplyDefenseDocument: merchantSupplyDefense,
  downloadDisputeEvidence: merchantDownloadEvidence,
  consultAuthorization: merchantConsultAuthorization,
  applyToken: merchantApplyToken,
  revokeToken: merchantRevokeToken,
  queryToken: merchantQueryToken,
  registration: merchantRegistration,
  inquiryRegistrationStatus: merchantInquiryRegistrationStatus,
};

/** Answers one request of a merchant. Never rejects. */
export function handleMerchant(
  options: MerchantApiOptions,
  request: HubRequest,
): Promise<HubResponse> {
  return answerAtDoor(options, merchantDialect(options), request);
}

function merchantDialect(options: MerchantApiOptions): Dialect<Merchant> {
  const rules = options.rules();
  const merchants = options.merchants();
  const {
    desk,
    agreements,
    registrations,
    disputes,
    codeRules,
    random,
    clock,
    isBusy,
    ask,
    database,
  } = options;
  return {
    apiOf: merchantApiOfPath,
    isOffered: () => true,
    callerOf: (clientId) => merchants.byClientId(clientId),
    isEnabled: (merchant) => merchant.enabled,
    participantOf: (merchant) => merchant.acquirerId,
    keyOf: (merchant, keyVersion) => merchants.key(merchant.merchantId, keyVersion),
    toleranceMs: rules.timing.timeToleranceMs,
    async answer(api, merchant, bodyText) {
      const caller = rules.directory.byId(merchant.acquirerId);
      if (caller?.enabled !== true) {
        return refuse('ACCESS_DENIED', 'The acquirer of this merchant takes no payments now.');
      }
      const now = clock.now();
      const network = {
        rules,
        desk,
        disputes,
        agreements,
        registrations,
        codeRules,
        random,
        now,
        isBusy,
        ask,
        caller,
      };
      return endpoints[api as MerchantApiName].handle(
        { merchant, merchants, database, network },
        bodyText,
      );
    },
  };
}
