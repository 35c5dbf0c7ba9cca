// What can be wrong with a code that an acquirer made, and with its word on a push.

import { behindCode, codeMaker, nationalCodeOf, privateCodeOf } from './acquirerCodes.ts';
import type { Draft, Fault } from './faults.ts';
import type { Rig } from './rig.ts';
import { yuan } from './scenes.ts';

const codes = {
  national: nationalCodeOf('PUSHED', '10.00', '156'),
  unknown: privateCodeOf('UNKNOWN'),
  empty: privateCodeOf('EMPTY'),
  dollars: privateCodeOf('DOLLARS'),
};
let pushId = '';

/** Codes of every kind, by name; the national one is paid and pushed. */
export async function openCodeScene(rig: Rig): Promise<Readonly<Record<string, string>>> {
  const maker = rig.acquirers.get(codeMaker);
  if (maker === undefined) throw new Error(`no acquirer ${codeMaker}`);
  maker.codes.set(codes.national, behindCode('PUSHED', yuan(1_000)));
  maker.codes.set(codes.empty, {});
  maker.codes.set(codes.dollars, behindCode('DOLLARS', { currency: 'USD', value: '100' }));
  const scanned = { codeValue: codes.national, customerId: 'ANNA' };
  const { body } = await rig.call('TNG', 'userInitiatedPay', scanned);
  await rig.call('TNG', 'notifyPayment', {
    paymentRequestId: body.paymentRequestId,
    paymentResult: { resultStatus: 'S', resultCode: 'SUCCESS' },
    paymentId: 'W-2',
  });
  await rig.rest();
  pushId = maker.pushes.get('PUSHED')?.paymentId ?? '';
  return codes;
}

const having =
  (change: object) =>
  (draft: Draft): Draft => ({ ...draft, body: { ...draft.body, ...change } });

/** Faults of `userInitiatedPay` that lie with the acquirer of the code. */
export const codeFaults: readonly Fault[] = [
  {
    code: 'INVALID_CODE',
    what: 'a code its acquirer does not know',
    alone: true,
    apply: having({ codeValue: codes.unknown }),
  },
  {
    code: 'PROCESS_FAIL',
    what: 'no order',
    alone: true,
    apply: having({ codeValue: codes.empty }),
  },
  {
    code: 'CURRENCY_NOT_SUPPORT',
    what: 'an order without agreement',
    alone: true,
    apply: having({ codeValue: codes.dollars }),
  },
];

/** The case of `notifyPushPayment`. */
export const pushCase = {
  sender: codeMaker,
  otherRole: 'TNG',
  field: 'paymentResult',
  good: () => ({
    paymentId: pushId,
    paymentResult: { resultStatus: 'S', resultCode: 'SUCCESS' },
  }),
  faults: [
    {
      code: 'ORDER_NOT_EXIST',
      what: 'an unknown payment',
      apply: having({ paymentId: 'NONE' }),
    },
    {
      code: 'REPEAT_REQ_INCONSISTENT',
      what: 'another amount',
      apply: having({ paymentAmount: yuan(999) }),
    },
  ],
  // Late words: tests/stories/paying-with-a-national-code.story. Load: together.test.ts.
  elsewhere: ['ORDER_IS_CLOSED', 'REQUEST_TRAFFIC_EXCEED_LIMIT', 'UNKNOWN_EXCEPTION'],
};
