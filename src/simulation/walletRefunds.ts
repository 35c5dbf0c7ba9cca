// The refunds of a simulated wallet: given once for each id, when it has made up its mind.

import type { ResultCode } from '../wire/results.ts';
import { result } from '../wire/results.ts';
import type { Auditor } from './auditor.ts';
import type { WireAmount } from './ledgerOfWords.ts';
import type { PartyAnswer, Surroundings } from './party.ts';
import type { WalletSabotage } from './sabotage.ts';

export interface RefundBody {
  readonly paymentRequestId: string;
  readonly refundRequestId: string;
  readonly refundFromAmount: WireAmount;
}

/** What a wallet makes of being asked to refund. */
const temper = {
  gives: 66,
  givesSilently: 8,
  givesLate: 6,
  signsBadly: 4,
  isNotSure: 10,
  refuses: 6,
} as const;

export class WalletRefunds {
  readonly #walletId: string;
  readonly #world: Surroundings;
  readonly #auditor: Auditor;
  readonly #sabotage: WalletSabotage | undefined;
  /** The word on each refund; a refund that is not here may still go either way. */
  readonly #words = new Map<string, ResultCode>();

  constructor(
    walletId: string,
    world: Surroundings,
    auditor: Auditor,
    sabotage: WalletSabotage | undefined,
  ) {
    this.#walletId = walletId;
    this.#world = world;
    this.#auditor = auditor;
    this.#sabotage = sabotage;
  }

  answer(body: RefundBody, isPaid: boolean): PartyAnswer {
    const known = this.#words.get(body.refundRequestId);
    if (known !== undefined) {
      if (known === 'SUCCESS' && this.#sabotage === 'refunds_again') this.#give(body);
      return this.#say(known, body);
    }
    if (!isPaid) return this.#say('ORDER_NOT_EXIST', body);
    const { chance, stormy } = this.#world;
    const mood = stormy() ? chance.weighted(temper) : 'gives';
    if (mood === 'isNotSure') return { body: { result: result('PAYMENT_IN_PROCESS') } };
    const word = mood === 'refuses' ? 'USER_STATUS_ABNORMAL' : 'SUCCESS';
    this.#words.set(body.refundRequestId, word);
    if (word === 'SUCCESS' && this.#sabotage !== 'refunds_in_words_only') this.#give(body);
    return {
      ...this.#say(word, body),
      never: mood === 'givesSilently',
      forged: mood === 'signsBadly',
      ...(mood === 'givesLate' ? { afterMs: chance.between(3_000, 15_000) } : {}),
    };
  }

  #give(body: RefundBody): void {
    const { paymentRequestId, refundRequestId, refundFromAmount } = body;
    const { currency, value } = refundFromAmount;
    this.#world.trace(`${this.#walletId} gives back ${value} ${currency} ${paymentRequestId}`);
    this.#auditor.gaveBack(paymentRequestId, refundRequestId, refundFromAmount);
  }

  #say(code: ResultCode, body: RefundBody): PartyAnswer {
    const refundId =
      code === 'SUCCESS' ? { refundId: `${this.#walletId}-${body.refundRequestId}` } : {};
    return { body: { result: result(code), ...refundId } };
  }
}
