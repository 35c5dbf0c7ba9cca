// POST /aps/api/v1/disputes/responseEscalation, from an acquirer: will money be given back?

import { moneyFrom } from '../../payments/bodies.ts';
import { responseEscalationRequest } from '../../wire/disputes.ts';
import { parseIsoTime } from '../../wire/time.ts';
import { answerDispute } from './disputes.ts';
import { endpoint } from './endpoint.ts';

export const responseEscalationEndpoint = endpoint(
  'acquirer',
  responseEscalationRequest,
  (context, message) => {
    const { refundType, refundAmount, plannedRefundTime } = message;
    return answerDispute(context, message, {
      kind: 'ESCALATION',
      refundType,
      refundAmount: refundAmount === undefined ? null : moneyFrom(refundAmount),
      plannedRefundAt:
        plannedRefundTime === undefined ? null : (parseIsoTime(plannedRefundTime) ?? null),
    });
  },
);
