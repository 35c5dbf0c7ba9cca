// A partner's own book: what it took, paid and gave back, as it saw that on the wire.

/** One payment or refund as the partner would be settled for it. */
export interface BookRow {
  readonly kind: 'payment' | 'refund';
  /** The request id of the messages between the network and this partner. */
  readonly id: string;
  /** Minor units of its settlement currency before fees, positive to the partner's good. */
  readonly amount: bigint;
  /** When it happened, by the partner's clock or by what the network told it. */
  readonly at: number;
}

const keyOf = (kind: BookRow['kind'], id: string) => `${kind}/${id}`;

/** Nobody else writes into it, and nothing of the network's books is in it. */
export class PartnerBook {
  readonly #rows = new Map<string, BookRow>();
  readonly #struck = new Map<string, BookRow>();

  write(row: BookRow): void {
    const key = keyOf(row.kind, row.id);
    if (!this.#rows.has(key)) this.#rows.set(key, row);
  }

  /** A payment was cancelled: it never was. */
  strike(paymentId: string): void {
    const key = keyOf('payment', paymentId);
    const row = this.#rows.get(key);
    if (row === undefined) return;
    this.#rows.delete(key);
    this.#struck.set(key, row);
  }

  /** A cancel was refused: the payment stands. */
  restore(paymentId: string): void {
    const row = this.#struck.get(keyOf('payment', paymentId));
    if (row !== undefined) this.write(row);
  }

  all(): IterableIterator<BookRow> {
    return this.#rows.values();
  }
}

/** `payment/P1`: how a row is named in reports. */
export function rowKey({ kind, id }: Pick<BookRow, 'kind' | 'id'>): string {
  return keyOf(kind, id);
}
