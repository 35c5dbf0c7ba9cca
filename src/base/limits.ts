// Every bound of the hub in one place, each with its reason: what grows without one fails without
// one.

export const limits = {
  /** Largest request body: the largest legal message is about 24 kB (passThroughInfo is 20,000). */
  bodyBytes: 64 * 1024,
  /** Largest answer read from a partner. */
  partnerAnswerBytes: 256 * 1024,
  /** A request's headers and body must arrive within this; a slower client is cut off. */
  requestArrivalMs: 10_000,
  /** Largest amount of one payment in minor units: converted to any currency it fits 64 bits. */
  paymentMinor: 10n ** 13n,
  /** Commands of one tick: beyond this a batch gains nothing and adds latency (facts/engine.md). */
  commandsPerTick: 1_000,
  /** How long a lane waits for as many commands as its last tick had (decision 0018). */
  companyMs: 3,
  /** How long patient commands wait for an urgent one. */
  patienceMs: 25,
  /** Payments under way that each lane remembers as it wrote them last: about 2 kB each. */
  paymentsRemembered: 2_000,
  /** Commands waiting on one lane; a full queue answers REQUEST_TRAFFIC_EXCEED_LIMIT. */
  commandsWaiting: 20_000,
  /** How often one command is decided again after failed transactions before it is given up. */
  ticksPerCommand: 8,
  /** Signed messages that wait for the log; beyond it the oldest are dropped and counted. */
  messagesWaiting: 20_000,
  /** Rows of one poll of a lane's outbox. */
  outboxPerPoll: 200,
  /**
   * Calls under way at once to one partner: a partner that hangs must not take the others' places.
   */
  callsPerPartner: 512,
  /** Wallets that may scan one order code: a leg is one digit of the public id. */
  legsPerPayment: 9,
  /** Refunds that one payment may have, refused ones included: a decision reads all of them. */
  refundsPerPayment: 200,
  /** protocol.md §2.13: retrievals and escalations of one payment. */
  retrievalsPerPayment: 5,
  escalationsPerPayment: 2,
  /** Disputes and refused tries of one payment: a decision reads all of them. */
  disputesPerPayment: 50,
  /** Files of one answer to a dispute, and their bytes together (GAP §2.13: our rule). */
  evidenceFiles: 5,
  evidenceBytes: 180_000,
  /** Largest body of a message that may carry evidence: its bytes in base64, and room around. */
  evidenceBodyBytes: 256 * 1024,
  /** Largest file that a partner hands in of its own books: some 30,000 lines. */
  ownBookBytes: 2 * 1024 * 1024,
  /** Most lines of such a file, and most items of its day: each may become a break. */
  ownBookLines: 50_000,
  /** Most files of a day that a partner hands in; the operator compares further ones. */
  ownBooksOfDay: 100,
  /** Server-sent event listeners of one process. */
  liveListeners: 200,
  /** A signed-in person signs in anew after a working day. */
  sessionMs: 12 * 3_600_000,
  /** Refused sign-ins from one address within the window: with one name, and with any. */
  signInTriesOfName: 5,
  signInTriesOfAddress: 30,
  signInWindowMs: 15 * 60_000,
  /** Secrets that a process checks at once: each takes 16 MB and a thread. */
  signInsAtOnce: 4,
} as const;

/**
 * Times that are business rules; an operator may set others (docs/guides/timing.md). Each has its
 * entry in `timingTable` (base/timing.ts).
 */
export interface Timing {
  /** protocol.md §1.2: a payment code lives one minute. */
  readonly paymentCodeLifeMs: number;
  /** §1.9: demo acquirers use one minute for user-presented payments; also our longest. */
  readonly paymentCodePaymentMs: number;
  /** §1.9: order codes; our default is three minutes, an acquirer may ask for less. */
  readonly orderCodePaymentMs: number;
  /** §1.9: a cashier payment lives ten minutes; an acquirer may only ask for less. */
  readonly cashierPaymentMs: number;
  /** §1.9: an auto debit lives at most one minute; an acquirer may only ask for less. */
  readonly autoDebitPaymentMs: number;
  /** How long an acquirer's pay call waits for the wallet before it is answered U. */
  readonly syncAnswerMs: number;
  /** How long one call to a partner may take. */
  readonly partnerCallMs: number;
  /** How long a call that was begun keeps others from taking it up again. */
  readonly leaseMs: number;
  /** Waits between inquiries at a wallet (GAP §1.9: our rule). */
  readonly inquiryDelaysMs: readonly number[];
  /** How long a push may take, from the wallet's success on; then the wallet is reversed. */
  readonly pushLifeMs: number;
  /** §1.9: waits between inquiries at an acquirer whose push has not ended; the last repeats. */
  readonly pushInquiryDelaysMs: readonly number[];
  /** Waits between attempts to cancel at a wallet; the last repeats until it succeeds. */
  readonly cancelDelaysMs: readonly number[];
  /** Waits between attempts to refund at a wallet; the last repeats until it says S or F. */
  readonly refundDelaysMs: readonly number[];
  /** §1.9: an acquirer may cancel until this long after the midnight (UTC+8) that ends day T. */
  readonly acquirerCancelMs: number;
  /** §1.9: a wallet must let itself be cancelled until this long after the same midnight. */
  readonly walletCancelMs: number;
  /** §1.9: for how long, in whole days (UTC+8) after that of a payment, it may be refunded. */
  readonly refundWindowMs: number;
  /** Waits between notices to an acquirer (GAP §1.9: our rule); afterwards it is given up. */
  readonly noticeDelaysMs: readonly number[];
  /** §2.13: for how many whole days (UTC+8) after that of a payment it may be disputed. */
  readonly disputeWindowMs: number;
  /** §2.13: a second escalation, in whole days after the first was answered or overdue. */
  readonly escalationAgainMs: number;
  /** §2.13: whole days to answer a dispute; it is overdue when the last of them is over. */
  readonly disputeAnswerMs: number;
  /** §2.13: whole days to refund after accepting an escalation. */
  readonly disputeRefundMs: number;
  /** Waits between tellings of a dispute or its answer; the last repeats until it is heard. */
  readonly disputeDelaysMs: readonly number[];
  /** How often a promised refund is looked for, beside hearing of it at once (our rule). */
  readonly disputeLookMs: number;
  /** A request whose time is further from ours than this is refused (GAP §3: our rule). */
  readonly timeToleranceMs: number;
  /** §1.9, §2.12: the same registration of a merchant is not taken anew before this is over. */
  readonly registrationUpdateMs: number;
  /** §1.9: how long a wallet has to answer a registration; afterwards it is asked no more. */
  readonly registrationAnswerMs: number;
  /** Waits between asking a wallet about a registration; the last repeats (our rule). */
  readonly registrationDelaysMs: readonly number[];
  /** A quote's life on the wire; the amounts of a payment are fixed when it is quoted. */
  readonly quoteLifeMs: number;
  /** How long what grows with use is kept before it is trimmed (our rules; retention.md). */
  readonly keepPaymentMessagesMs: number;
  readonly keepOtherMessagesMs: number;
  readonly keepPaymentCodesMs: number;
  readonly keepCountersMs: number;
  readonly keepRefusedSignInsMs: number;
  readonly keepSignInsMs: number;
  readonly keepCapSamplesMs: number;
  readonly keepRatesMs: number;
  readonly keepCertificationsMs: number;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

export const defaultTiming: Timing = {
  paymentCodeLifeMs: minute,
  paymentCodePaymentMs: minute,
  orderCodePaymentMs: 3 * minute,
  cashierPaymentMs: 10 * minute,
  autoDebitPaymentMs: minute,
  syncAnswerMs: 8 * second,
  partnerCallMs: 7 * second,
  leaseMs: 12 * second,
  inquiryDelaysMs: [2 * second, 4 * second, 4 * second, 10 * second, 30 * second, minute],
  pushLifeMs: 15 * minute,
  pushInquiryDelaysMs: [
    4 * second,
    4 * second,
    30 * second,
    minute,
    minute,
    minute,
    5 * minute,
    5 * minute,
  ],
  cancelDelaysMs: [second, 2 * second, 5 * second, 15 * second, minute, 5 * minute],
  refundDelaysMs: [2 * second, 5 * second, 15 * second, minute, 5 * minute, hour],
  acquirerCancelMs: 15 * minute,
  walletCancelMs: 30 * minute,
  refundWindowMs: 365 * 24 * hour,
  noticeDelaysMs: [
    5 * second,
    30 * second,
    2 * minute,
    10 * minute,
    10 * minute,
    hour,
    2 * hour,
    6 * hour,
    15 * hour,
  ],
  disputeWindowMs: 360 * 24 * hour,
  escalationAgainMs: 25 * 24 * hour,
  disputeAnswerMs: 10 * 24 * hour,
  disputeRefundMs: 5 * 24 * hour,
  disputeDelaysMs: [5 * second, 30 * second, 2 * minute, 10 * minute, hour, 6 * hour],
  disputeLookMs: hour,
  timeToleranceMs: 5 * minute,
  registrationUpdateMs: 30 * minute,
  registrationAnswerMs: 7 * 24 * hour,
  registrationDelaysMs: [5 * second, minute, 10 * minute, hour, 6 * hour],
  quoteLifeMs: 10 * minute,
  keepPaymentMessagesMs: 450 * day,
  keepOtherMessagesMs: 90 * day,
  keepPaymentCodesMs: 7 * day,
  keepCountersMs: 400 * day,
  keepRefusedSignInsMs: 90 * day,
  keepSignInsMs: 730 * day,
  keepCapSamplesMs: 400 * day,
  keepRatesMs: 730 * day,
  keepCertificationsMs: 730 * day,
};
