// Standing permissions at a simulated wallet: customers consent, get their tokens made, and take
// it back.

import type { ReceivedCall } from '../wire/partnerServer.ts';
import type { ResultCode } from '../wire/results.ts';
import { result } from '../wire/results.ts';
import { formatTime } from '../wire/time.ts';
import { Affair } from './affair.ts';
import type { Permission } from './agreementAudit.ts';
import type { PartyAnswer } from './party.ts';

/** A permission as the wallet has written it down. */
interface Grant {
  /** The network's id of it. */
  readonly reference: string;
  readonly authClientId: string;
  /** How the shop is called that asks. */
  readonly name: string;
  readonly acquirerId: string;
  readonly redirectUrl: string;
  readonly code: string;
  permission: Permission | undefined;
  generation: number;
  expiresAt: number;
  /** What the newest tokens were given for. */
  givenFor: string | undefined;
  isRevoked: boolean;
}

interface GrantBody {
  readonly acquirerId: string;
  readonly authClientId: string;
  readonly authClientName: string;
  readonly referenceAgreementId: string;
  readonly authRedirectUrl: string;
  readonly authCode?: string;
  readonly refreshToken?: string;
  readonly accessToken?: string;
}

const refreshLifeMs = 24 * 3_600_000;

export class WalletGrants extends Affair {
  readonly #grants = new Map<string, Grant>();

  answer(call: ReceivedCall): PartyAnswer {
    const body = JSON.parse(call.bodyText) as GrantBody;
    const { chance, stormy } = this.world;
    const mood = stormy()
      ? chance.weighted({ does: 84, isNotSure: 4, forges: 4, never: 8 })
      : 'does';
    if (mood === 'isNotSure') return { body: { result: result('UNKNOWN_EXCEPTION') } };
    const done =
      call.api === 'prepare'
        ? this.#prepare(body)
        : call.api === 'applyToken'
          ? this.#apply(body)
          : this.#cancel(body);
    return { body: done, forged: mood === 'forges', never: mood === 'never' };
  }

  /**
   * A customer opens the wallet's page and consents. The way back, with the wallet's code in it;
   * undefined when they refuse or the page is none of this wallet's.
   */
  consent(authUrl: string, customerId: string): string | undefined {
    const grant = this.#grants.get(authUrl.slice(authUrl.lastIndexOf('/') + 1));
    if (grant === undefined || grant.isRevoked || this.world.chance.happens(0.06)) {
      return undefined;
    }
    if (grant.permission !== undefined) return undefined;
    const { name, acquirerId, reference } = grant;
    grant.permission = { name, acquirerId, walletId: this.id, customerId };
    this.auditor.agreements.consented(grant.permission, reference);
    const notify = { authorizationNotifyType: 'AUTHCODE_CREATED', authCode: grant.code };
    if (this.world.chance.happens(0.6)) void this.#notify(grant, notify);
    return `${grant.redirectUrl}?authCode=${grant.code}`;
  }

  /** A customer takes the permission back in the wallet's app. */
  takeBack(name: string): void {
    const grant = [...this.#grants.values()].find((each) => each.name === name);
    if (grant?.permission === undefined || grant.isRevoked) return;
    grant.isRevoked = true;
    void this.#notify(grant, { authorizationNotifyType: 'TOKEN_CANCELED' });
  }

  /** Whose token this is; or why it lets nobody debit. */
  payer(token: string): { readonly customerId: string } | ResultCode {
    const grant = this.#ofToken(token);
    if (grant?.permission === undefined || grant.isRevoked) return 'INVALID_TOKEN';
    if (token !== tokenOf('access', grant)) return 'INVALID_TOKEN';
    if (grant.expiresAt <= this.world.time.now()) return 'EXPIRED_ACCESS_TOKEN';
    return grant.permission;
  }

  #prepare(body: GrantBody): object {
    const reference = body.referenceAgreementId;
    if (!this.#grants.has(reference)) {
      this.#grants.set(reference, {
        reference,
        authClientId: body.authClientId,
        name: body.authClientName,
        acquirerId: body.acquirerId,
        redirectUrl: body.authRedirectUrl,
        code: `${this.id}-code-${this.#grants.size + 1}`,
        permission: undefined,
        generation: 0,
        expiresAt: 0,
        givenFor: undefined,
        isRevoked: false,
      });
    }
    return { result: result('SUCCESS'), authUrl: `https://${this.id}.example/allow/${reference}` };
  }

  /** New tokens for a code or a refresh token; for the same again those that were given for it. */
  #apply({ authCode, refreshToken }: GrantBody): object {
    const asked = authCode ?? refreshToken ?? '';
    const grant =
      authCode === undefined
        ? this.#ofToken(asked)
        : [...this.#grants.values()].find((each) => each.code === authCode);
    if (grant?.permission === undefined || grant.isRevoked) {
      return { result: result('INVALID_TOKEN') };
    }
    if (grant.givenFor !== asked) {
      const isNewest =
        authCode === undefined ? asked === tokenOf('refresh', grant) : grant.generation === 0;
      if (!isNewest) return { result: result('INVALID_TOKEN') };
      grant.givenFor = asked;
      grant.generation++;
      grant.expiresAt = this.world.time.now() + this.world.chance.pick([30_000, 3_600_000]);
    }
    const accessToken = tokenOf('access', grant);
    this.auditor.agreements.walletGave(grant.permission, accessToken);
    return {
      result: result('SUCCESS'),
      accessToken,
      accessTokenExpiryTime: formatTime(grant.expiresAt),
      refreshToken: tokenOf('refresh', grant),
      refreshTokenExpiryTime: formatTime(grant.expiresAt + refreshLifeMs),
      customerId: grant.permission.customerId,
    };
  }

  #cancel({ accessToken = '' }: GrantBody): object {
    const grant = this.#ofToken(accessToken);
    if (grant === undefined) return { result: result('INVALID_TOKEN') };
    grant.isRevoked = true;
    return { result: result('SUCCESS') };
  }

  #ofToken(token: string): Grant | undefined {
    return this.#grants.get(token.split('~')[1] ?? '');
  }

  /** Tells the network until it has taken it. */
  async #notify(grant: Grant, what: object): Promise<void> {
    this.open++;
    for (let attempt = 0; ; attempt++) {
      if (!this.party.away) {
        const { authClientId, reference: referenceAgreementId } = grant;
        const body = { authClientId, referenceAgreementId, ...what };
        const outcome = await this.party.client.call('authNotify', body);
        const told = outcome.kind === 'answered' ? outcome.body.result : undefined;
        const { resultStatus } = (told ?? { resultStatus: 'U' }) as { resultStatus: string };
        if (resultStatus !== 'U') break;
      }
      await this.pauseAfter(attempt);
    }
    this.open--;
  }
}

function tokenOf(kind: 'access' | 'refresh', { reference, generation }: Grant): string {
  return `${kind}~${reference}~${generation}`;
}
