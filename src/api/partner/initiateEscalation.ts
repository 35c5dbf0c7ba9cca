// POST /aps/api/v1/disputes/initiateEscalation, from a wallet: the customer wants money back.

import { moneyFrom } from '../../payments/bodies.ts';
import { initiateEscalationRequest } from '../../wire/disputes.ts';
import { openDispute } from './disputes.ts';
import { endpoint } from './endpoint.ts';

export const initiateEscalationEndpoint = endpoint(
  'wallet',
  initiateEscalationRequest,
  (context, message) =>
    openDispute(context, 'ESCALATION', message, moneyFrom(message.escalationAmount)),
);
