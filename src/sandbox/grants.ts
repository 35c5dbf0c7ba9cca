// A wallet's permission to an acquirer's client to debit one customer: what was asked, what the
// customer said, and the wallet's own codes and tokens. Pure decisions.

import type { ResultCode } from '../wire/results.ts';
import { pinAttemptsAllowed } from './customers.ts';

/** ASKED: the customer has not said. ALLOWED: consented. REFUSED, REVOKED: over for good. */
export type GrantStatus = 'ASKED' | 'ALLOWED' | 'REFUSED' | 'REVOKED';

/** The hub must be told until it acknowledges: that the customer consented, or took it back. */
export interface GrantNotice {
  readonly type: 'AUTHCODE_CREATED' | 'TOKEN_CANCELED';
  readonly attempts: number;
  readonly nextAt: number;
}

/** Tokens are secrets: they are in the wallet's own store, and on no page. */
export interface GrantTokens {
  readonly accessToken: string;
  readonly accessExpiresAt: number;
  readonly refreshToken: string;
  readonly refreshExpiresAt: number;
  /** What brought them: the same again is answered with the same tokens. */
  readonly broughtBy: string;
}

export interface Grant {
  readonly walletId: string;
  readonly grantId: string;
  /** The hub's id of the agreement. */
  readonly agreementId: string;
  readonly acquirerId: string;
  readonly authClientId: string;
  readonly merchantName: string;
  readonly scopes: readonly string[];
  readonly authState: string;
  readonly redirectUrl: string;
  readonly status: GrantStatus;
  readonly customerId: string | null;
  readonly authCode: string | null;
  readonly codeExpiresAt: number | null;
  readonly tokens: GrantTokens | null;
  readonly pinFailures: number;
  readonly notice: GrantNotice | null;
  readonly createdAt: number;
  readonly changedAt: number;
}

/** How long a wallet's code, its access token and its refresh token are good. */
const codeLifeMs = 600_000;
const accessLifeMs = 3_600_000;
const refreshLifeMs = 30 * 86_400_000;

/** What the customer typed, with what the wallet would give. */
export interface Consent {
  readonly customerId: string;
  readonly pinIsRight: boolean;
  readonly authCode: string;
}

export type ConsentVerdict = 'ALLOWED' | 'WRONG_PIN' | 'REFUSED' | 'OVER';

/** The customer says yes with a PIN; too many wrong ones are a no. */
export function decideConsent(
  grant: Grant,
  consent: Consent,
  now: number,
): { readonly grant: Grant; readonly verdict: ConsentVerdict } {
  if (grant.status !== 'ASKED') return { grant, verdict: 'OVER' };
  if (!consent.pinIsRight) {
    const pinFailures = grant.pinFailures + 1;
    const counted = { ...grant, pinFailures, changedAt: now };
    return pinFailures < pinAttemptsAllowed
      ? { grant: counted, verdict: 'WRONG_PIN' }
      : { grant: { ...counted, status: 'REFUSED' }, verdict: 'REFUSED' };
  }
  const allowed: Grant = {
    ...grant,
    status: 'ALLOWED',
    customerId: consent.customerId,
    authCode: consent.authCode,
    codeExpiresAt: now + codeLifeMs,
    notice: { type: 'AUTHCODE_CREATED', attempts: 0, nextAt: now },
    changedAt: now,
  };
  return { grant: allowed, verdict: 'ALLOWED' };
}

/** The end of a permission; the hub is told unless the end came from it. */
export function revoked(grant: Grant, now: number, tellsHub: boolean): Grant {
  if (grant.status === 'REVOKED') return grant;
  const notice = { type: 'TOKEN_CANCELED', attempts: 0, nextAt: now } as const;
  return { ...grant, status: 'REVOKED', notice: tellsHub ? notice : null, changedAt: now };
}

/** What `applyToken` brings, and the tokens that it would get. */
export interface TokenAsk {
  readonly authClientId: string;
  readonly authCode: string | undefined;
  readonly refreshToken: string | undefined;
  readonly fresh: Pick<GrantTokens, 'accessToken' | 'refreshToken'>;
}

/** New tokens for a code or a refresh token; for the same one again, the same tokens. */
export function decideTokens(
  grant: Grant,
  ask: TokenAsk,
  now: number,
): { readonly grant: Grant; readonly code: ResultCode } {
  const { tokens } = grant;
  const brought = ask.authCode ?? ask.refreshToken ?? '';
  if (grant.status !== 'ALLOWED' || grant.authClientId !== ask.authClientId) {
    return { grant, code: 'INVALID_TOKEN' };
  }
  if (tokens?.broughtBy === brought) return { grant, code: 'SUCCESS' };
  const until =
    ask.authCode === undefined ? (tokens?.refreshExpiresAt ?? 0) : (grant.codeExpiresAt ?? 0);
  const isNewest =
    ask.authCode === undefined ? tokens?.refreshToken === brought : grant.authCode === brought;
  if (!isNewest || until <= now) {
    return { grant, code: ask.authCode === undefined ? 'INVALID_TOKEN' : 'INVALID_CODE' };
  }
  const given: GrantTokens = {
    ...ask.fresh,
    accessExpiresAt: now + accessLifeMs,
    refreshExpiresAt: now + refreshLifeMs,
    broughtBy: brought,
  };
  return { grant: { ...grant, tokens: given, changedAt: now }, code: 'SUCCESS' };
}

/** Whether a token lets the hub debit now; the reason where it does not. */
export function debitFault(
  grant: Grant | null,
  token: string,
  now: number,
): ResultCode | undefined {
  const { tokens } = grant ?? {};
  if (grant?.status !== 'ALLOWED' || tokens?.accessToken !== token) return 'INVALID_TOKEN';
  if (!grant.scopes.includes('AGREEMENT_PAY')) return 'INVALID_TOKEN';
  return tokens.accessExpiresAt <= now ? 'EXPIRED_ACCESS_TOKEN' : undefined;
}
