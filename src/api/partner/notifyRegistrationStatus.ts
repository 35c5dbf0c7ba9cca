// POST /aps/api/v1/merchants/notifyRegistrationStatus, from a wallet: its word on a merchant.

import { walletNotifyRegistrationRequest } from '../../wire/registration.ts';
import { result } from '../../wire/results.ts';
import { endpoint, refuse } from './endpoint.ts';

export const notifyRegistrationStatusEndpoint = endpoint(
  'wallet',
  walletNotifyRegistrationRequest,
  async ({ registrations, caller }, message) => {
    const { registrationStatus: state, rejectReasons } = message.registrationResult;
    const isKnown = await registrations.heard(message.registrationRequestId, caller.participantId, {
      state,
      rejectReasons: rejectReasons ?? null,
    });
    if (isKnown) return { body: { result: result('SUCCESS') } };
    return refuse('ORDER_NOT_EXIST', 'You were asked for no such registration. Check its id.');
  },
);
