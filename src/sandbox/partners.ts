// Who the sandbox plays: 13 home wallets that exist in the world and four acquirers that are
// invented.

import walletFacts from './data/wallets.json' with { type: 'json' };
import { chengduShops, hangzhouShops, type SandboxShop } from './shops.ts';
import { malaysianShops, singaporeShops } from './shops-abroad.ts';

/** How a partner signs; negotiated when it is registered (protocol.md §3). */
export type SandboxAlgorithm = 'RSA256' | 'ES256';

/**
 * What the hub must know of a partner before its first call; the public key comes from its key
 * file.
 */
export interface SandboxPartner {
  readonly role: 'wallet' | 'acquirer';
  readonly id: string;
  readonly clientId: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly market: string;
  /** The currency this partner settles in with the hub. */
  readonly currency: string;
  readonly algorithm: SandboxAlgorithm;
  /** The most a wallet may owe the hub, in minor units as text; null for an acquirer. */
  readonly capMinor: string | null;
  /** What a wallet's payment codes shall begin with (protocol.md §6.1); null for an acquirer. */
  readonly codeIssuer: SandboxCodeIssuer | null;
}

/** The prefix, 25 to 30, and the three digits that name the wallet to acquirers. */
export interface SandboxCodeIssuer {
  readonly prefix: number;
  readonly routingNumber: string;
}

/** One simulated home wallet. */
export interface SandboxWallet extends SandboxPartner {
  readonly role: 'wallet';
  readonly minorUnits: number;
  /** Up to this much in CNY minor units a payment code is paid without a PIN (protocol.md §9.3). */
  readonly noPinLimitMinor: bigint;
}

/** The codes that an acquirer makes itself; the network's code rules name it by them. */
export type OwnCodes =
  | {
      readonly kind: 'private';
      /** First digits of the path: the issuer, `04`, and four of our own (protocol.md §6.2). */
      readonly digits: string;
    }
  | {
      readonly kind: 'national';
      /** The scheme as people know it. */
      readonly scheme: string;
      readonly accountTag: string;
      /** What its template says of the acquirer; the shop's id follows under `shopTag`. */
      readonly account: readonly { readonly tag: string; readonly value: string }[];
      readonly shopTag: string;
    };

/** One simulated acquirer. The names are invented; no such company is meant. */
export interface SandboxAcquirer extends SandboxPartner {
  readonly role: 'acquirer';
  readonly shops: readonly SandboxShop[];
  readonly ownCodes: OwnCodes;
}

/**
 * The wallets that sign with ECDSA, to show that the algorithm is agreed with each partner alone.
 */
const es256Wallets: ReadonlySet<string> = new Set(['KAKAOPAY', 'TOSSPAY']);

/** RMB 1,000: the no-PIN limit of the published acceptance tests (protocol.md §9.3). */
const noPinLimitMinor = 100_000n;

/**
 * The most a wallet may owe, by settlement currency, in whole units: a few hundred thousand US
 * dollars each.
 */
const capUnits: Readonly<Record<string, bigint>> = {
  HKD: 5_000_000n,
  KZT: 300_000_000n,
  MOP: 5_000_000n,
  MYR: 3_000_000n,
  MNT: 2_000_000_000n,
  PKR: 180_000_000n,
  SGD: 900_000n,
  KRW: 900_000_000n,
  THB: 22_000_000n,
  PHP: 40_000_000n,
};

interface WalletFact {
  readonly id: string;
  readonly name: string;
  readonly market: string;
  readonly currency: string;
  readonly minorUnits: number;
}

function capMinorOf(fact: WalletFact): string {
  const units = capUnits[fact.currency];
  if (units === undefined) throw new Error(`no cap is written down for ${fact.currency}`);
  return (units * 10n ** BigInt(fact.minorUnits)).toString();
}

function walletOf(fact: WalletFact, index: number): SandboxWallet {
  const serial = String(index + 1).padStart(2, '0');
  return {
    role: 'wallet',
    id: fact.id,
    clientId: `5YW${serial}${fact.id.replaceAll('_', '')}`,
    name: fact.name,
    market: fact.market,
    currency: fact.currency,
    minorUnits: fact.minorUnits,
    algorithm: es256Wallets.has(fact.id) ? 'ES256' : 'RSA256',
    capMinor: capMinorOf(fact),
    // Every prefix that there is comes about, as the published acceptance tests want it.
    codeIssuer: { prefix: 25 + (index % 6), routingNumber: `1${serial}` },
    noPinLimitMinor,
  };
}

/** The 13 wallets whose customers could pay in China by September 2024 (programme.md §1.1). */
export const sandboxWallets: readonly SandboxWallet[] = walletFacts.map(walletOf);

/** The invented acquirers: two in China with codes of their own, two with a country's codes. */
export const sandboxAcquirers: readonly SandboxAcquirer[] = [
  {
    role: 'acquirer',
    id: 'CHENGDU_PAY',
    clientId: '5YA01CHENGDUPAY',
    name: 'Chengdu Pay',
    market: 'CN',
    currency: 'CNY',
    algorithm: 'RSA256',
    capMinor: null,
    codeIssuer: null,
    shops: chengduShops,
    ownCodes: { kind: 'private', digits: '281801040001' },
  },
  {
    role: 'acquirer',
    id: 'LAKESIDE',
    clientId: '5YA02LAKESIDE',
    name: 'Lakeside Acquiring',
    market: 'CN',
    currency: 'CNY',
    algorithm: 'RSA256',
    capMinor: null,
    codeIssuer: null,
    shops: hangzhouShops,
    ownCodes: { kind: 'private', digits: '281802040001' },
  },
  {
    role: 'acquirer',
    id: 'KINABALU_PAY',
    clientId: '5YA03KINABALUPAY',
    name: 'Kinabalu Pay',
    market: 'MY',
    currency: 'MYR',
    algorithm: 'RSA256',
    capMinor: null,
    codeIssuer: null,
    shops: malaysianShops,
    ownCodes: {
      kind: 'national',
      scheme: 'DuitNow',
      accountTag: '26',
      account: [
        { tag: '00', value: 'A0000006150001' },
        // Invented, as the acquirer is: real codes of the scheme are not its own.
        { tag: '01', value: '999001' },
      ],
      shopTag: '02',
    },
  },
  {
    role: 'acquirer',
    id: 'HARBOUR_PAY',
    clientId: '5YA04HARBOURPAY',
    name: 'Harbour Pay',
    market: 'SG',
    currency: 'SGD',
    algorithm: 'ES256',
    capMinor: null,
    codeIssuer: null,
    shops: singaporeShops,
    ownCodes: {
      kind: 'national',
      scheme: 'SGQR',
      accountTag: '27',
      account: [{ tag: '00', value: 'SG.EXAMPLE.HARBOURPAY' }],
      shopTag: '01',
    },
  },
];

/** Every partner of the sandbox, as the hub's start program registers them. */
export function sandboxPartners(): readonly SandboxPartner[] {
  return [...sandboxWallets, ...sandboxAcquirers].map((partner) => ({
    role: partner.role,
    id: partner.id,
    clientId: partner.clientId,
    name: partner.name,
    market: partner.market,
    currency: partner.currency,
    algorithm: partner.algorithm,
    capMinor: partner.capMinor,
    codeIssuer: partner.codeIssuer,
  }));
}

/** Where the hub calls a partner of the sandbox; `port` is the sandbox's own. */
export function partnerEndpoint(port: number, partnerId: string): string {
  return `http://127.0.0.1:${port}/partners/${partnerId}`;
}
