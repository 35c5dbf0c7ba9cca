// Every result code of the network in one table: its status and what its receiver should do next.

/** `S` done, `F` failed for good, `U` not known yet: inquire, or repeat with the same id. */
export type ResultStatus = 'S' | 'F' | 'U';

/** One code: its status, what has happened, and what the caller does next. */
interface ResultRow {
  readonly resultStatus: ResultStatus;
  /** What happened, as one sentence for the engineer who reads it. */
  readonly meaning: string;
  /** What the caller does next, as one sentence. */
  readonly next: string;
}

const failed = (meaning: string, next: string): ResultRow => ({ resultStatus: 'F', meaning, next });
const unknown = (meaning: string, next: string): ResultRow => ({
  resultStatus: 'U',
  meaning,
  next,
});

/**
 * The table (protocol.md §4). Its order is that of the first check that gives a code: the door
 * (method, path, content type, load), who calls, the form of the message, rights and contract,
 * whether this id was used before, the thing asked about, the people, the limits and the money.
 * The checks of one interface, step by step, are in `apis.ts`; what the visitor and the shop are
 * told is in `sentences.ts`.
 */
const table = {
  SUCCESS: { resultStatus: 'S', meaning: 'Success.', next: 'Go on.' },
  METHOD_NOT_SUPPORTED: failed('The method is not POST.', 'Send this request with POST.'),
  NO_INTERFACE_DEF: failed('There is no such interface.', 'Check the path and its version.'),
  MEDIA_TYPE_NOT_ACCEPTABLE: failed(
    'The body is not announced as JSON.',
    'Send it as Content-Type: application/json.',
  ),
  REQUEST_TRAFFIC_EXCEED_LIMIT: unknown(
    'Too many requests now.',
    'Wait, then send the same request again with the same id.',
  ),
  INVALID_CLIENT: failed(
    'The Client-Id is missing, unknown or disabled.',
    'Check it, do not retry.',
  ),
  KEY_NOT_FOUND: failed(
    'No key is registered for this Client-Id and keyVersion.',
    'Register the key or correct it.',
  ),
  INVALID_SIGNATURE: failed(
    'The signature does not fit the message.',
    'Sign the exact bytes sent, with a fresh time.',
  ),
  PARAM_ILLEGAL: failed('A parameter is missing or wrong.', 'Correct it and send a new request.'),
  ACCESS_DENIED: failed('You have no right to this.', 'Ask the network to enable it.'),
  INVALID_CONTRACT: failed('No valid contract covers this.', 'Ask the network about yours.'),
  BUSINESS_NOT_SUPPORT: failed('This product is not enabled for you.', 'Ask the network for it.'),
  CURRENCY_NOT_SUPPORT: failed('This currency is not enabled.', 'Use one of your agreement.'),
  REPEAT_REQ_INCONSISTENT: failed(
    'This id was used before with other data.',
    'Use a new id for a new request.',
  ),
  INVALID_CODE: failed('This code is not known here.', 'Ask for a new code and scan it.'),
  EXPIRED_CODE: failed(
    'This code is too old or was used before.',
    'Ask for a new code and scan it.',
  ),
  ORDER_NOT_EXIST: failed('There is no such order.', 'Check its id.'),
  ORDER_IS_CLOSED: failed('The order is closed or cancelled.', 'Place a new order.'),
  CANCEL_WINDOW_EXCEED: failed('It is too late to cancel.', 'Refund the payment instead.'),
  REFUND_WINDOW_EXCEED: failed(
    'It is too late to refund this payment through the network.',
    'Give the money back in another way.',
  ),
  REFUND_AMOUNT_EXCEED: failed(
    'The refunds would exceed the payment.',
    'Refund at most what is left.',
  ),
  REGISTRATION_STATUS_ABNORMAL: failed(
    'The registration must be confirmed again.',
    'Send it anew.',
  ),
  MERCHANT_NOT_REGISTERED: failed(
    'The merchant is not registered with this wallet.',
    'Register it, or take another wallet.',
  ),
  MERCHANT_KYB_NOT_QUALIFIED: failed(
    'The merchant does not meet the requirements for this payment.',
    'Complete its registration.',
  ),
  INVALID_TOKEN: failed('The token is not valid for this.', 'Ask the customer to authorise again.'),
  EXPIRED_ACCESS_TOKEN: failed('The token has expired.', 'Refresh it, then use a new request id.'),
  USER_NOT_EXIST: failed('The wallet does not know this customer.', 'Ask for another way to pay.'),
  USER_STATUS_ABNORMAL: failed(
    'The account cannot pay now.',
    'The customer should ask the wallet.',
  ),
  USER_KYC_NOT_QUALIFIED: failed(
    'The customer must be identified further by the wallet first.',
    'Ask for another way to pay.',
  ),
  RISK_REJECT: failed('Declined by risk control.', 'Do not retry; ask for another way to pay.'),
  REGULATION_RESTRICTION: failed('Regulation does not allow this payment.', 'Do not retry.'),
  PAYMENT_AMOUNT_EXCEED_LIMIT: failed('The amount is over a limit of the network.', 'Pay less.'),
  PAYMENT_COUNT_EXCEED_LIMIT: failed('Too many payments.', 'Wait, or ask for another way to pay.'),
  USER_AMOUNT_EXCEED_LIMIT: failed(
    'The amount is over the limit of this customer.',
    'Pay less, or ask for another way to pay.',
  ),
  UNAVAILABLE_PAYMENT_METHOD: failed(
    'The source of money cannot be used.',
    'The customer should choose another one.',
  ),
  USER_PAYMENT_VERIFICATION_FAILED: failed(
    'The customer did not pass the PIN or one-time-password check.',
    'Start a new payment.',
  ),
  USER_BALANCE_NOT_ENOUGH: failed(
    'The balance is too low.',
    'The customer should add money first.',
  ),
  PROCESS_FAIL: failed('The request failed for good.', 'Do not retry it; start a new one.'),
  PAYMENT_IN_PROCESS: unknown('The payment is not final yet.', 'Wait for the notice, or inquire.'),
  UNKNOWN_EXCEPTION: unknown(
    'The outcome is not known.',
    'Inquire, or send the same request again with the same id.',
  ),
} as const satisfies Record<string, ResultRow>;

/** A result code that we send; partners may answer with others. */
export type ResultCode = keyof typeof table;

/** The `result` object of every answer (protocol.md §4). */
export interface Result {
  readonly resultCode: ResultCode;
  readonly resultStatus: ResultStatus;
  readonly resultMessage: string;
}

/** All codes in the order of our checks. */
export const resultCodes = Object.keys(table) as readonly ResultCode[];

/** The longest resultMessage that the wire allows. */
const messageLimit = 256;

/** What happened and what to do next; there is nothing to do after a success. */
function messageOf(row: ResultRow): string {
  return row.resultStatus === 'S' ? row.meaning : `${row.meaning} ${row.next}`;
}

/** The row of a code of ours: what it means and what its receiver does next. */
export function explainResult(code: ResultCode): ResultRow {
  return table[code];
}

/** The `result` of an answer; `message` takes the table's place when it can say more. */
export function result(code: ResultCode, message?: string): Result {
  const row = table[code];
  return {
    resultCode: code,
    resultStatus: row.resultStatus,
    resultMessage: (message ?? messageOf(row)).slice(0, messageLimit),
  };
}

/** The status that goes with a code of ours. */
export function resultStatusOf(code: ResultCode): ResultStatus {
  return table[code].resultStatus;
}

/** Whether a code that a partner sent is one of ours. */
export function isResultCode(code: string): code is ResultCode {
  return Object.hasOwn(table, code);
}
