// POST /aps/api/v1/disputes/initiateRetrieval, from a wallet: what is this payment about?

import { initiateRetrievalRequest } from '../../wire/disputes.ts';
import { openDispute } from './disputes.ts';
import { endpoint } from './endpoint.ts';

export const initiateRetrievalEndpoint = endpoint(
  'wallet',
  initiateRetrievalRequest,
  (context, message) => openDispute(context, 'RETRIEVAL', message, null),
);
