// The part of the test acquirer that begins: it places orders, answers disputes, binds and debits,
// cancels and refunds, each soundly or wrong in one way.

import { createHash } from 'node:crypto';
import type { ApiName } from '../wire/messages.ts';
import { type ResultCode, result } from '../wire/results.ts';
import type { Hearing } from './hearing.ts';
import type { Task } from './listening.ts';

/** One broken rule, named by the acceptance case that must find it. */
export const actFaults = [
  'bind-prepare',
  'bind-token',
  'bind-notice-twice',
  'bind-notice-unknown',
  'token-pay',
  'token-refresh',
  'token-refreshed',
  'token-cancel',
  'token-cancelled',
  'retrieval-asked',
  'retrieval-answered',
  'retrieval-evidence',
  'escalation-asked',
  'escalation-amount',
  'escalation-part',
  'escalation-refund',
  'dispute-overdue',
] as const;

/** The same for the cases that move the time. */
export const actWindowFaults = ['order-expires', 'cancel-next-day', 'refund-after-window'] as const;

export type ActFault = (typeof actFaults)[number] | (typeof actWindowFaults)[number];

type Json = Record<string, unknown>;

const agreement = 'AGREEMENT';
const amountOf = (value = '1000') => ({ currency: 'CNY', value });
const inStore = {
  isInStorePayment: 'true',
  isCashierPayment: 'true',
  inStorePaymentScenario: 'OrderCode',
};
const byAgreement = {
  isInStorePayment: 'false',
  isCashierPayment: 'false',
  isAgreementPayment: 'true',
};

/** `own` are the orders that the acquirer knows; those it places are added. */
export function createActor(is: (fault: ActFault) => boolean, hearing: Hearing, own: Set<string>) {
  const send = (api: ApiName, message: Json): Json =>
    hearing.take(api, JSON.stringify(message)) as Json;
  const seen = new Set<string>();
  let token = '';
  let refreshToken = '';
  let older: string | undefined;
  const asking: NodeJS.Timeout[] = [];
  let orders = 0;

  function pay(paymentMethodId?: string): void {
    orders += 1;
    const paymentRequestId = `ORDER-${orders}`;
    own.add(paymentRequestId);
    const merchant = {
      referenceMerchantId: 'M1',
      merchantMCC: '5812',
      merchantName: 'Shop',
      store: { referenceStoreId: 'S1', storeName: 'Shop' },
    };
    const orderAmount = amountOf();
    const about = { referenceOrderId: paymentRequestId, orderDescription: 'Tea', orderAmount };
    const method = paymentMethodId === undefined ? {} : { paymentMethodId };
    send('pay', {
      paymentRequestId,
      paymentAmount: amountOf(),
      order: { ...about, merchant },
      paymentMethod: { paymentMethodType: 'CONNECT_WALLET', ...method },
      paymentFactor: paymentMethodId === undefined ? inStore : byAgreement,
    });
    // It asks again and again; those questions that come after its expiry are looked for.
    if (paymentMethodId === undefined && !is('order-expires')) {
      asking.push(setInterval(() => send('inquiryPayment', { paymentRequestId }), 20));
    }
  }

  function prepare(): void {
    send('prepare', {
      authClientId: 'CLIENT',
      authClientName: 'Shop',
      referenceAgreementId: agreement,
      scopes: [is('bind-prepare') ? 'USER_INFO' : 'AGREEMENT_PAY'],
      authState: 'STATE',
      terminalType: 'WEB',
      customerBelongsTo: 'TNG',
      authRedirectUrl: 'https://shop.example/back',
    });
  }

  function evidence(disputeRequestId: string): void {
    const content = Buffer.from('Receipt');
    const sound = createHash('sha256').update(content).digest('hex');
    const fileHash = is('retrieval-evidence') ? sound.replaceAll(/[0-9a-f]/g, '0') : sound;
    const fileContent = content.toString('base64');
    const file = { fileName: 'receipt.txt', contentType: 'text/plain', fileHash, fileContent };
    if (is('retrieval-answered')) return;
    send('responseRetrieval', { disputeRequestId, evidences: [file] });
  }

  function acceptPart(task: Extract<Task, { do: 'accept_part' }>): void {
    const { disputeRequestId, paymentRequestId, refundAmount } = task;
    const word = is('escalation-part')
      ? { refundType: 'ACCEPT_PARTIAL_REFUND', refundAmount: amountOf() }
      : { refundType: 'ACCEPT_PARTIAL_REFUND', refundAmount };
    send('responseEscalation', { disputeRequestId, ...word });
    const given = is('escalation-refund') ? amountOf('1') : word.refundAmount;
    send('refund', { paymentRequestId, refundRequestId: 'R1', refundAmount: given });
  }

  function notice(sent: Json): ResultCode {
    const isMine = sent.referenceAgreementId === agreement;
    if (!isMine) return is('bind-notice-unknown') ? 'SUCCESS' : 'ORDER_NOT_EXIST';
    if (sent.authorizationNotifyType === 'TOKEN_CANCELED') {
      return is('token-cancelled') ? 'PROCESS_FAIL' : 'SUCCESS';
    }
    if (token !== '') return is('bind-notice-twice') ? 'PROCESS_FAIL' : 'SUCCESS';
    const { authCode } = sent;
    const grantType = 'AUTHORIZATION_CODE';
    if (is('bind-token')) return 'SUCCESS';
    const given = send('applyToken', { authClientId: 'CLIENT', grantType, authCode });
    token = String(given.accessToken);
    refreshToken = String(given.refreshToken);
    return 'SUCCESS';
  }

  /** With the fault of the refresh it takes the access token for the other; nothing comes of it. */
  function refresh(): void {
    const grant = is('token-refresh') ? token : refreshToken;
    const grantType = 'REFRESH_TOKEN';
    const given = send('applyToken', { authClientId: 'CLIENT', grantType, refreshToken: grant });
    if (given.accessToken === undefined) return;
    older = token;
    token = String(given.accessToken);
    refreshToken = String(given.refreshToken);
  }

  function asked(sent: Json, kind: 'retrieval' | 'escalation'): ResultCode {
    if (kind === 'escalation' && sent.escalationAmount === undefined) {
      return is('escalation-amount') ? 'SUCCESS' : 'PARAM_ILLEGAL';
    }
    const isAgain = seen.has(String(sent.disputeRequestId));
    seen.add(String(sent.disputeRequestId));
    return isAgain && is(`${kind}-asked`) ? 'REPEAT_REQ_INCONSISTENT' : 'SUCCESS';
  }

  /** The token of a debit; the second one comes after the refresh. */
  function debitedWith(): string {
    if (is('token-refreshed')) return older ?? token;
    return is('token-pay') && older === undefined ? 'ANOTHER' : token;
  }

  return {
    act(task: Task): void {
      switch (task.do) {
        case 'place_order':
          pay();
          break;
        case 'bind':
          prepare();
          break;
        case 'debit':
          pay(debitedWith());
          break;
        case 'refresh':
          refresh();
          break;
        case 'unbind': {
          const accessToken = is('token-cancel') ? 'ANOTHER' : token;
          send('cancelToken', { authClientId: 'CLIENT', accessToken });
          break;
        }
        case 'answer_retrieval':
          evidence(task.disputeRequestId);
          break;
        case 'accept_part':
          acceptPart(task);
          break;
        case 'cancel': {
          const { paymentRequestId } = task;
          if (!is('cancel-next-day')) send('cancelPayment', { paymentRequestId });
          break;
        }
        case 'refund': {
          const { paymentRequestId } = task;
          const refundAmount = amountOf(is('refund-after-window') ? '1' : '1000');
          send('refund', { paymentRequestId, refundRequestId: 'R2', refundAmount });
          break;
        }
        default:
          throw new Error(`an acquirer is not asked to ${task.do}`);
      }
    },
    /** Its answer about agreements and disputes; undefined for any other call. */
    answer(api: ApiName | undefined, text: string): object | undefined {
      const sent = JSON.parse(text) as Json;
      switch (api) {
        case 'authNotify':
          return { result: result(notice(sent)) };
        case 'initiateRetrieval':
          return { result: result(asked(sent, 'retrieval')) };
        case 'initiateEscalation':
          return { result: result(asked(sent, 'escalation')) };
        case 'notifyDispute':
          return { result: result(is('dispute-overdue') ? 'ORDER_NOT_EXIST' : 'SUCCESS') };
        default:
          return undefined;
      }
    },
    stop(): void {
      for (const each of asking) clearInterval(each);
    },
  };
}
