// What a visitor does with the wallet in hand that needs the hub: show a payment code, scan an
// order code.

import type { Clock, Random } from '../base/world.ts';
import { type Identity, identify } from '../codes/identify.ts';
import type { CodeReading } from '../codes/read.ts';
import type { RefusalReason } from '../codes/refusals.ts';
import type { RuleSet } from '../codes/ruleSet.ts';
import { withAmount } from '../codes/withAmount.ts';
import type { Money } from '../money/money.ts';
import { parseIsoTime } from '../wire/time.ts';
import { type InquiryUserLimitsResponse, inquiryUserLimitsResponse } from '../wire/userLimits.ts';
import { getPaymentCodeResponse, userInitiatedPayResponse } from '../wire/wallet.ts';
import type { CodeRulesDesk } from './code-rules-commands.ts';
import { readEntryAddress } from './entry-addresses.ts';
import type { HubLink } from './hub-link.ts';
import { type ApiOutcome, done, refused } from './outcome.ts';
import type { SandboxWallet } from './partners.ts';
import type { WalletPayment, WalletProduct } from './wallet.ts';
import { newWalletPaymentId, type WalletDesk } from './wallet-commands.ts';
import { bookScan } from './wallet-messages.ts';

/** A code that the visitor can show for a short time. */
export interface IssuedCode {
  readonly code: string;
  readonly issuedAt: string;
  readonly expiresAt: string;
}

/** What became of a scan: what the text is, and the order behind it if there is one. */
export interface ScanResult {
  readonly identified: Identified;
  readonly intent: WalletPayment | null;
  /** An acquirer's page, which the wallet opens in its web view (OPEN_URL, protocol.md §6.4). */
  readonly open?: { readonly host: string; readonly rest: string };
  /** A printed national code: scan it again together with the amount. */
  readonly needsAmount?: true;
  /** `url`: the network's page that says more (`actionForm`). */
  readonly problem?: { readonly code: string; readonly message: string; readonly url?: string };
}

/** The judgement (`Identity`) beside what the code says by its grammar, where it is plain. */
export type Identified = Omit<Identity, 'reading'> &
  Pick<
    CodeReading,
    'kind' | 'valid' | 'scheme' | 'merchantName' | 'city' | 'amount' | 'currency'
  > & {
    /** The same as `isSupported`. */
    readonly payable: boolean;
    readonly reason?: RefusalReason;
  };

export interface VisitorOptions {
  readonly link: HubLink;
  readonly desk: WalletDesk;
  readonly codeRules: CodeRulesDesk;
  readonly clock: Clock;
  readonly random: Random;
}

/** A payment code of the hub lives one minute (protocol.md §1.2). */
const codeLifeMs = 60_000;

/** Asks the hub for payment codes (protocol.md §2.9); `quantity` is 1 to 10. */
export async function requestCodes(
  { link, clock }: VisitorOptions,
  wallet: SandboxWallet,
  customerId: string,
  quantity: number,
): Promise<ApiOutcome<readonly IssuedCode[]>> {
  const request = {
    customerId,
    codeQuantity: String(quantity),
    region: 'CN',
    env: { terminalType: 'APP', osType: 'ANDROID' },
  };
  const reply = await link.call(wallet.id, 'getPaymentCode', request, getPaymentCodeResponse);
  if (reply.kind === 'silent') {
    return refused(504, 'HUB_SILENT', `The hub gave no usable answer: ${reply.problem}.`);
  }
  const { result, paymentCodeList } = reply.answer;
  if (result.resultStatus !== 'S' || paymentCodeList === undefined) {
    return refused(502, result.resultCode, result.resultMessage ?? 'The hub gave no codes.');
  }
  const now = clock.now();
  const iso = (text: string | undefined, otherwise: number): string =>
    new Date((text === undefined ? undefined : parseIsoTime(text)) ?? otherwise).toISOString();
  const codes = paymentCodeList.map((issued) => ({
    code: issued.paymentCode,
    issuedAt: iso(issued.paymentCodeIssueTime, now),
    expiresAt: iso(issued.paymentCodeExpiryTime, now + codeLifeMs),
  }));
  return done(codes);
}

/**
 * Reads the text by the wallet's rules first; only a code to decode is taken to the hub (§1.3). An
 * acquirer's page is opened (§1.4); one outside this sandbox is only named, by `redirectUrl`. A
 * printed national code is not decoded before the visitor has typed the amount: what is taken to
 * the hub is a code of this one payment (decision 0029).
 */
export async function scan(
  { link, desk, codeRules, clock, random }: VisitorOptions,
  wallet: SandboxWallet,
  customerId: string,
  text: string,
  typed?: Money,
): Promise<ScanResult> {
  const rules = codeRules.rulesOf(wallet.id).set;
  const judge = (code: string): Identity =>
    identify(code, { rules, walletId: wallet.id, now: clock.now() });
  const scanned = judge(text);
  if (scanned.needsAmount && typed === undefined) {
    return { identified: identifiedOf(scanned), intent: null, needsAmount: true };
  }
  const asked =
    typed === undefined || !scanned.needsAmount
      ? scanned.codeValue
      : withAmount(scanned.codeValue, typed, random.digits(16)).text;
  if (asked === null) {
    const message = 'This code cannot carry that amount.';
    const problem = { code: 'INVALID_CODE', message };
    return { identified: identifiedOf(scanned), intent: null, problem };
  }
  const identity = asked === scanned.codeValue ? scanned : judge(asked);
  const identified = identifiedOf(identity);
  const { refusal, codeValue } = identity;
  if (refusal !== null) {
    const { what, next } = refusal.message.en;
    const problem = { code: refusal.resultCode, message: `${what} ${next}` };
    return { identified, intent: null, problem };
  }
  if (identity.redirectUrl !== null) {
    const open = readEntryAddress(identity.redirectUrl);
    return { identified, intent: null, ...(open === undefined ? {} : { open }) };
  }
  const request = { codeValue, customerId };
  const reply = await link.call(wallet.id, 'userInitiatedPay', request, userInitiatedPayResponse);
  if (reply.kind === 'silent') {
    const message = `The network gave no usable answer: ${reply.problem}. Scan again.`;
    return { identified, intent: null, problem: { code: 'UNKNOWN_EXCEPTION', message } };
  }
  const { result } = reply.answer;
  if (result.resultStatus !== 'S') {
    const message = result.resultMessage ?? 'The network refused the code.';
    const url = reply.answer.actionForm?.redirectUrl;
    const problem = { code: result.resultCode, message, ...(url === undefined ? {} : { url }) };
    return { identified, intent: null, problem };
  }
  const booking = {
    walletId: wallet.id,
    walletPaymentId: newWalletPaymentId(wallet.id, random),
    now: clock.now(),
  };
  const scan = { customerId, codeValue, product: ownProductOf(identity, rules) };
  const booked = bookScan(reply.answer, scan, booking);
  if (booked === undefined) {
    const message = 'The answer of the network names no order.';
    return { identified, intent: null, problem: { code: 'UNKNOWN_EXCEPTION', message } };
  }
  return { identified, intent: desk.book(booked) };
}

/** The product of an acquirer's own code, as the rule that found it says; undefined for others. */
function ownProductOf(identity: Identity, rules: RuleSet): WalletProduct | undefined {
  if (identity.queryType === 'PUSH_PAYMENT') return 'push';
  const rule = rules.rules.find(({ id }) => id === identity.rule?.id);
  return rule?.acquirerId === undefined ? undefined : 'private_order_code';
}

/** Asks the hub what a customer may still pay, so that the app can tell before a limit is met. */
export async function requestLimits(
  { link }: VisitorOptions,
  wallet: SandboxWallet,
  customerId: string,
): Promise<ApiOutcome<readonly UserLimit[]>> {
  const request = { customerId };
  const reply = await link.call(wallet.id, 'inquiryUserLimits', request, inquiryUserLimitsResponse);
  if (reply.kind === 'silent') {
    return refused(504, 'HUB_SILENT', `The network gave no usable answer: ${reply.problem}.`);
  }
  const { result, userLimits = [] } = reply.answer;
  if (result.resultStatus === 'S') return done(userLimits);
  return refused(502, result.resultCode, result.resultMessage ?? 'The network refused to say.');
}

type UserLimit = NonNullable<InquiryUserLimitsResponse['userLimits']>[number];

function identifiedOf({ reading, ...judgement }: Identity): Identified {
  const { kind, valid, scheme, merchantName, city, amount, currency } = reading;
  const { isSupported, refusal } = judgement;
  return {
    ...judgement,
    ...{ kind, valid, scheme, merchantName, city, amount, currency },
    payable: isSupported,
    ...(refusal === null ? {} : { reason: refusal.reason }),
  };
}
