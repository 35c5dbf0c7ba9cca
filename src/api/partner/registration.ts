// POST /aps/api/v1/merchants/registration, from an acquirer: make this merchant known to wallets.

import { registrationRequest } from '../../wire/registration.ts';
import { result } from '../../wire/results.ts';
import { endpoint, refuse } from './endpoint.ts';

export const registrationEndpoint = endpoint(
  'acquirer',
  registrationRequest,
  async ({ registrations, caller }, message) => {
    const reply = await registrations.register(caller.participantId, message);
    if (reply.kind === 'refused') return refuse('REGISTRATION_STATUS_ABNORMAL', reply.message);
    const { passThroughInfo } = message;
    return {
      body: {
        result: result('SUCCESS'),
        ...(passThroughInfo === undefined ? {} : { passThroughInfo }),
      },
    };
  },
);
