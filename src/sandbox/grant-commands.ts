// The wallets' permissions at work: the hub asks for them, customers give them and take them back.

import type { Clock, Random } from '../base/world.ts';
import {
  authNotifyResponse,
  type PrepareResponse,
  type WalletApplyTokenRequest,
  type WalletApplyTokenResponse,
  type WalletCancelTokenRequest,
  type WalletPrepareRequest,
} from '../wire/authorizations.ts';
import { type Result, type ResultCode, result } from '../wire/results.ts';
import { formatTime } from '../wire/time.ts';
import { pinAttemptsAllowed, sandboxPin } from './customers.ts';
import { customerChannel, type EventDesk } from './events.ts';
import type { GrantStore } from './grant-store.ts';
import { debitFault, decideConsent, decideTokens, type Grant, revoked } from './grants.ts';
import { type HubLink, hubTimeoutMs } from './hub-link.ts';
import { type ApiOutcome, done, refused } from './outcome.ts';
import type { SandboxWallet } from './partners.ts';

export interface GrantDeskOptions {
  readonly store: GrantStore;
  readonly link: HubLink;
  readonly clock: Clock;
  readonly random: Random;
  readonly events: EventDesk;
  /** Where visitors reach the wallets' pages. */
  readonly pagesUrl: string;
  readonly nudge: () => void;
  readonly onFailure: (error: unknown) => void;
}

/** Waits after the first, second, … attempt that was not acknowledged; then it is given up. */
const noticeDelaysMs: readonly number[] = [1_000, 5_000, 30_000, 60_000, 300_000, 600_000];
const leaseMs = hubTimeoutMs + 3_000;

export type GrantDesk = ReturnType<typeof createGrantDesk>;

export function createGrantDesk(options: GrantDeskOptions) {
  const { store, clock } = options;
  return {
    ...hubSide(options),
    ...customerSide(options),
    /** Tells the hub what is due; it returns before the answers have arrived. */
    runDue(now: number): void {
      for (const grant of store.toTell(now)) {
        if (grant.notice === null) continue;
        store.keep({ ...grant, notice: { ...grant.notice, nextAt: now + leaseMs } });
        tell(options, grant).catch(options.onFailure);
      }
    },
    nextWakeAt: () => store.nextWakeAt(),
    /** Whose debit a token allows now, or why it allows none. */
    debtorOf(walletId: string, token: string): { customerId: string } | { code: ResultCode } {
      const grant = store.ofToken(walletId, token);
      const code = debitFault(grant, token, clock.now());
      return code === undefined ? { customerId: grant?.customerId ?? '' } : { code };
    },
  };
}

async function tell({ store, link, clock, nudge }: GrantDeskOptions, grant: Grant): Promise<void> {
  const { notice, authCode } = grant;
  if (notice === null) return;
  const reply = await link.call(
    grant.walletId,
    'authNotify',
    {
      authorizationNotifyType: notice.type,
      authClientId: grant.authClientId,
      referenceAgreementId: grant.agreementId,
      ...(notice.type === 'AUTHCODE_CREATED' && authCode !== null ? { authCode } : {}),
    },
    authNotifyResponse,
  );
  const heard = reply.kind === 'answered' && reply.answer.result.resultStatus !== 'U';
  const current = store.grant(grant.walletId, grant.grantId) ?? grant;
  // A newer notice has taken its place: this one is of no use any more.
  if (current.notice?.type !== notice.type) return;
  const delay = noticeDelaysMs[notice.attempts];
  const over = heard || delay === undefined;
  const next = { ...notice, attempts: notice.attempts + 1, nextAt: clock.now() + (delay ?? 0) };
  store.keep({ ...current, notice: over ? null : next });
  nudge();
}

/** The hub's calls (protocol.md §2.11); each is idempotent. */
function hubSide({ store, clock, random, pagesUrl }: GrantDeskOptions) {
  const foreign = (wallet: SandboxWallet, pspId: string): Result | undefined =>
    pspId === wallet.id
      ? undefined
      : result('ACCESS_DENIED', `pspId is not this wallet's own: ${wallet.id}.`);
  return {
    prepare(wallet: SandboxWallet, request: WalletPrepareRequest): PrepareResponse {
      const wrong = foreign(wallet, request.pspId);
      if (wrong !== undefined) return { result: wrong };
      const known = store.ofAgreement(wallet.id, request.referenceAgreementId);
      const grant = known ?? newGrant(wallet, request, `G${random.digits(20)}`, clock.now());
      if (known === null) store.keep(grant);
      const authUrl = `${pagesUrl}/authorize/${wallet.id}?grant=${grant.grantId}`;
      return { result: result('SUCCESS'), authUrl };
    },

    applyToken(wallet: SandboxWallet, request: WalletApplyTokenRequest): WalletApplyTokenResponse {
      const wrong = foreign(wallet, request.pspId);
      if (wrong !== undefined) return { result: wrong };
      const { authCode, refreshToken, authClientId } = request;
      const grant =
        authCode === undefined
          ? store.ofRefresh(wallet.id, refreshToken ?? '')
          : store.ofCode(wallet.id, authCode);
      if (grant === null) return { result: result('INVALID_TOKEN') };
      const token = (kind: string) => `${kind}-${grant.grantId}-${random.digits(24)}`;
      const fresh = { accessToken: token('access'), refreshToken: token('refresh') };
      const ask = { authClientId, authCode, refreshToken, fresh };
      const decided = decideTokens(grant, ask, clock.now());
      store.keep(decided.grant);
      const { tokens, customerId } = decided.grant;
      if (decided.code !== 'SUCCESS' || tokens === null) return { result: result(decided.code) };
      return {
        result: result('SUCCESS'),
        accessToken: tokens.accessToken,
        accessTokenExpiryTime: formatTime(tokens.accessExpiresAt),
        refreshToken: tokens.refreshToken,
        refreshTokenExpiryTime: formatTime(tokens.refreshExpiresAt),
        ...(customerId === null ? {} : { customerId }),
      };
    },

    cancelToken(wallet: SandboxWallet, request: WalletCancelTokenRequest): { result: Result } {
      const wrong = foreign(wallet, request.pspId);
      if (wrong !== undefined) return { result: wrong };
      const grant = store.ofToken(wallet.id, request.accessToken);
      if (grant === null) return { result: result('INVALID_TOKEN') };
      store.keep(revoked(grant, clock.now(), false));
      return { result: result('SUCCESS') };
    },
  };
}

function newGrant(
  wallet: SandboxWallet,
  request: WalletPrepareRequest,
  grantId: string,
  now: number,
): Grant {
  return {
    walletId: wallet.id,
    grantId,
    agreementId: request.referenceAgreementId,
    acquirerId: request.acquirerId,
    authClientId: request.authClientId,
    merchantName: request.authClientName,
    scopes: request.scopes,
    authState: request.authState,
    redirectUrl: request.authRedirectUrl,
    status: 'ASKED',
    customerId: null,
    authCode: null,
    codeExpiresAt: null,
    tokens: null,
    pinFailures: 0,
    notice: null,
    createdAt: now,
    changedAt: now,
  };
}

/** Where the customer goes on: back to the shop, by way of the network. */
function backOf(grant: Grant): string {
  const back = new URL(grant.redirectUrl);
  back.searchParams.set('authState', grant.authState);
  if (grant.status === 'ALLOWED' && grant.authCode !== null) {
    back.searchParams.set('authCode', grant.authCode);
  }
  return back.href;
}

/** What customers do on the wallets' pages. */
function customerSide({ store, clock, random, events, nudge }: GrantDeskOptions) {
  function keep(grant: Grant): void {
    store.keep(grant);
    if (grant.customerId !== null) {
      events.publish(customerChannel(grant.walletId, grant.customerId), 'grant', {});
    }
    nudge();
  }
  const missing = (grantId: string) =>
    refused(404, 'GRANT_NOT_FOUND', `There is no request ${grantId}.`, 'grantId');
  const over = refused(409, 'GRANT_IS_OVER', 'This request was answered before.');
  return {
    asked(wallet: SandboxWallet, grantId: string): ApiOutcome<Grant> {
      const grant = store.grant(wallet.id, grantId);
      return grant === null ? missing(grantId) : done(grant);
    },

    /** Yes with a PIN: where the customer goes on. */
    allow(
      wallet: SandboxWallet,
      customerId: string,
      grantId: string,
      pin: string,
    ): ApiOutcome<{ readonly goOn: string }> {
      const asked = store.grant(wallet.id, grantId);
      if (asked === null) return missing(grantId);
      const authCode = `code-${grantId}-${random.digits(16)}`;
      const consent = { customerId, pinIsRight: pin === sandboxPin, authCode };
      const { grant, verdict } = decideConsent(asked, consent, clock.now());
      if (verdict === 'OVER') return over;
      keep(grant);
      if (verdict === 'ALLOWED' || verdict === 'REFUSED') return done({ goOn: backOf(grant) });
      const left = pinAttemptsAllowed - grant.pinFailures;
      const tries = left === 1 ? 'one try is left' : `${left} tries are left`;
      return refused(422, 'WRONG_PIN', `The PIN is wrong; ${tries}.`, 'pin');
    },

    refuse(wallet: SandboxWallet, grantId: string): ApiOutcome<{ readonly goOn: string }> {
      const asked = store.grant(wallet.id, grantId);
      if (asked === null) return missing(grantId);
      if (asked.status !== 'ASKED') return over;
      const grant: Grant = { ...asked, status: 'REFUSED', changedAt: clock.now() };
      keep(grant);
      return done({ goOn: backOf(grant) });
    },

    given: (wallet: SandboxWallet, customerId: string) => store.ofCustomer(wallet.id, customerId),

    /** The customer takes it back: nothing is debited any more, and the hub is told. */
    takeBack(wallet: SandboxWallet, customerId: string, grantId: string): ApiOutcome<Grant> {
      const grant = store.grant(wallet.id, grantId);
      if (grant === null || grant.customerId !== customerId) return missing(grantId);
      const ended = revoked(grant, clock.now(), true);
      if (ended !== grant) keep(ended);
      return done(ended);
    },
  };
}
