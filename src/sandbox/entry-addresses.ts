// Where the acquirers' own pages live on the wire: invented HTTPS domains that the network's code
// rules name, and that lead to this sandbox.

import { type SandboxAcquirer, sandboxAcquirers } from './partners.ts';

/**
 * The token by which an acquirer's page knows a wallet of the network in a User-Agent (protocol.md
 * §1.4 has `AlipayConnect` there; this one is ours).
 */
const walletAgentToken = 'WayfareConnect';

/** The domain of an acquirer's pages, as `codeRules.json` has it. */
export function entryDomain(acquirer: SandboxAcquirer): string {
  return `pay.${acquirer.id.toLowerCase().replaceAll('_', '-')}.example`;
}

/** The text of the code that is printed for a till of a shop: one address for ever. */
export function entryCodeText(acquirer: SandboxAcquirer, shopId: string, tillId: string): string {
  return `https://${entryDomain(acquirer)}/stores/${shopId}/entry?till=${tillId}`;
}

/** An address that leads to this sandbox: whose domain it is, and what follows the domain. */
interface EntryAddress {
  readonly host: string;
  /** Path and query, beginning with a slash. */
  readonly rest: string;
}

/** Where a page that a rule opens is; undefined when it is none of this sandbox's acquirers. */
export function readEntryAddress(url: string): EntryAddress | undefined {
  const { host, pathname, search } = new URL(url);
  return acquirerOfDomain(host) === undefined ? undefined : { host, rest: pathname + search };
}

/** The acquirer behind a domain. */
export function acquirerOfDomain(host: string): SandboxAcquirer | undefined {
  return sandboxAcquirers.find((acquirer) => entryDomain(acquirer) === host.toLowerCase());
}

/** The User-Agent of a wallet's web view: the token, then wallet, market and currency. */
export function walletAgent(wallet: { id: string; market: string; currency: string }): string {
  const { id, market, currency } = wallet;
  return `Mozilla/5.0 (Linux; Android 15) ${walletAgentToken}/1.0 (${id}; ${market}; ${currency})`;
}

/** What a page learns from a User-Agent; nulls where it is a wallet that says no more. */
export interface VisitingWallet {
  readonly walletId: string | null;
  readonly market: string | null;
  readonly currency: string | null;
}

/** The wallet that opened a page, or undefined for anything else, such as a plain browser. */
export function readWalletAgent(
  userAgent: string | undefined,
  tokens: readonly string[] = [walletAgentToken],
): VisitingWallet | undefined {
  const agent = userAgent ?? '';
  if (!tokens.some((token) => agent.includes(`${token}/`))) return undefined;
  const told = /\/[0-9.]+ \(([A-Z0-9_]{1,32}); ([A-Z]{2}); ([A-Z]{3})\)$/.exec(agent);
  const [, walletId = null, market = null, currency = null] = told ?? [];
  return { walletId, market, currency };
}
