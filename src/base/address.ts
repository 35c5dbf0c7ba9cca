// The parts of an HTTP address: partners have few, and every call needs them.

/** Where to connect, and what to ask for there. */
export interface Address {
  readonly origin: string;
  /** Path and query, as they are signed. */
  readonly path: string;
}

const mostKept = 4_096;
const kept = new Map<string, Address>();

/** Takes an address apart; throws on a text that is none, as `URL` does. */
export function addressOf(url: string): Address {
  const known = kept.get(url);
  if (known !== undefined) return known;
  const { origin, pathname, search } = new URL(url);
  const address = { origin, path: pathname + search };
  if (kept.size >= mostKept) kept.clear();
  kept.set(url, address);
  return address;
}
