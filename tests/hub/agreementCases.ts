// What can be wrong with the four interfaces of auto debit, in the order of their checks.

import { walletDeclines } from '../../src/wire/apiSteps.ts';
import { applyOf, bound, cancelOf, prepareOf, refreshOf } from './agreementScenes.ts';
import type { Case, Draft, Fault } from './faults.ts';
import type { Rig } from './rig.ts';

const open = { agreementId: '', authCode: '', walletCode: '' };
const revoked = { agreementId: '', accessToken: '' };
let count = 0;

type AgreementApi = 'prepare' | 'applyToken' | 'cancelToken' | 'authNotify';

/** One agreement that is open, and one that its acquirer has revoked. */
export async function openAgreementScene(rig: Rig): Promise<void> {
  const first = await bound(rig, 'BOUND');
  const second = await bound(rig, 'REVOKED');
  Object.assign(open, first, { walletCode: `code-${first.agreementId}-ANNA` });
  Object.assign(revoked, second);
  await rig.call('CHENGDU', 'cancelToken', cancelOf(second.accessToken));
}

const set = (fields: object) => (draft: Draft) => ({
  ...draft,
  body: { ...draft.body, ...fields },
});
const fault = (code: string, what: string, fields: () => object): Fault => ({
  code,
  what,
  apply: (draft) => set(fields())(draft),
});

const load = ['REQUEST_TRAFFIC_EXCEED_LIMIT', 'UNKNOWN_EXCEPTION'];

/** A debit without a token of ours; it changes the product, so it stands alone. */
export const debitWithoutToken: Fault = {
  code: 'INVALID_TOKEN',
  what: 'no token of ours',
  alone: true,
  apply: set({
    paymentFactor: { isAgreementPayment: 'true' },
    paymentMethod: { paymentMethodType: 'CONNECT_WALLET', paymentMethodId: 'made-up' },
  }),
};

export const agreementCases: Record<AgreementApi, Case> = {
  prepare: {
    sender: 'CHENGDU',
    otherRole: 'TNG',
    field: 'authClientId',
    good: () => prepareOf(`N${count++}`),
    faults: [
      fault('PARAM_ILLEGAL', 'no wallet', () => ({ customerBelongsTo: 'CHENGDU' })),
      fault('UNAVAILABLE_PAYMENT_METHOD', 'a closed wallet', () => ({
        customerBelongsTo: 'CLOSING',
      })),
      fault('REPEAT_REQ_INCONSISTENT', 'ids used before', () => ({
        referenceAgreementId: 'BOUND',
        scopes: ['USER_INFO'],
      })),
      fault('PROCESS_FAIL', 'a revoked agreement', () => prepareOf('REVOKED')),
    ],
    // tests/hub/autoDebit.test.ts
    elsewhere: [...walletDeclines, ...load],
    written: ['PAYMENT_IN_PROCESS'],
  },
  applyToken: {
    sender: 'CHENGDU',
    otherRole: 'TNG',
    field: 'authClientId',
    good: () => applyOf(open.authCode),
    faults: [
      fault('INVALID_CODE', 'no code of ours', () => applyOf('made-up')),
      fault('INVALID_TOKEN', 'no refresh token of ours', () => refreshOf('made-up')),
    ],
    elsewhere: [...walletDeclines, ...load],
  },
  cancelToken: {
    sender: 'CHENGDU',
    otherRole: 'TNG',
    field: 'accessToken',
    good: () => cancelOf(revoked.accessToken),
    faults: [fault('INVALID_TOKEN', 'no token of ours', () => cancelOf('made-up'))],
    elsewhere: load,
  },
  authNotify: {
    sender: 'TNG',
    otherRole: 'CHENGDU',
    field: 'referenceAgreementId',
    good: () => ({
      authorizationNotifyType: 'AUTHCODE_CREATED',
      authClientId: 'TEA_CLUB',
      referenceAgreementId: open.agreementId,
      authCode: open.walletCode,
    }),
    faults: [
      fault('ORDER_NOT_EXIST', 'no agreement', () => ({ referenceAgreementId: 'none' })),
      fault('ORDER_IS_CLOSED', 'a revoked agreement', () => ({
        referenceAgreementId: revoked.agreementId,
      })),
    ],
    elsewhere: load,
  },
};
