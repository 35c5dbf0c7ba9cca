// Invariants: what must hold whatever the input was. A broken one is a bug and stops the work at
// hand.

class BrokenInvariant extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BrokenInvariant';
  }
}

/** Throws `BrokenInvariant` when the condition does not hold. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new BrokenInvariant(message);
}

/** The value, which an invariant says is there. */
export function present<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new BrokenInvariant(`${what} is missing`);
  return value;
}
