// Every business time in one table: what it is, where its value comes from, which clock counts it.

import { limits, type Timing } from './limits.ts';

/** What is known of one time beside its value. */
export interface TimingEntry {
  readonly what: string;
  /** `protocol`: a public document of the wallet-switch protocol names the value. */
  readonly rule: 'protocol' | 'ours';
  /** Where in the facts it stands, or why we chose it. */
  readonly source: string;
  /** `network`: jumps with a sandbox network's time. `real`: what people and machines wait for. */
  readonly clock: 'network' | 'real';
  /** The longest value that makes sense, in milliseconds. */
  readonly mostMs: number;
}

const minute = 60_000;
const day = 86_400_000;
/** What an operator sets who trims nothing: a hundred years. */
const forEver = 36_500 * day;

/** One entry a name of `Timing`; docs/guides/timing.md and `wayfare timing` print it. */
export const timingTable: Readonly<Record<keyof Timing, TimingEntry>> = {
  paymentCodeLifeMs: {
    what: "from a payment code's issue until it can no longer be claimed",
    rule: 'protocol',
    source: 'protocol.md §1.2, §1.9',
    clock: 'network',
    mostMs: day,
  },
  paymentCodePaymentMs: {
    what: 'life of a payment by payment code; `paymentExpiryTime` may shorten it',
    rule: 'ours',
    source: 'after published demo acquirers (§1.9)',
    clock: 'network',
    mostMs: day,
  },
  orderCodePaymentMs: {
    what:
      'life of an order code, and of the payment behind an entry code; may be shortened the ' +
      'same way',
    rule: 'ours',
    source: 'after published demo acquirers (§1.9)',
    clock: 'network',
    mostMs: day,
  },
  cashierPaymentMs: {
    what: 'life of a cashier payment; an acquirer may only ask for less',
    rule: 'protocol',
    source: 'protocol.md §1.9',
    clock: 'network',
    mostMs: day,
  },
  autoDebitPaymentMs: {
    what: 'life of a debit by agreement; an acquirer may only ask for less',
    rule: 'protocol',
    source: 'protocol.md §1.9: at most 1 min',
    clock: 'network',
    mostMs: minute,
  },
  pushLifeMs: {
    what:
      "how long an acquirer may take to credit a national code's shop, from the wallet's success " +
      'on; then the wallet gives the money back',
    rule: 'ours',
    source: 'longer than the inquiries of §1.9, which end after 13 min 38 s',
    clock: 'network',
    mostMs: day,
  },
  quoteLifeMs: {
    what:
      '`quoteExpiryTime` of the rate shown to a wallet; the amounts of a payment are fixed when ' +
      'it is quoted, and it must end before its quote does',
    rule: 'ours',
    source: 'no document gives one',
    clock: 'network',
    mostMs: 30 * day,
  },
  timeToleranceMs: {
    what: "how far a message's time may be from the network's, before or after",
    rule: 'ours',
    source: 'GAP §3, §11',
    clock: 'network',
    mostMs: day,
  },
  partnerCallMs: {
    what: 'the longest that one call of ours to a partner may take',
    rule: 'ours',
    source: 'no document gives one',
    clock: 'real',
    mostMs: 10 * minute,
  },
  syncAnswerMs: {
    what: "the longest that an acquirer's `pay` waits for the wallet before it is answered U",
    rule: 'ours',
    source: 'longer than one call, so that a slow S still arrives',
    clock: 'real',
    mostMs: 10 * minute,
  },
  leaseMs: {
    what: 'how long a call that was begun keeps other processes from taking it up',
    rule: 'ours',
    source: 'longer than one call',
    clock: 'network',
    mostMs: day,
  },
  inquiryDelaysMs: {
    what:
      'asking a wallet whose word is unknown, until the payment ends, and a last time then; the ' +
      'last wait repeats',
    rule: 'ours',
    source: 'GAP §1.9: "incremental intervals"',
    clock: 'network',
    mostMs: day,
  },
  pushInquiryDelaysMs: {
    what:
      'asking an acquirer whether it has credited the shop of a national code, until S, F or the ' +
      'end of `pushLifeMs`, and a last time then; the last wait repeats',
    rule: 'protocol',
    source: 'protocol.md §1.9',
    clock: 'network',
    mostMs: day,
  },
  cancelDelaysMs: {
    what: 'asking a wallet to cancel, until it has; the last wait repeats',
    rule: 'ours',
    source: '§2.7 says that it must succeed; the waits are ours',
    clock: 'network',
    mostMs: day,
  },
  refundDelaysMs: {
    what:
      'asking a wallet for a refund whose end is not known, until it says S or F; the last wait ' +
      'repeats',
    rule: 'ours',
    source: 'the protocol says "until S/F" (§1.9); the waits are ours',
    clock: 'network',
    mostMs: day,
  },
  acquirerCancelMs: {
    what:
      'how long after the midnight that ends the day of a payment its acquirer may cancel it: ' +
      'until 00:15 of T+1',
    rule: 'protocol',
    source: 'protocol.md §1.9; T is the day of completion',
    clock: 'network',
    mostMs: day,
  },
  walletCancelMs: {
    what:
      'how long after the same midnight a wallet must let itself be cancelled: until 00:30 of ' +
      'T+1; a later refusal makes the network ask for a refund of everything',
    rule: 'protocol',
    source: 'protocol.md §1.9; the refund instead is ours',
    clock: 'network',
    mostMs: day,
  },
  refundWindowMs: {
    what: 'for how many whole days after that of a payment it may be refunded',
    rule: 'protocol',
    source: 'protocol.md §1.9: acquirers 365 days, wallets at least 366',
    clock: 'network',
    mostMs: 3_650 * day,
  },
  disputeWindowMs: {
    what: 'for how many whole days after that of a payment its wallet may dispute it',
    rule: 'protocol',
    source: 'protocol.md §2.13; days of UTC+8 are ours',
    clock: 'network',
    mostMs: 3_650 * day,
  },
  escalationAgainMs: {
    what: 'for how many whole days after the first escalation was closed a second may follow',
    rule: 'protocol',
    source: 'protocol.md §2.13',
    clock: 'network',
    mostMs: 3_650 * day,
  },
  disputeAnswerMs: {
    what: 'how many whole days an acquirer has to answer a dispute; then it is overdue',
    rule: 'protocol',
    source: 'protocol.md §2.13: 10 calendar days',
    clock: 'network',
    mostMs: 365 * day,
  },
  disputeRefundMs: {
    what: 'how many whole days an acquirer has to refund what it accepted; then it is overdue',
    rule: 'protocol',
    source: 'protocol.md §2.13: 5 days',
    clock: 'network',
    mostMs: 365 * day,
  },
  disputeDelaysMs: {
    what:
      'telling an acquirer of a dispute, and a wallet of its answer, until it is heard; the last ' +
      'wait repeats',
    rule: 'ours',
    source: 'no document gives one',
    clock: 'network',
    mostMs: 30 * day,
  },
  disputeLookMs: {
    what: 'how often a promised refund is looked for, beside hearing of it at once',
    rule: 'ours',
    source: 'other processes of a hub do not hear of it',
    clock: 'network',
    mostMs: day,
  },
  noticeDelaysMs: {
    what:
      'telling an acquirer how a payment ended, and a wallet that a shop is credited, until it ' +
      'acknowledges; after the last wait and one more notice it is given up, and an ' +
      "acquirer's is kept to be sent by hand",
    rule: 'ours',
    source: 'GAP §1.9; after the schedules of sister products, up to 15 hours between two',
    clock: 'network',
    mostMs: 30 * day,
  },
  registrationUpdateMs: {
    what: 'how soon after a registration the same merchant, store and product may be sent anew',
    rule: 'protocol',
    source: 'protocol.md §1.9, §2.12: more than 30 minutes',
    clock: 'network',
    mostMs: 30 * day,
  },
  registrationAnswerMs: {
    what: 'how long a wallet has to answer a registration; afterwards it is asked no more',
    rule: 'protocol',
    source: 'protocol.md §1.9: normally 7 days; a later word still counts, by our rule',
    clock: 'network',
    mostMs: 365 * day,
  },
  registrationDelaysMs: {
    what:
      'sending a registration to a wallet until it has it, and asking for its word until it has ' +
      'said it; the last wait repeats',
    rule: 'ours',
    source: 'no document gives one',
    clock: 'network',
    mostMs: 30 * day,
  },
  keepPaymentMessagesMs: {
    what: 'how long signed messages about payments stay in the message log',
    rule: 'ours',
    source:
      'longer than a refund or a dispute, second escalation included, may go on (§1.9, §2.13)',
    clock: 'network',
    mostMs: forEver,
  },
  keepOtherMessagesMs: {
    what: 'how long all other signed messages stay in the message log',
    rule: 'ours',
    source: 'no document gives one',
    clock: 'network',
    mostMs: forEver,
  },
  keepPaymentCodesMs: {
    what: 'how long a payment code is kept after its life',
    rule: 'ours',
    source: 'a code that is gone is answered like one that never was',
    clock: 'network',
    mostMs: forEver,
  },
  keepCountersMs: {
    what: "how long what a person has paid is kept after a limit's window has ended",
    rule: 'ours',
    source: 'longer than `refundWindowMs`: a refund gives room back',
    clock: 'network',
    mostMs: forEver,
  },
  keepRefusedSignInsMs: {
    what: 'how long a refused try to sign in is kept',
    rule: 'ours',
    source: 'longer than the 15 minutes in which tries are counted',
    clock: 'real',
    mostMs: forEver,
  },
  keepSignInsMs: {
    what: 'how long it is kept who signed in and out',
    rule: 'ours',
    source: 'no document gives one',
    clock: 'real',
    mostMs: forEver,
  },
  keepCapSamplesMs: {
    what: 'how long it is kept how wallets stood against their caps',
    rule: 'ours',
    source: 'a year and a month',
    clock: 'network',
    mostMs: forEver,
  },
  keepRatesMs: {
    what: 'how long past rates of sources are kept; a payment has its own price for ever',
    rule: 'ours',
    source: 'longer than the week that the history of a pair looks back',
    clock: 'network',
    mostMs: forEver,
  },
  keepCertificationsMs: {
    what: 'how long a reported run of the certification is kept after it was last heard of',
    rule: 'ours',
    source: 'no document gives one; the last 20 runs of a Client-Id at most',
    clock: 'network',
    mostMs: forEver,
  },
};

/**
 * What must hold between times, whatever their values; a sentence for each that does not. Empty
 * when all is well.
 */
export function timingConflicts(timing: Timing): string[] {
  // A dispute on the last day, and a second one on the last day after the answer to it.
  const longestDisputeMs =
    timing.disputeWindowMs +
    timing.escalationAgainMs +
    2 * timing.disputeAnswerMs +
    timing.disputeRefundMs;
  const rules: readonly [boolean, string][] = [
    [timing.leaseMs > timing.partnerCallMs, 'leaseMs must be longer than partnerCallMs'],
    [timing.syncAnswerMs > timing.partnerCallMs, 'syncAnswerMs must be longer than partnerCallMs'],
    [
      timing.quoteLifeMs > Math.max(timing.paymentCodePaymentMs, timing.orderCodePaymentMs),
      'quoteLifeMs must be longer than paymentCodePaymentMs and orderCodePaymentMs',
    ],
    [
      timing.keepPaymentMessagesMs > Math.max(timing.refundWindowMs, longestDisputeMs),
      'keepPaymentMessagesMs must be longer than refundWindowMs, and than disputeWindowMs, ' +
        'escalationAgainMs, disputeAnswerMs twice and disputeRefundMs together',
    ],
    [
      timing.keepCountersMs > timing.refundWindowMs,
      'keepCountersMs must be longer than refundWindowMs',
    ],
    [
      timing.keepPaymentCodesMs > timing.paymentCodePaymentMs,
      'keepPaymentCodesMs must be longer than paymentCodePaymentMs',
    ],
    [
      timing.keepRefusedSignInsMs > limits.signInWindowMs,
      'keepRefusedSignInsMs must be longer than the 15 minutes in which tries are counted',
    ],
  ];
  return rules.flatMap(([holds, sentence]) => (holds ? [] : [sentence]));
}
