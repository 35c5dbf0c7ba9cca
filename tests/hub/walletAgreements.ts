// A simulated wallet's agreements: what its customers allowed, with its own codes and tokens.

import type { ResultCode } from '../../src/wire/results.ts';
import { result } from '../../src/wire/results.ts';
import { formatTime } from '../../src/wire/time.ts';

interface Grant {
  readonly agreementId: string;
  readonly authClientId: string;
  customerId: string;
  /** The newest access token; older ones are good for nothing. */
  accessToken: string;
  refreshToken: string;
  /** What the newest tokens were given for; the same again gets the same. */
  refreshedBy: string;
  /** The code that the customer's consent gave. */
  code: string;
  tokens: number;
  revoked: boolean;
}

interface AgreementBody {
  readonly authClientId: string;
  readonly referenceAgreementId: string;
  readonly authCode?: string;
  readonly refreshToken?: string;
  readonly accessToken: string;
}

type Reply = { readonly result: object } & Record<string, unknown>;

const hourMs = 3_600_000;

/** Answers `prepare`, `applyToken` and `cancelToken`, idempotent as the guide asks. */
export class WalletAgreements {
  readonly walletId: string;
  readonly grants = new Map<string, Grant>();
  /** What it says to a new `prepare` or `applyToken` instead of yes. */
  refuses: ResultCode | undefined;
  accessLifeMs = hourMs;
  refreshLifeMs = 30 * 24 * hourMs;
  now: () => number = () => 0;

  constructor(walletId: string) {
    this.walletId = walletId;
  }

  /** The customer consents: the code that the page of the wallet sends back. */
  consent(agreementId: string, customerId: string): string {
    const grant = this.grants.get(agreementId);
    if (grant === undefined) throw new Error(`${this.walletId} was never asked ${agreementId}`);
    grant.customerId = customerId;
    grant.code = `code-${agreementId}-${customerId}`;
    return grant.code;
  }

  /** The customer takes it back; tells nobody. */
  revoke(agreementId: string): void {
    const grant = this.grants.get(agreementId);
    if (grant !== undefined) grant.revoked = true;
  }

  /** Whose debit a token allows; undefined when it allows none. */
  customerOf(token: string): string | undefined {
    const grant = [...this.grants.values()].find((each) => each.accessToken === token);
    return grant === undefined || grant.revoked ? undefined : grant.customerId;
  }

  answer(api: string, text: string): Reply {
    const body = JSON.parse(text) as AgreementBody;
    if (api === 'prepare') return this.#prepare(body);
    return api === 'applyToken' ? this.#apply(body) : this.#cancel(body);
  }

  #prepare(body: AgreementBody): Reply {
    if (this.refuses !== undefined) return { result: result(this.refuses) };
    const { referenceAgreementId: agreementId, authClientId } = body;
    if (!this.grants.has(agreementId)) {
      this.grants.set(agreementId, {
        agreementId,
        authClientId,
        customerId: '',
        accessToken: '',
        refreshToken: '',
        refreshedBy: '',
        code: '',
        tokens: 0,
        revoked: false,
      });
    }
    const authUrl = `https://${this.walletId.toLowerCase()}.test/consent/${agreementId}`;
    return { result: result('SUCCESS'), authUrl };
  }

  #apply(body: AgreementBody): Reply {
    if (this.refuses !== undefined) return { result: result(this.refuses) };
    const { authCode, refreshToken, authClientId } = body;
    const grant = [...this.grants.values()].find((each) =>
      authCode === undefined
        ? [each.refreshToken, each.refreshedBy].includes(refreshToken ?? '')
        : each.code === authCode,
    );
    if (grant === undefined || grant.revoked || grant.authClientId !== authClientId) {
      return { result: result(authCode === undefined ? 'INVALID_TOKEN' : 'INVALID_CODE') };
    }
    const isAgain = authCode === undefined ? grant.refreshedBy === refreshToken : grant.tokens > 0;
    if (!isAgain) {
      grant.tokens += 1;
      grant.refreshedBy = refreshToken ?? '';
      grant.accessToken = `access-${grant.agreementId}-${grant.tokens}`;
      grant.refreshToken = `refresh-${grant.agreementId}-${grant.tokens}`;
    }
    return {
      result: result('SUCCESS'),
      accessToken: grant.accessToken,
      accessTokenExpiryTime: formatTime(this.now() + this.accessLifeMs),
      refreshToken: grant.refreshToken,
      refreshTokenExpiryTime: formatTime(this.now() + this.refreshLifeMs),
      customerId: grant.customerId,
    };
  }

  #cancel(body: AgreementBody): Reply {
    const grants = [...this.grants.values()];
    const grant = grants.find((each) => each.accessToken === body.accessToken);
    if (grant === undefined) return { result: result('INVALID_TOKEN') };
    grant.revoked = true;
    return { result: result('SUCCESS') };
  }
}
