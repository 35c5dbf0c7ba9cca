// POST /aps/api/v1/authorizations/cancelToken, from an acquirer: this agreement is over.

import { readToken } from '../../agreements/tokens.ts';
import { revokeCommand } from '../../payments/agreements.ts';
import { acquirerCancelTokenRequest } from '../../wire/authorizations.ts';
import { result } from '../../wire/results.ts';
import { endpoint, refuse } from './endpoint.ts';

/**
 * Nothing is debited from the decision on. S is said only when the wallet knows too: until then a
 * debit that was on its way might still be taken.
 */
export const cancelTokenEndpoint = endpoint(
  'acquirer',
  acquirerCancelTokenRequest,
  async ({ rules, desk, caller, agreements }, message) => {
    const name = readToken(agreements.tokenKeys, 'access', message.accessToken);
    const known = name === undefined ? undefined : await agreements.find(name.agreementNumber);
    const isOwn =
      known?.acquirerId === caller.participantId && known.authClientId === message.authClientId;
    if (known === undefined || !isOwn) {
      return refuse('INVALID_TOKEN', 'accessToken is none that this authClientId was given.');
    }
    const revoking = await desk.run(revokeCommand(rules, known.agreementNumber));
    const { agreement = known, item } = revoking ?? {};
    const ended =
      item === undefined
        ? ((await agreements.revoking(agreement)) ?? agreement)
        : await agreements.revoke(agreement, item);
    if (ended.state === 'REVOKED') return { body: { result: result('SUCCESS') } };
    const now = await agreements.find(known.agreementNumber);
    if (now?.state === 'REVOKED') return { body: { result: result('SUCCESS') } };
    const why = 'Nothing is debited any more, but the wallet has not confirmed it. Send it again.';
    return refuse('UNKNOWN_EXCEPTION', why);
  },
);
