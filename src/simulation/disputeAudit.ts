// What the auditor knows of disputes: how many of a payment were taken, answered and paid.

import { EvidenceAudit } from './evidence.ts';
import { type HeardPayment, type Hearing, refundsDone, type WireAmount } from './ledgerOfWords.ts';

export type AuditedKind = 'RETRIEVAL' | 'ESCALATION';

/** protocol.md §2.13: so many of each kind, one after the other. */
const most: Readonly<Record<AuditedKind, number>> = { RETRIEVAL: 5, ESCALATION: 2 };

interface HeardDisputes {
  /** Ids of wallets that the hub has taken. */
  readonly taken: Record<AuditedKind, Set<string>>;
  /** Ids of the hub that the acquirer has begun to answer. */
  readonly answered: Record<AuditedKind, Set<string>>;
  /** All that was ever promised. */
  total: bigint;
  isRefunding: boolean;
}

interface InitiateBody {
  readonly disputeRequestId: string;
  readonly paymentRequestId: string;
  readonly escalationAmount?: WireAmount;
}

export class DisputeAudit {
  readonly #hearing: Hearing;
  readonly files: EvidenceAudit;
  readonly #disputes = new Map<HeardPayment, HeardDisputes>();
  /** The payment of each dispute that was taken, by the wallet and its id. */
  readonly #taken = new Map<string, HeardPayment>();
  readonly #heard = new Set<string>();

  constructor(hearing: Hearing) {
    this.#hearing = hearing;
    this.files = new EvidenceAudit((what) => hearing.blame(what));
  }

  /** The hub takes a dispute: no other of its kind may be open, and not too many were. */
  hubTakes(walletId: string, payment: HeardPayment, request: string): void {
    const body = JSON.parse(request) as InitiateBody;
    const id = `${walletId}/${body.disputeRequestId}`;
    if (this.#taken.has(id)) return;
    this.#taken.set(id, payment);
    const kind = body.escalationAmount === undefined ? 'RETRIEVAL' : 'ESCALATION';
    const known = this.#of(payment);
    const name = `${payment.acquirerId}/${payment.paymentRequestId}`;
    const open = known.taken[kind].size - known.answered[kind].size;
    if (open > 0) this.#hearing.blame(`${name}: ${id} is taken while another ${kind} is open`);
    known.taken[kind].add(id);
    if (known.taken[kind].size > most[kind]) {
      this.#hearing.blame(`${name}: ${id} is one ${kind} more than ${most[kind]}`);
    }
    if (payment.word?.status === 'F') this.#hearing.blame(`${name}: ${id} is of no paid payment`);
    const claimed = BigInt(body.escalationAmount?.value ?? '0');
    if (claimed > BigInt(payment.amount?.value ?? '0')) {
      this.#hearing.blame(`${name}: ${id} claims ${claimed}, more than was paid`);
    }
  }

  /** The acquirer begins to say its answer: from now on the dispute may be closed. */
  responds(
    acquirerId: string,
    paymentRequestId: string,
    answer: {
      readonly kind: AuditedKind;
      readonly disputeRequestId: string;
      readonly value: bigint;
    },
  ): void {
    const known = this.#of(this.#hearing.payment(acquirerId, paymentRequestId));
    known.answered[answer.kind].add(answer.disputeRequestId);
    known.total += answer.value;
  }

  refundsNow(acquirerId: string, paymentRequestId: string): void {
    this.#of(this.#hearing.payment(acquirerId, paymentRequestId)).isRefunding = true;
  }

  /** A wallet has heard the answer to a dispute of its own. */
  hears(walletId: string, disputeRequestId: string): void {
    // That it was taken may not have been heard yet: the wallet asks once more.
    this.#heard.add(`${walletId}/${disputeRequestId}`);
  }

  atRest(): void {
    for (const id of this.#heard) {
      if (!this.#taken.has(id)) this.#hearing.blame(`${id} is answered, and was never taken`);
    }
    for (const [payment, known] of this.#disputes) {
      const name = `${payment.acquirerId}/${payment.paymentRequestId}`;
      const answers = known.answered.RETRIEVAL.size + known.answered.ESCALATION.size;
      const ids = [...known.taken.RETRIEVAL, ...known.taken.ESCALATION];
      const heard = ids.filter((id) => this.#heard.has(id)).length;
      if (heard !== answers) {
        this.#hearing.blame(`${name}: ${answers} disputes were answered, ${heard} answers heard`);
      }
      const given = refundsDone(payment).reduce((sum, each) => sum + BigInt(each.amount.value), 0n);
      const whole = BigInt(payment.amount?.value ?? '0');
      const promised = known.total < whole ? known.total : whole;
      const wasRefused = [...payment.refunds.values()].some(({ status }) => status === 'F');
      if (known.isRefunding && !wasRefused && given < promised) {
        this.#hearing.blame(`${name}: ${promised} was promised back, and ${given} came`);
      }
    }
  }

  #of(payment: HeardPayment): HeardDisputes {
    const known = this.#disputes.get(payment);
    if (known !== undefined) return known;
    const fresh = (): Record<AuditedKind, Set<string>> => ({
      RETRIEVAL: new Set(),
      ESCALATION: new Set(),
    });
    const disputes: HeardDisputes = {
      taken: fresh(),
      answered: fresh(),
      total: 0n,
      isRefunding: false,
    };
    this.#disputes.set(payment, disputes);
    return disputes;
  }
}
