// The shops' bindings at work: asked for through the network, turned into tokens, refreshed, ended.

import type { Clock, Random } from '../base/world.ts';
import {
  type AcquirerApplyTokenRequest,
  type AcquirerAuthNotifyRequest,
  acquirerApplyTokenResponse,
  cancelTokenResponse,
  prepareResponse,
} from '../wire/authorizations.ts';
import { type Result, result } from '../wire/results.ts';
import { parseIsoTime } from '../wire/time.ts';
import type { TillPlace } from './acquirer-messages.ts';
import { type Binding, needsRefresh } from './bindings.ts';
import type { BindingStore } from './grant-store.ts';
import type { HubLink } from './hub-link.ts';
import { type ApiOutcome, done, refused } from './outcome.ts';
import { sandboxWallets } from './partners.ts';

export interface BindingDeskOptions {
  readonly store: BindingStore;
  readonly link: HubLink;
  readonly clock: Clock;
  readonly random: Random;
  readonly onFailure: (error: unknown) => void;
}

export type BindingDesk = ReturnType<typeof createBindingDesk>;

const silent = (problem: string) =>
  refused(504, 'HUB_SILENT', `The hub gave no usable answer: ${problem}.`);

export function createBindingDesk(options: BindingDeskOptions) {
  const { store, link, clock, random } = options;

  /** Tokens for a code, or newer ones; the answer may be sent for again. */
  async function apply(
    binding: Binding,
    grant: Pick<AcquirerApplyTokenRequest, 'grantType' | 'authCode' | 'refreshToken'>,
  ): Promise<ApiOutcome<Binding>> {
    const body = { authClientId: clientOf(binding), ...grant };
    const { acquirerId } = binding;
    const reply = await link.call(acquirerId, 'applyToken', body, acquirerApplyTokenResponse);
    if (reply.kind === 'silent') return silent(reply.problem);
    const { result: verdict, accessToken, accessTokenExpiryTime, refreshToken } = reply.answer;
    if (verdict.resultStatus !== 'S' || accessToken === undefined) {
      const message = verdict.resultMessage ?? 'The wallet gave no token.';
      return refused(502, verdict.resultCode, message);
    }
    const current = store.binding(acquirerId, binding.bindingId) ?? binding;
    // A notice that it was revoked may have come in between.
    if (current.status === 'REVOKED') return done(current);
    const bound: Binding = {
      ...current,
      status: 'BOUND',
      accessToken,
      accessExpiresAt: parseIsoTime(accessTokenExpiryTime ?? '') ?? null,
      refreshToken: refreshToken ?? null,
    };
    store.keep(bound);
    return done(bound);
  }

  function own(place: TillPlace, bindingId: string): ApiOutcome<Binding> {
    const binding = store.binding(place.acquirer.id, bindingId);
    if (binding?.tillId === place.tillId) return done(binding);
    return refused(404, 'BINDING_NOT_FOUND', `This shop has no binding ${bindingId}.`, 'bindingId');
  }

  /** The same binding with newer tokens; as it was where it has none to renew. */
  async function renew(binding: Binding): Promise<ApiOutcome<Binding>> {
    const { status, refreshToken } = binding;
    if (status !== 'BOUND' || refreshToken === null) return done(binding);
    return apply(binding, { grantType: 'REFRESH_TOKEN', refreshToken });
  }

  return {
    bindings: (place: TillPlace) => store.ofTill(place.acquirer.id, place.tillId),

    /** Asks the network where a visitor of this wallet can allow it. */
    async bind(
      place: TillPlace,
      walletId: string,
      returnUrl: string,
    ): Promise<ApiOutcome<{ readonly binding: Binding; readonly goOn: string }>> {
      const { acquirer, shop, tillId } = place;
      const wallet = sandboxWallets.find(({ id }) => id === walletId);
      const binding: Binding = {
        acquirerId: acquirer.id,
        tillId,
        bindingId: `${shop.id}-B${random.digits(20)}`,
        walletId,
        walletName: wallet?.name ?? walletId,
        status: 'ASKED',
        // With a letter, so that no page takes it for a number.
        authState: `S${random.digits(32)}`,
        accessToken: null,
        accessExpiresAt: null,
        refreshToken: null,
        createdAt: clock.now(),
      };
      store.keep(binding);
      const request = {
        authClientId: clientOf(binding),
        authClientName: shop.name,
        referenceAgreementId: binding.bindingId,
        referenceMerchantId: shop.id,
        customerBelongsTo: walletId,
        scopes: ['AGREEMENT_PAY'],
        authState: binding.authState,
        authRedirectUrl: returnUrl,
        terminalType: 'WEB',
      };
      const reply = await link.call(acquirer.id, 'prepare', request, prepareResponse);
      if (reply.kind === 'silent') return silent(reply.problem);
      const { result: verdict, authUrl } = reply.answer;
      if (authUrl !== undefined) return done({ binding, goOn: authUrl });
      const message = verdict.resultMessage ?? 'The hub gave no way to the wallet.';
      return refused(502, verdict.resultCode, message);
    },

    /** The visitor came back from the wallet: with a code when they allowed it. */
    async finish(
      place: TillPlace,
      authState: string,
      authCode: string | undefined,
    ): Promise<ApiOutcome<Binding>> {
      const binding = store.ofState(place.acquirer.id, authState);
      if (binding?.tillId !== place.tillId) {
        return refused(404, 'BINDING_NOT_FOUND', 'Nobody of this shop was sent to a wallet so.');
      }
      if (binding.status !== 'ASKED') return done(binding);
      if (authCode !== undefined) {
        return apply(binding, { grantType: 'AUTHORIZATION_CODE', authCode });
      }
      const ended: Binding = { ...binding, status: 'REFUSED' };
      store.keep(ended);
      return done(ended);
    },

    /** The token to charge with now, newer if need be. */
    async tokenOf(place: TillPlace, bindingId: string): Promise<ApiOutcome<string>> {
      const found = own(place, bindingId);
      if (!found.ok) return found;
      const fresh = needsRefresh(found.value, clock.now()) ? await renew(found.value) : found;
      if (!fresh.ok) return fresh;
      const { status, accessToken } = fresh.value;
      if (status === 'BOUND' && accessToken !== null) return done(accessToken);
      return refused(409, 'BINDING_IS_OVER', 'The wallet can no longer be charged with one tap.');
    },

    /** The shop has its tokens renewed before it must. */
    async refresh(place: TillPlace, bindingId: string): Promise<ApiOutcome<Binding>> {
      const found = own(place, bindingId);
      return found.ok ? renew(found.value) : found;
    },

    /** The shop forgets the wallet; the network and the wallet end it for good. */
    async unbind(place: TillPlace, bindingId: string): Promise<ApiOutcome<Binding>> {
      const found = own(place, bindingId);
      if (!found.ok || found.value.status !== 'BOUND') return found;
      const { acquirerId, accessToken } = found.value;
      const body = { authClientId: clientOf(found.value), accessToken };
      const reply = await link.call(acquirerId, 'cancelToken', body, cancelTokenResponse);
      if (reply.kind === 'silent') return silent(reply.problem);
      const { resultStatus, resultCode, resultMessage } = reply.answer.result;
      if (resultStatus === 'U') return refused(504, resultCode, resultMessage ?? 'Try again.');
      const ended: Binding = { ...found.value, status: 'REVOKED', accessToken: null };
      store.keep({ ...ended, refreshToken: null });
      return done(ended);
    },

    /** A debit was refused because of its token: the visitor has to allow it anew. */
    lost(place: TillPlace, bindingId: string): void {
      const found = own(place, bindingId);
      if (found.ok) store.keep({ ...found.value, status: 'REVOKED', accessToken: null });
    },

    /** A notice of the hub. The code comes with the visitor too; whichever is first is used. */
    notified(acquirerId: string, notice: AcquirerAuthNotifyRequest): Result {
      const binding = store.binding(acquirerId, notice.referenceAgreementId);
      if (binding === null) return result('ORDER_NOT_EXIST');
      const { authorizationNotifyType, authCode } = notice;
      if (authorizationNotifyType === 'TOKEN_CANCELED') {
        store.keep({ ...binding, status: 'REVOKED', accessToken: null, refreshToken: null });
      } else if (binding.status === 'ASKED' && authCode !== undefined) {
        apply(binding, { grantType: 'AUTHORIZATION_CODE', authCode }).catch(options.onFailure);
      }
      return result('SUCCESS');
    },
  };
}

/** The client that the wallet shows to the visitor: each till's shop is one. */
function clientOf({ tillId }: Binding): string {
  return `CLIENT-${tillId}`;
}
