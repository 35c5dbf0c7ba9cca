// POST /aps/api/v1/users/inquiryUserLimits, from a wallet: how much may this customer still pay?

import { countersCommand } from '../../payments/allowance.ts';
import { userLimitsBody } from '../../payments/limitBodies.ts';
import { inquiryUserLimitsRequest } from '../../wire/userLimits.ts';
import { endpoint } from './endpoint.ts';

export const inquiryUserLimitsEndpoint = endpoint(
  'wallet',
  inquiryUserLimitsRequest,
  async ({ rules, desk, caller, now }, { customerId }) => {
    const person = { walletId: caller.participantId, customerId };
    // Every lane is asked by itself, one after the other's commit: what is paid meanwhile may be
    // in the answer or not.
    const lanes = Array.from({ length: rules.lanes }, (_, lane) => lane);
    const used = await Promise.all(
      lanes.map((lane) => desk.run(countersCommand(rules, person, now, lane))),
    );
    return { body: userLimitsBody(rules.limitRules, now, person, used) };
  },
);
