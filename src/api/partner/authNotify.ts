// POST /aps/api/v1/authorizations/authNotify, from a wallet: its customer consented, or revoked.

import { isRevoked } from '../../agreements/agreement.ts';
import { readPublicId } from '../../base/id.ts';
import { consentedCommand, takenBackCommand } from '../../payments/agreements.ts';
import { walletAuthNotifyRequest } from '../../wire/authorizations.ts';
import { result } from '../../wire/results.ts';
import { endpoint, refuse } from './endpoint.ts';

/** From the answer S on to TOKEN_CANCELED nothing is debited under the agreement. */
export const authNotifyEndpoint = endpoint(
  'wallet',
  walletAuthNotifyRequest,
  async ({ rules, desk, caller, agreements }, message) => {
    const named = readPublicId('agreement', message.referenceAgreementId);
    const known = named === undefined ? undefined : await agreements.find(named.number);
    const isOwn =
      known?.walletId === caller.participantId && known.authClientId === message.authClientId;
    if (known === undefined || !isOwn) {
      const why = 'referenceAgreementId and authClientId name no agreement of this wallet.';
      return refuse('ORDER_NOT_EXIST', why);
    }
    if (message.authorizationNotifyType === 'TOKEN_CANCELED') {
      await desk.run(takenBackCommand(rules, known.agreementNumber));
      return { body: { result: result('SUCCESS') } };
    }
    if (isRevoked(known)) return refuse('ORDER_IS_CLOSED', 'The agreement was revoked.');
    const code = message.authCode ?? '';
    const sealed = agreements.codeFor(known, code);
    const print = agreements.print(code);
    await desk.run(consentedCommand(rules, known.agreementNumber, sealed, print));
    return { body: { result: result('SUCCESS') } };
  },
);
