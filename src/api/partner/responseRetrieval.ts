// POST /aps/api/v1/disputes/responseRetrieval, from an acquirer: the evidence that was asked for.

import { responseRetrievalRequest } from '../../wire/disputes.ts';
import { answerDispute } from './disputes.ts';
import { endpoint } from './endpoint.ts';

export const responseRetrievalEndpoint = endpoint(
  'acquirer',
  responseRetrievalRequest,
  (context, message) =>
    answerDispute(context, message, {
      kind: 'RETRIEVAL',
      refundType: null,
      refundAmount: null,
      plannedRefundAt: null,
    }),
);
