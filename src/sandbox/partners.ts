// Who the sandbox plays: 13 home wallets that exist in the world and two acquirers that are
// invented.

import walletFacts from './data/wallets.json' with { type: 'json' };
import { chengduShops, hangzhouShops, type SandboxShop } from './shops.ts';

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
}

/** One simulated home wallet. */
export interface SandboxWallet extends SandboxPartner {
  readonly role: 'wallet';
  readonly minorUnits: number;
  /** Up to this much in CNY minor units a payment code is paid without a PIN (protocol.md §9.3). */
  readonly noPinLimitMinor: bigint;
}

/** One simulated acquirer. The two names are invented; no such company is meant. */
export interface SandboxAcquirer extends SandboxPartner {
  readonly role: 'acquirer';
  readonly shops: readonly SandboxShop[];
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
    noPinLimitMinor,
  };
}

/** The 13 wallets whose customers could pay in China by September 2024 (programme.md §1.1). */
export const sandboxWallets: readonly SandboxWallet[] = walletFacts.map(walletOf);

/** The two invented acquirers; both settle in CNY. */
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
    shops: chengduShops,
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
    shops: hangzhouShops,
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
  }));
}

/** Where the hub calls a partner of the sandbox; `port` is the sandbox's own. */
export function partnerEndpoint(port: number, partnerId: string): string {
  return `http://127.0.0.1:${port}/partners/${partnerId}`;
}
