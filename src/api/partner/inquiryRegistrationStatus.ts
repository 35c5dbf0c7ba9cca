// POST /aps/api/v1/merchants/inquiryRegistrationStatus, from an acquirer: which wallets approved?

import { resultsOf } from '../../registrations/registration.ts';
import { inquiryRegistrationRequest } from '../../wire/registration.ts';
import { result } from '../../wire/results.ts';
import { endpoint, refuse } from './endpoint.ts';

export const inquiryRegistrationStatusEndpoint = endpoint(
  'acquirer',
  inquiryRegistrationRequest,
  async ({ registrations, caller }, message) => {
    const known = await registrations.find(caller.participantId, message);
    if (known === undefined) {
      return refuse('ORDER_NOT_EXIST', 'You have registered no such merchant. Check its id.');
    }
    return { body: { result: result('SUCCESS'), ...resultsOf(known) } };
  },
);
