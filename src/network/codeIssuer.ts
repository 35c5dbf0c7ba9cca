// What the payment codes of a wallet begin with, and which routing numbers may be given to whom.

/** The CII of a wallet (protocol.md §6.1), part by part. */
export interface CodeIssuer {
  /** 25 to 30. */
  readonly prefix: number;
  /** The digit of the agreement, 0 to 9. */
  readonly agreement: number;
  /** Three digits that name the wallet, for good: acquirers tell wallets apart by them. */
  readonly routingNumber: string;
}

export const codePrefixes = [25, 26, 27, 28, 29, 30] as const;

/** Where nothing else is agreed: our rule; the agreement's digit is the protocol's usual one. */
const usualCodeIssuer = { prefix: 28, agreement: 1 } as const;

/** The six digits that the wallet's payment codes begin with. */
export function ciiOf({ prefix, agreement, routingNumber }: CodeIssuer): string {
  return `${prefix}${agreement}${routingNumber}`;
}

/**
 * Numbers that no wallet gets, our rule: 000, which names nobody; 666, under which the network
 * issues order codes; 800 to 899, under which acquirers issue theirs, and with 808 among them,
 * which the payment codes of all wallets carried before each had a number.
 */
export function isReservedNumber(routingNumber: string): boolean {
  return /^(?:000|666|8[0-9]{2})$/.test(routingNumber);
}

/** A routing number that cannot be had; the message names it and says why. */
class RoutingNumberRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RoutingNumberRefused';
  }
}

/** Who has which routing number: number to participant id. */
export type RoutingNumbers = ReadonlyMap<string, string>;

/**
 * What a wallet's codes begin with from now on: what is `asked`, else what it has, else the usual
 * with the lowest number that nobody has. Throws `RoutingNumberRefused` for a number that is
 * reserved or another wallet's, and when none is left.
 */
export function agreedIssuer(
  walletId: string,
  asked: Partial<CodeIssuer>,
  known: CodeIssuer | undefined,
  given: RoutingNumbers,
): CodeIssuer {
  const { prefix, agreement } = { ...usualCodeIssuer, ...known, ...asked };
  const routingNumber = asked.routingNumber ?? known?.routingNumber ?? lowestFree(given);
  const owner = given.get(routingNumber);
  if (owner !== undefined && owner !== walletId) {
    throw new RoutingNumberRefused(
      `routing number ${routingNumber} is that of ${owner}; a number names one wallet for good`,
    );
  }
  if (isReservedNumber(routingNumber)) {
    throw new RoutingNumberRefused(
      `routing number ${routingNumber} is kept by the network: 000, 666 and 800 to 899 are`,
    );
  }
  return { prefix, agreement, routingNumber };
}

function lowestFree(given: RoutingNumbers): string {
  for (let number = 1; number < 1_000; number++) {
    const text = String(number).padStart(3, '0');
    if (!given.has(text) && !isReservedNumber(text)) return text;
  }
  throw new RoutingNumberRefused('every routing number is some wallet’s: none is left');
}
