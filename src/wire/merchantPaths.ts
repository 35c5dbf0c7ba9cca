// The paths of the merchant dialect (protocol.md §2.16): which interface is behind each.

const base = '/ams/api/v1/';
/** SDKs go here by themselves when their client id begins with SANDBOX_ (§2.7). */
const sandboxBase = '/ams/sandbox/api/v1/';

/** The interfaces that are offered; two of the paths end alike, so names are ours. */
const interfaces = {
  'payments/pay': 'pay',
  'payments/createPaymentSession': 'createPaymentSession',
  'payments/consult': 'consult',
  'payments/inquiryPayment': 'inquiryPayment',
  'payments/cancel': 'cancel',
  'payments/refund': 'refund',
  'payments/inquiryRefund': 'inquiryRefund',
  'payments/inquireExchangeRate': 'inquireExchangeRate',
  'payments/acceptDispute': 'acceptDispute',
  'payments/supplyDefenseDocument': 'supplyDefenseDocument',
  'payments/downloadDisputeEvidence': 'downloadDisputeEvidence',
  'authorizations/consult': 'consultAuthorization',
  'authorizations/applyToken': 'applyToken',
  'authorizations/revoke': 'revokeToken',
  'authorizations/query': 'queryToken',
  'merchants/registration': 'registration',
  'merchants/inquiryRegistrationStatus': 'inquiryRegistrationStatus',
} as const;

/** The name of an interface, as `pay`: it stands in the message log. */
export type MerchantApiName = (typeof interfaces)[keyof typeof interfaces];

const named: ReadonlyMap<string, MerchantApiName> = new Map(Object.entries(interfaces));

/** The interface behind a path (without query), or undefined. */
export function merchantApiOfPath(path: string): MerchantApiName | undefined {
  const start = path.startsWith(sandboxBase) ? sandboxBase : base;
  return path.startsWith(start) ? named.get(path.slice(start.length)) : undefined;
}

/** The path of an interface, as the SDKs call it outside of a sandbox of theirs. */
export function merchantPathOf(name: MerchantApiName): string {
  const end = Object.entries(interfaces).find(([, each]) => each === name)?.[0];
  if (end === undefined) throw new Error(`no path leads to ${name}`);
  return base + end;
}

/** Whether a request target is of this dialect. */
export function isMerchantPath(path: string): boolean {
  return path.startsWith('/ams/');
}
