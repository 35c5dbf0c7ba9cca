// Slots, lanes and the public ids that carry them: an id alone says where its rows are.

/** How many slots there are, for ever; `slot` is part of every public id (citus.md). */
export const slotCount = 4096;

/**
 * The slot of a key: FNV-1a over its UTF-16 code units, folded to 12 bits.
 * It is fixed for ever: ids already given out depend on it.
 */
export function slotOf(...parts: readonly string[]): number {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    for (let index = 0; index < part.length; index++) {
      hash = Math.imul(hash ^ part.charCodeAt(index), 0x01000193);
    }
    hash = Math.imul(hash ^ 0x1f, 0x01000193);
  }
  return (hash ^ (hash >>> 12) ^ (hash >>> 24)) & (slotCount - 1);
}

/** The lane of a slot; `lanes` is a power of two up to 4096. */
export function laneOfSlot(slot: number, lanes: number): number {
  return Math.floor(slot / (slotCount / lanes));
}

/** A number that carries its slot in its low 12 bits; `sequence` is a lane's own and below 2^40. */
export function numberFrom(sequence: number, slot: number): number {
  return sequence * slotCount + slot;
}

/** The slot that a number carries. */
export function slotOfNumber(number: number): number {
  return number % slotCount;
}

/**
 * What a public id names: the two digits after its date. A refund is `refund` to its acquirer, and
 * `refundAsk` to its wallet.
 */
const idKinds = {
  payment: '10',
  leg: '20',
  quote: '30',
  refund: '40',
  refundAsk: '50',
  agreement: '60',
} as const;

type IdKind = keyof typeof idKinds;

const numberDigits = 16;
const clearingOffsetMs = 8 * 3_600_000;

const dayMs = 86_400_000;
/** The day that was written last: ids of one day come one after the other. */
let written = { day: Number.NaN, digits: '' };

/** `YYYYMMDD` of an instant on the network's own clock, UTC+8 (protocol.md §7). */
function dateDigits(at: number): string {
  const day = Math.floor((at + clearingOffsetMs) / dayMs);
  if (day !== written.day) {
    const date = new Date(day * dayMs).toISOString();
    written = { day, digits: date.slice(0, 10).replaceAll('-', '') };
  }
  return written.digits;
}

/** The public id of a number: date (UTC+8), kind, 16 digits, and a leg's own digit. */
export function publicId(kind: IdKind, at: number, number: number, leg?: number): string {
  const digits = String(number).padStart(numberDigits, '0');
  return dateDigits(at) + idKinds[kind] + digits + (leg === undefined ? '' : String(leg));
}

/** Reads a public id back; undefined when it is not of that kind. The date is not checked here. */
export function readPublicId(
  kind: IdKind,
  text: string,
): { number: number; leg: number | undefined } | undefined {
  const hasLeg = kind === 'leg' || kind === 'quote';
  const pattern = hasLeg ? /^\d{27}$/ : /^\d{26}$/;
  if (!pattern.test(text) || text.slice(8, 10) !== idKinds[kind]) return undefined;
  const number = Number(text.slice(10, 10 + numberDigits));
  if (!Number.isSafeInteger(number)) return undefined;
  return { number, leg: hasLeg ? Number(text.slice(26)) : undefined };
}
