// The cases of auto debit against a small wallet in memory: sound it passes all of them, and each
// broken rule fails exactly its case.
import { describe, expect, test } from 'vitest';
import { realClock, realRandom } from '../host/world.ts';
import type { ApiName } from '../wire/messages.ts';
import { type ResultCode, result } from '../wire/results.ts';
import type { WalletPayRequest } from '../wire/wallet.ts';
import type { Line, Said } from './line.ts';
import { walletAgreementCases } from './walletAgreementCases.ts';
import { createWalletPlay } from './walletPlay.ts';

const ids = walletAgreementCases.map(({ id }) => id);
const balance = 50n * 611n;

/** A wallet with one agreement; `fault` is the case that it fails. */
function wallet(fault?: string): Line {
  const log: Said[] = [];
  const paid = new Set<string>();
  const is = (id: string) => fault === id;
  let tokens = 0;
  let revoked = false;
  const access = () => `access-${tokens}`;
  const given = () => ({
    accessToken: access(),
    accessTokenExpiryTime: '2030-01-01T00:00:00Z',
    refreshToken: `refresh-${tokens}`,
    ...(is('bind') ? {} : { refreshTokenExpiryTime: '2030-01-01T00:00:00Z' }),
  });
  const say = (code: ResultCode, more: object = {}) => ({ result: result(code), ...more });

  function prepare(): object {
    const isSecond = log.some(({ api }) => api === 'prepare');
    const page = is('prepare-twice') && isSecond ? 'another' : 'one';
    return say('SUCCESS', { authUrl: `https://wallet.example/${page}` });
  }

  function apply({ grantType }: { grantType: string }): object {
    const isFirst = tokens === 0;
    if (grantType === 'REFRESH_TOKEN' || isFirst) tokens += 1;
    else if (is('code-twice')) return say('SUCCESS', { ...given(), accessToken: 'another' });
    return say('SUCCESS', given());
  }

  function pay(message: WalletPayRequest): object {
    const { paymentMethod, paymentFactor, paymentRequestId, payToAmount } = message;
    const token = paymentMethod.paymentMethodId ?? '';
    const isOld = token !== access() && token.startsWith('access-');
    const isBelieved = isOld ? is('refresh') : token === access() || is('debit-unknown-token');
    if (!isBelieved || (revoked && !is('revoke'))) return say('INVALID_TOKEN');
    if (BigInt(payToAmount.value) > balance) {
      return say(is('debit-too-much') ? 'PROCESS_FAIL' : 'USER_BALANCE_NOT_ENOUGH');
    }
    if (paymentFactor.isPaymentEvaluation === 'true') {
      if (is('evaluate')) paid.add(paymentRequestId);
      return say('SUCCESS');
    }
    const isFirst = paid.size === 0;
    paid.add(paymentRequestId);
    return is('debit') && isFirst ? say('SUCCESS') : say('SUCCESS', { paymentId: 'W1' });
  }

  function answer(api: ApiName, message: object): object {
    switch (api) {
      case 'prepare':
        return prepare();
      case 'applyToken':
        return apply(message as { grantType: string });
      case 'cancelToken':
        revoked = true;
        return say('SUCCESS');
      case 'pay':
        return pay(message as WalletPayRequest);
      case 'inquiryPayment': {
        const { paymentRequestId } = message as { paymentRequestId: string };
        if (!paid.has(paymentRequestId)) return say('ORDER_NOT_EXIST');
        return say('SUCCESS', { paymentResult: result('SUCCESS') });
      }
      default:
        return say(is('debit-refund') ? 'PROCESS_FAIL' : 'SUCCESS', { refundId: 'R1' });
    }
  }

  return {
    log,
    note: (said) => void log.push(said),
    async call(api, message) {
      const sent = typeof message === 'string' ? message : JSON.stringify(message);
      const body = answer(api, JSON.parse(sent) as object) as Said['body'] & Pick<Said, 'result'>;
      const said: Said = {
        api,
        sent,
        answered: JSON.stringify(body),
        body,
        result: body.result,
        paymentResult: (body as { paymentResult?: Said['paymentResult'] }).paymentResult,
        problem: undefined,
        signatureProblem: undefined,
        tookMs: 1,
      };
      log.push(said);
      return said;
    },
  };
}

async function failedAt(line: Line, consent = async (): Promise<string | undefined> => 'code') {
  const terms = {
    acquirerId: 'CERTIFY',
    pspId: 'FIXTURE',
    customerId: 'RICH',
    poorCustomerId: 'POOR',
    orderCurrency: 'CNY',
    orderMinor: 1_000n,
    payToCurrency: 'MYR',
    payToMinor: 611n,
    patienceMs: 1,
    consent,
  };
  const options = { clock: realClock, random: realRandom, limitMs: 1_000 };
  const play = createWalletPlay(terms, line, options);
  const failed: string[] = [];
  for (const { id, run } of walletAgreementCases) {
    if ((await run(play)).verdict !== 'pass') failed.push(id);
  }
  return failed;
}

test('a sound wallet passes', async () => {
  expect(await failedAt(wallet())).toEqual([]);
});

describe('a wallet that breaks one rule', () => {
  test.each(ids)('%s: fails exactly that case', async (id) => {
    expect(await failedAt(wallet(id))).toEqual([id]);
  });
});

test('where nobody comes back with a code every case says so', async () => {
  expect(await failedAt(wallet(), async () => undefined)).toEqual(ids);
});
