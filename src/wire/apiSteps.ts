// What a request can be answered, step by step: the order of the checks is part of the contract.
import type { ResultCode } from './results.ts';

/** One check of an interface: the first that fails is the answer. */
export interface ResultStep {
  readonly code: ResultCode;
  /** When it is the answer, as half a sentence. */
  readonly when: string;
}

/** A step; a code may stand in several places of one list. */
export const step = (code: ResultCode, when: string): ResultStep => ({ code, when });

/** The checks that every interface of the network begins with (`api/partner/handle.ts`). */
export const doorSteps: readonly ResultStep[] = [
  step('METHOD_NOT_SUPPORTED', 'the method is not POST'),
  step('MEDIA_TYPE_NOT_ACCEPTABLE', 'the content type is not application/json'),
  step('PARAM_ILLEGAL', 'the body is larger than 64 KiB or did not arrive within 10 seconds'),
  step('INVALID_CLIENT', 'the header Client-Id is missing'),
  step('PARAM_ILLEGAL', 'the header Request-Time is missing'),
  step('INVALID_SIGNATURE', 'the header Signature is missing or has no signature in it'),
  step('INVALID_CLIENT', 'the client is unknown or disabled'),
  step('KEY_NOT_FOUND', 'the client has no key of this keyVersion'),
  step('INVALID_SIGNATURE', 'the key is registered for another algorithm'),
  step('PARAM_ILLEGAL', 'Request-Time is in no form that is read'),
  step('INVALID_SIGNATURE', 'Request-Time is more than five minutes from our clock'),
  step('INVALID_SIGNATURE', 'the signature does not fit'),
  step('ACCESS_DENIED', 'the interface is for partners of the other role'),
  step('PARAM_ILLEGAL', 'a field is missing or of the wrong form; the message names it'),
];

/** What can come in the middle of any request that passed the door. */
export const loadSteps: readonly ResultStep[] = [
  step('REQUEST_TRAFFIC_EXCEED_LIMIT', 'too much waits to be decided; nothing was changed'),
  step('UNKNOWN_EXCEPTION', 'something unforeseen happened, and the outcome is not known'),
];

/**
 * The reasons with which a wallet may decline (protocol.md §4, "MPP decline mapping"). They are
 * passed on to the acquirer; any other code of a wallet is passed on as PROCESS_FAIL, because a
 * wallet's complaint about our signature, say, would send the acquirer looking at its own.
 */
export const walletDeclines = [
  'INVALID_CODE',
  'EXPIRED_CODE',
  'ORDER_IS_CLOSED',
  'MERCHANT_NOT_REGISTERED',
  'MERCHANT_KYB_NOT_QUALIFIED',
  'INVALID_TOKEN',
  'EXPIRED_ACCESS_TOKEN',
  'USER_NOT_EXIST',
  'USER_STATUS_ABNORMAL',
  'USER_KYC_NOT_QUALIFIED',
  'RISK_REJECT',
  'REGULATION_RESTRICTION',
  'CURRENCY_NOT_SUPPORT',
  'PAYMENT_AMOUNT_EXCEED_LIMIT',
  'PAYMENT_COUNT_EXCEED_LIMIT',
  'USER_AMOUNT_EXCEED_LIMIT',
  'UNAVAILABLE_PAYMENT_METHOD',
  'USER_PAYMENT_VERIFICATION_FAILED',
  'USER_BALANCE_NOT_ENOUGH',
  'PROCESS_FAIL',
] as const satisfies readonly ResultCode[];

export type WalletDecline = (typeof walletDeclines)[number];

/**
 * Refusals of a message, not of what it asks for. A refund that meets one is asked for again: an
 * earlier try of it may have got through, so that none of these says that the money stays.
 */
export const messageRefusals = [
  'METHOD_NOT_SUPPORTED',
  'NO_INTERFACE_DEF',
  'MEDIA_TYPE_NOT_ACCEPTABLE',
  'INVALID_CLIENT',
  'KEY_NOT_FOUND',
  'INVALID_SIGNATURE',
  'ACCESS_DENIED',
  'REPEAT_REQ_INCONSISTENT',
] as const satisfies readonly ResultCode[];

/** Whether a code of a partner is about the message only. */
export function isMessageRefusal(code: string): boolean {
  return messageRefusals.some((known) => known === code);
}

/** A wallet's reason as it is passed on. */
export function declineOf(code: string): WalletDecline {
  return walletDeclines.find((known) => known === code) ?? 'PROCESS_FAIL';
}

/** The steps of a payment that was taken up: its end, or that it has none yet. */
export const declineSteps: readonly ResultStep[] = walletDeclines.map((code) =>
  step(code, 'the wallet declined for this reason, now or before'),
);

/** The codes of some steps, each once, in the order of their first step. */
export function codesOf(steps: readonly ResultStep[]): readonly ResultCode[] {
  return [...new Set(steps.map(({ code }) => code))];
}
