// What a visitor does with the wallet in hand that needs the hub: show a payment code, scan an
// order code.

import type { Clock, Random } from '../base/world.ts';
import { type CodeReading, readCode } from '../codes/read.ts';
import { parseIsoTime } from '../wire/time.ts';
import { getPaymentCodeResponse, userInitiatedPayResponse } from '../wire/wallet.ts';
import { readEntryAddress } from './entry-addresses.ts';
import type { HubLink } from './hub-link.ts';
import { type ApiOutcome, done, refused } from './outcome.ts';
import type { SandboxWallet } from './partners.ts';
import type { WalletPayment } from './wallet.ts';
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
  readonly identified: Pick<CodeReading, 'kind' | 'payable' | 'reason' | 'valid'> & {
    readonly scheme: string | null;
    readonly merchantName: string | null;
  };
  readonly intent: WalletPayment | null;
  /** A registered page of an acquirer, which the wallet opens (OPEN_URL, protocol.md §6.4). */
  readonly open?: { readonly host: string; readonly rest: string };
  readonly problem?: { readonly code: string; readonly message: string };
}

export interface VisitorOptions {
  readonly link: HubLink;
  readonly desk: WalletDesk;
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
 * Reads the text by itself first: an acquirer's registered page is opened (§1.4), and only an order
 * code of the network is taken to the hub (§1.3).
 */
export async function scan(
  { link, desk, clock, random }: VisitorOptions,
  wallet: SandboxWallet,
  customerId: string,
  text: string,
): Promise<ScanResult> {
  const reading = readCode(text);
  const { kind, payable, reason, valid, scheme, merchantName } = reading;
  const facts = { kind, payable, valid, scheme, merchantName };
  const page = readEntryAddress(text);
  if (page !== undefined) {
    const { host, rest } = page;
    return { identified: { ...facts, payable: true }, intent: null, open: { host, rest } };
  }
  const identified = reason === undefined ? facts : { ...facts, reason };
  if (kind !== 'order_code' || !payable) {
    const problem = { code: 'INVALID_CODE', message: notOurs(reading) };
    return { identified, intent: null, problem };
  }
  const codeValue = text.trim();
  const request = { codeValue, customerId };
  const reply = await link.call(wallet.id, 'userInitiatedPay', request, userInitiatedPayResponse);
  if (reply.kind === 'silent') {
    const message = `The network gave no usable answer: ${reply.problem}. Scan again.`;
    return { identified, intent: null, problem: { code: 'UNKNOWN_EXCEPTION', message } };
  }
  const { result } = reply.answer;
  if (result.resultStatus !== 'S') {
    const message = result.resultMessage ?? 'The network refused the code.';
    return { identified, intent: null, problem: { code: result.resultCode, message } };
  }
  const booking = {
    walletId: wallet.id,
    walletPaymentId: newWalletPaymentId(wallet.id, random),
    now: clock.now(),
  };
  const asked = bookScan(reply.answer, { customerId, codeValue }, booking);
  if (asked === undefined) {
    const message = 'The answer of the network names no order.';
    return { identified, intent: null, problem: { code: 'UNKNOWN_EXCEPTION', message } };
  }
  return { identified, intent: desk.book(asked) };
}

/** Why this wallet cannot pay what was scanned, in a sentence for the visitor. */
function notOurs(reading: CodeReading): string {
  switch (reading.kind) {
    case 'payment_code':
      return 'This is a payment code: a till scans it, a wallet shows it.';
    case 'merchant_code':
    case 'consumer_code':
      return reading.valid
        ? 'This is a code of a payment scheme that is not connected yet.'
        : 'This payment code is damaged: it breaks the rules of its scheme.';
    case 'order_code':
      return 'This looks like a code of this network, but it is damaged. Scan it again.';
    case 'url':
      return 'This is a web address, not a payment.';
    case 'unknown':
      return 'This is no code that the network knows.';
  }
}
