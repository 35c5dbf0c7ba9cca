// What can be wrong with the four interfaces of disputes, in the order of their checks.

import { createHash } from 'node:crypto';
import { dayMs } from '../../src/calendar/clearingDay.ts';
import type { ServedApi } from '../../src/wire/apis.ts';
import { type Case, edit, type Fault } from './faults.ts';
import type { Rig } from './rig.ts';
import { codeOf, orderCodeIn, payForOrderCode, payWithCode, yuan } from './scenes.ts';

/** The wallet's ids of payments, and the acquirer's ids of disputes, by what they are for. */
const legs: Record<string, string> = {};
const asked: Record<string, string> = {};
let count = 0;

const fresh = () => `D-${count++}`;

/** Payments in every state that a dispute meets, and disputes that are open, answered, passed. */
export async function openDisputeScene(rig: Rig): Promise<void> {
  const pay = async (name: string) => {
    const code = await codeOf(rig, 'TNG');
    await rig.call('CHENGDU', 'pay', payWithCode(`DISPUTED-${name}`, yuan(500), code));
    await rig.rest();
    legs[name] = [...(rig.wallets.get('TNG')?.lines.keys() ?? [])].at(-1) ?? '';
  };
  const lastAsked = () =>
    String(
      rig.disputeCalls.findLast(({ api }) => api.startsWith('initiate'))?.body.disputeRequestId,
    );
  const open = async (name: string, of: string, body: object = {}) => {
    const api = 'escalationAmount' in body ? 'initiateEscalation' : 'initiateRetrieval';
    const disputeRequestId = `OPENED-${name}`;
    await rig.call('TNG', api, { disputeRequestId, paymentRequestId: legs[of], ...body });
    await rig.rest();
    asked[name] = lastAsked();
  };
  const claim = { escalationAmount: yuan(500) };
  await pay('LATE');
  rig.clock.skip(361 * dayMs);
  await rig.advance(6_000);
  await pay('PASSED');
  await open('passed', 'PASSED');
  await open('passedClaim', 'PASSED', claim);
  rig.clock.skip(11 * dayMs);
  await rig.advance(6_000);
  const [passed, passedClaim] = [asked.passed ?? '', asked.passedClaim ?? ''];
  await open('next', 'PASSED');
  await open('nextClaim', 'PASSED', claim);
  Object.assign(asked, { passed, passedClaim });
  await pay('OPEN');
  await open('retrieval', 'OPEN');
  await open('escalation', 'OPEN', claim);
  await pay('ANSWERED');
  await open('answered', 'ANSWERED', claim);
  await rig.call('CHENGDU', 'responseEscalation', {
    disputeRequestId: asked.answered,
    refundType: 'REFUSE_REFUND',
    responseMessage: 'No.',
  });
  await pay('FRESH');
  const placed = await rig.call('CHENGDU', 'pay', payForOrderCode('SHUT', yuan(500)));
  const codeValue = orderCodeIn(placed);
  const scan = await rig.call('TNG', 'userInitiatedPay', { codeValue, customerId: 'ANNA' });
  legs.SHUT = String(scan.body.paymentRequestId);
  await rig.call('CHENGDU', 'cancelPayment', { paymentRequestId: 'SHUT' });
  await rig.rest();
}

const of = (name: string) =>
  edit((body) => ({ ...body, paymentRequestId: legs[name], disputeRequestId: fresh() }));
const usedId = edit((body) => ({ ...body, disputeRequestId: 'OPENED-answered' }));
const unknownLeg = edit((body) => ({ ...body, paymentRequestId: 'NONE' }));
const answerTo = (name: string) =>
  edit((body) => ({ ...body, disputeRequestId: asked[name] ?? 'NONE' }));

const load = ['REQUEST_TRAFFIC_EXCEED_LIMIT', 'UNKNOWN_EXCEPTION'];
const ringgit = { currency: 'MYR', value: '1' };

const opening = {
  sender: 'TNG',
  otherRole: 'CHENGDU',
  field: 'disputeRequestId',
  elsewhere: load,
} as const;

const taken: Fault[] = [
  { code: 'REPEAT_REQ_INCONSISTENT', what: 'an id used before', apply: usedId },
  { code: 'ORDER_NOT_EXIST', what: 'an unknown payment', apply: unknownLeg },
];
const states: Fault[] = [
  { code: 'ORDER_IS_CLOSED', what: 'a cancelled order', alone: true, apply: of('SHUT') },
  { code: 'PROCESS_FAIL', what: 'one is open already', alone: true, apply: of('OPEN') },
  { code: 'REFUND_WINDOW_EXCEED', what: 'paid long ago', alone: true, apply: of('LATE') },
];

const content = Buffer.from('a receipt');
const file = {
  fileName: 'receipt.txt',
  contentType: 'text/plain',
  fileHash: createHash('sha256').update(content).digest('hex'),
  fileContent: content.toString('base64'),
};
const wrongFile: Fault = {
  code: 'PARAM_ILLEGAL',
  what: 'a file that is not its hash',
  apply: edit((body) => ({ ...body, evidences: [{ ...file, fileHash: '0'.repeat(64) }] })),
};
const unknownDispute: Fault = {
  code: 'ORDER_NOT_EXIST',
  what: 'an unknown dispute',
  apply: answerTo('none'),
};

export const disputeCases: Record<
  Extract<ServedApi, `${'initiate' | 'response'}${'Retrieval' | 'Escalation'}`>,
  Case
> = {
  initiateRetrieval: {
    ...opening,
    good: () => ({ disputeRequestId: 'GOOD-1', paymentRequestId: legs.FRESH }),
    faults: [wrongFile, ...taken, ...states],
    elsewhere: [...load, 'PROCESS_FAIL'],
  },
  initiateEscalation: {
    ...opening,
    good: () => ({
      disputeRequestId: 'GOOD-2',
      paymentRequestId: legs.FRESH,
      escalationAmount: yuan(500),
    }),
    faults: [
      wrongFile,
      ...taken,
      {
        code: 'CURRENCY_NOT_SUPPORT',
        what: 'another currency',
        apply: edit((body) => ({
          ...body,
          disputeRequestId: fresh(),
          escalationAmount: ringgit,
        })),
      },
      ...states,
      {
        code: 'REFUND_AMOUNT_EXCEED',
        what: 'more than was paid',
        alone: true,
        apply: edit((body) => ({
          ...body,
          disputeRequestId: fresh(),
          paymentRequestId: legs.ANSWERED,
          escalationAmount: yuan(501),
        })),
      },
    ],
  },
  responseRetrieval: {
    sender: 'CHENGDU',
    otherRole: 'TNG',
    field: 'disputeRequestId',
    good: () => ({ disputeRequestId: asked.retrieval, evidences: [file] }),
    faults: [
      wrongFile,
      unknownDispute,
      {
        code: 'ORDER_IS_CLOSED',
        what: 'a later one took its place',
        alone: true,
        apply: answerTo('passed'),
      },
    ],
    elsewhere: load,
  },
  responseEscalation: {
    sender: 'CHENGDU',
    otherRole: 'TNG',
    field: 'disputeRequestId',
    good: () => ({
      disputeRequestId: asked.escalation,
      refundType: 'ACCEPT_PARTIAL_REFUND',
      refundAmount: yuan(100),
    }),
    faults: [
      wrongFile,
      unknownDispute,
      {
        code: 'REPEAT_REQ_INCONSISTENT',
        what: 'answered otherwise before',
        alone: true,
        apply: answerTo('answered'),
      },
      {
        code: 'CURRENCY_NOT_SUPPORT',
        what: 'another currency',
        alone: true,
        apply: edit((body) => ({
          ...body,
          disputeRequestId: asked.nextClaim,
          refundAmount: ringgit,
        })),
      },
      {
        code: 'REFUND_AMOUNT_EXCEED',
        what: 'more than was asked',
        alone: true,
        apply: edit((body) => ({
          ...body,
          disputeRequestId: asked.nextClaim,
          refundAmount: yuan(501),
        })),
      },
      {
        code: 'ORDER_IS_CLOSED',
        what: 'a later one took its place',
        alone: true,
        apply: answerTo('passedClaim'),
      },
    ],
    elsewhere: load,
  },
};
