// Agreements at work: what the network asks wallets about them, and tells acquirers; one call at a
// time for one question, however often it is put.

import { type Agreement, type ConsentWays, isRevoked } from '../agreements/agreement.ts';
import {
  fingerprint,
  seal,
  type TokenKeys,
  tokenKeysFrom,
  unseal,
  walletTokenOf,
  writeCode,
  writeToken,
} from '../agreements/tokens.ts';
import { present } from '../base/assert.ts';
import { publicId } from '../base/id.ts';
import type { Merchants } from '../merchants/merchant.ts';
import type { HubKeys, PartnerCalls } from '../network/calls.ts';
import type { Participant } from '../network/participant.ts';
import {
  agreementToldCommand,
  appliedCommand,
  findAgreementCommand,
  preparedCommand,
  revokedCommand,
} from '../payments/agreements.ts';
import type { WalletWord } from '../payments/answer.ts';
import type { PaymentCommand, PaymentItem } from '../payments/facts.ts';
import type { Rules } from '../payments/rules.ts';
import { declineOf } from '../wire/apiSteps.ts';
import {
  type AcquirerAuthNotifyRequest,
  authNotifyResponse,
  cancelTokenResponse,
  prepareResponse,
  type WalletApplyTokenResponse,
  walletApplyTokenResponse,
} from '../wire/authorizations.ts';
import { decodeAnswer, paths } from '../wire/messages.ts';
import type { ResultCode } from '../wire/results.ts';
import { parseIsoTime } from '../wire/time.ts';
import type { WalletPayRequest } from '../wire/wallet.ts';
import { notifyMerchantOfAuthorization } from './merchant/notifyAuthorization.ts';
import { unknown as unknownWord, wordOfPay } from './walletWord.ts';

export interface AgreementDeskOptions {
  readonly rules: () => Rules;
  readonly merchants: () => Merchants;
  readonly calls: PartnerCalls;
  readonly keys: HubKeys;
  readonly run: <Reply>(command: PaymentCommand<Reply>) => Promise<Reply>;
  readonly failed: (what: string, error: unknown) => void;
}

/** What `applyToken` brings: a code of the wallet, or nothing, which is a refresh. */
export interface Grant {
  readonly authCode: string | undefined;
  /** The newest generation when it was asked. */
  readonly after: number;
}

/** The agreement with its new tokens, or why there are none. */
export type Applied =
  | { readonly kind: 'applied'; readonly agreement: Agreement }
  | { readonly kind: 'refused'; readonly resultCode: ResultCode }
  | { readonly kind: 'unknown' };

const unknown = { kind: 'unknown' } as const;

/** How the wallet, the acquirer's page and we ourselves name an agreement. */
export function agreementIdOf(agreement: Agreement): string {
  return publicId('agreement', agreement.createdAt, agreement.agreementNumber);
}

/** Has a lifetime: it knows which questions are under way. */
export class AgreementDesk {
  readonly tokenKeys: TokenKeys;
  readonly #options: AgreementDeskOptions;
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor(options: AgreementDeskOptions) {
    this.#options = options;
    this.tokenKeys = tokenKeysFrom(options.keys.key('RSA256'));
  }

  /** Asks the wallet where its customer consents; the agreement as it is then. */
  prepare(agreement: Agreement): Promise<Agreement> {
    return this.#once(`prepare ${agreement.agreementNumber}`, async () => {
      const { authRedirectUrl: _, authNotifyUrl: __, ...asking } = agreement.terms;
      const id = agreementIdOf(agreement);
      const answer = await this.#call(agreement, 'prepare', {
        ...asking,
        authClientId: agreement.authClientId,
        referenceAgreementId: id,
        authState: id,
        authRedirectUrl: `${this.#options.rules().publicUrl}/authorized/${id}`,
      });
      const read = answer === undefined ? undefined : decodeAnswer(prepareResponse, answer);
      if (read?.ok !== true) return agreement;
      const { result, authUrl, ...more } = read.value;
      const isUseless = result.resultStatus === 'S' && authUrl === undefined;
      if (result.resultStatus === 'U' || isUseless) return agreement;
      const ways: ConsentWays = { ...more, authUrl: authUrl ?? '' };
      const word =
        result.resultStatus === 'S'
          ? ({ kind: 'ways', ways } as const)
          : ({ kind: 'refused', resultCode: declineOf(result.resultCode) } as const);
      const { agreementNumber } = agreement;
      const told = await this.#run((rules) => preparedCommand(rules, agreementNumber, word));
      return told ?? agreement;
    });
  }

  /** Asks the wallet for tokens, and keeps them sealed. */
  apply(agreement: Agreement, grant: Grant): Promise<Applied> {
    const { agreementNumber, refresh } = agreement;
    const { authCode, after } = grant;
    const name = authCode === undefined ? `refresh ${after}` : this.print(authCode);
    return this.#once(`apply ${agreementNumber} ${name}`, async () => {
      const refreshToken = authCode === undefined ? this.#open(agreement, refresh) : undefined;
      const answer = await this.#call(agreement, 'applyToken', {
        authClientId: agreement.authClientId,
        ...(authCode === undefined
          ? { grantType: 'REFRESH_TOKEN', refreshToken }
          : { grantType: 'AUTHORIZATION_CODE', authCode }),
      });
      const read =
        answer === undefined ? undefined : decodeAnswer(walletApplyTokenResponse, answer);
      if (read?.ok !== true) return unknown;
      const { result } = read.value;
      if (result.resultStatus === 'F') {
        return { kind: 'refused', resultCode: declineOf(result.resultCode) };
      }
      const given = this.#given(agreementNumber, read.value, grant);
      if (result.resultStatus === 'U' || given === undefined) return unknown;
      const told = await this.#run((rules) => appliedCommand(rules, agreementNumber, given));
      return told === undefined ? unknown : { kind: 'applied', agreement: told };
    });
  }

  /** Tells the wallet that nothing may be debited any more; the agreement as it is then. */
  revoke(agreement: Agreement, item: PaymentItem): Promise<Agreement> {
    return this.#once(`revoke ${agreement.agreementNumber}`, async () => {
      const accessToken = this.#open(agreement, agreement.access);
      const { authClientId } = agreement;
      const body = { authClientId, accessToken };
      const answer = await this.#call(agreement, 'cancelToken', body);
      const read = answer === undefined ? undefined : decodeAnswer(cancelTokenResponse, answer);
      const done = read?.ok === true && isEnd(read.value.result);
      const told = await this.#run((rules) => revokedCommand(rules, item, done));
      return told ?? agreement;
    });
  }

  /** The revocation that is under way in this process, if there is one. */
  revoking(agreement: Agreement): Promise<Agreement> | undefined {
    const name = `revoke ${agreement.agreementNumber}`;
    return this.#underWay.get(name) as Promise<Agreement> | undefined;
  }

  /** Carries out an item of the outbox; a call that fails leaves it to become due again. */
  perform(item: PaymentItem, agreement: Agreement): void {
    const work =
      item.kind === 'agreement.revoke' ? this.revoke(agreement, item) : this.#tell(agreement, item);
    work.catch((error: unknown) =>
      this.#options.failed(`${item.kind} of agreement ${item.paymentNumber}`, error),
    );
  }

  /**
   * Debits: the agreement is looked at a last time, and `pay` goes out with the wallet's own token.
   * It is never sent again; from then on the wallet is only asked (decision 0007).
   */
  async debit(
    agreementNumber: number,
    body: WalletPayRequest,
    paymentNumber: number | null,
  ): Promise<WalletWord> {
    const agreement = await this.find(agreementNumber);
    if (agreement === undefined || agreement.access === null || isRevoked(agreement)) {
      return { kind: 'failure', resultCode: 'INVALID_TOKEN' };
    }
    const { rules, calls } = this.#options;
    const wallet = rules().directory.byId(agreement.walletId);
    if (wallet === undefined) return unknownWord;
    const { customerId } = agreement;
    const answer = await calls.call({
      participant: wallet,
      api: 'pay',
      url: wallet.endpoint + paths.pay,
      body: {
        ...body,
        paymentMethod: {
          paymentMethodType: body.paymentMethod.paymentMethodType,
          paymentMethodId: this.#open(agreement, agreement.access),
          ...(customerId === null ? {} : { customerId }),
          paymentMethodMetaData: { authClientId: agreement.authClientId },
        },
      },
      paymentNumber,
    });
    return answer.kind === 'unknown' ? unknownWord : wordOfPay(answer.body);
  }

  find(agreementNumber: number): Promise<Agreement | undefined> {
    return this.#run((rules) => findAgreementCommand(rules, agreementNumber));
  }

  /** A wallet's code as the acquirer gets it. */
  codeFor(agreement: Agreement, walletCode: string): string {
    return writeCode(this.tokenKeys, agreement.agreementNumber, walletCode);
  }

  print(secret: string): string {
    return fingerprint(this.tokenKeys, secret);
  }

  #open({ agreementNumber }: Agreement, token: Agreement['access']): string {
    const sealed = present(token, `a token of agreement ${agreementNumber}`).sealed;
    const plain = unseal(this.tokenKeys, walletTokenOf(agreementNumber), sealed);
    return present(plain, `the seal of agreement ${agreementNumber}`);
  }

  /** Tells the acquirer that its customer consented, or took the permission back. */
  async #tell(agreement: Agreement, item: PaymentItem): Promise<void> {
    const { rules, merchants, calls } = this.#options;
    const acquirer = rules().directory.byId(agreement.acquirerId);
    const body = noticeOf(agreement, this.tokenKeys);
    if (acquirer === undefined || body === undefined) {
      return this.#run((now) => agreementToldCommand(now, item, true));
    }
    const merchant = merchants().ofAgreement(agreement);
    const acknowledged =
      merchant === undefined
        ? await tellAcquirer(calls, acquirer, agreement, body)
        : await notifyMerchantOfAuthorization(calls, acquirer, merchant, agreement, body);
    await this.#run((now) => agreementToldCommand(now, item, acknowledged));
  }

  #given(agreementNumber: number, answer: WalletApplyTokenResponse, grant: Grant) {
    const sealed = (token: string | undefined, expiry: string | undefined) => {
      const expiresAt = expiry === undefined ? undefined : parseIsoTime(expiry);
      if (token === undefined || expiresAt === undefined) return null;
      return { sealed: seal(this.tokenKeys, walletTokenOf(agreementNumber), token), expiresAt };
    };
    const access = sealed(answer.accessToken, answer.accessTokenExpiryTime);
    if (access === null) return undefined;
    return {
      access,
      refresh: sealed(answer.refreshToken, answer.refreshTokenExpiryTime),
      customerId: answer.customerId ?? null,
      appliedCode: grant.authCode === undefined ? null : this.print(grant.authCode),
      after: grant.after,
    };
  }

  /** The body of the wallet's answer, or undefined where there is none to rely on. */
  async #call(
    agreement: Agreement,
    api: 'prepare' | 'applyToken' | 'cancelToken',
    body: object,
  ): Promise<string | undefined> {
    const { rules, calls } = this.#options;
    const wallet = rules().directory.byId(agreement.walletId);
    if (wallet === undefined) return undefined;
    const answer = await calls.call({
      participant: wallet,
      api,
      url: wallet.endpoint + paths[api],
      body: { acquirerId: agreement.acquirerId, pspId: agreement.walletId, ...body },
      paymentNumber: null,
    });
    return answer.kind === 'unknown' ? undefined : answer.body;
  }

  #run<Reply>(command: (rules: Rules) => PaymentCommand<Reply>): Promise<Reply> {
    return this.#options.run(command(this.#options.rules()));
  }

  /** Whoever puts the same question while it is under way hears the same answer. */
  #once<T>(name: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#underWay.get(name) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const asked = ask().finally(() => this.#underWay.delete(name));
    this.#underWay.set(name, asked);
    return asked;
  }
}

/** True when the acquirer has signed that it knows. */
async function tellAcquirer(
  calls: PartnerCalls,
  acquirer: Participant,
  agreement: Agreement,
  body: AcquirerAuthNotifyRequest,
): Promise<boolean> {
  const answer = await calls.call({
    participant: acquirer,
    api: 'authNotify',
    url: agreement.terms.authNotifyUrl ?? acquirer.endpoint + paths.authNotify,
    body,
    paymentNumber: null,
  });
  const read =
    answer.kind === 'unknown' ? undefined : decodeAnswer(authNotifyResponse, answer.body);
  return read?.ok === true && read.value.result.resultStatus === 'S';
}

/** A wallet that knows no such token, or knows it to be over, has nothing left to end. */
function isEnd(result: { readonly resultStatus: string; readonly resultCode: string }): boolean {
  if (result.resultStatus === 'S') return true;
  const over = ['INVALID_TOKEN', 'EXPIRED_ACCESS_TOKEN'];
  return result.resultStatus === 'F' && over.includes(result.resultCode);
}

/** The notice of an agreement as it is now; undefined where there is nothing to tell any more. */
function noticeOf(
  agreement: Agreement,
  tokenKeys: TokenKeys,
): AcquirerAuthNotifyRequest | undefined {
  const { authClientId, referenceAgreementId, agreementNumber, generation } = agreement;
  const about = { authClientId, referenceAgreementId, authState: agreement.terms.authState };
  if (agreement.state === 'REVOKED') {
    const name = { agreementNumber, generation };
    const accessToken =
      generation === 0 ? {} : { accessToken: writeToken(tokenKeys, 'access', name) };
    return { authorizationNotifyType: 'TOKEN_CANCELED', ...about, ...accessToken };
  }
  if (agreement.toldCode === null) return undefined;
  return { authorizationNotifyType: 'AUTHCODE_CREATED', ...about, authCode: agreement.toldCode };
}
