// POST /aps/api/v1/authorizations/prepare, from an acquirer: where can a customer allow debits?

import { prepareCommand } from '../../payments/agreements.ts';
import { acquirerPrepareRequest } from '../../wire/authorizations.ts';
import { result } from '../../wire/results.ts';
import { endpoint, refuse } from './endpoint.ts';

/** The id is taken first, then the wallet is asked; an answer that was given is given again. */
export const prepareEndpoint = endpoint(
  'acquirer',
  acquirerPrepareRequest,
  async ({ rules, desk, caller, agreements }, message) => {
    const { authClientId, referenceAgreementId, customerBelongsTo, ...terms } = message;
    const wallet = rules.directory.byId(customerBelongsTo);
    if (wallet?.role !== 'wallet') {
      return refuse('PARAM_ILLEGAL', `customerBelongsTo is no wallet here.`);
    }
    if (!wallet.enabled) {
      return refuse('UNAVAILABLE_PAYMENT_METHOD', `${wallet.name} takes no customers now.`);
    }
    const asked = await desk.run(
      prepareCommand(rules, {
        acquirerId: caller.participantId,
        authClientId,
        referenceAgreementId,
        walletId: wallet.participantId,
        terms,
      }),
    );
    if (asked === 'inconsistent') return refuse('REPEAT_REQ_INCONSISTENT');
    const agreement = asked.state === 'ASKED' ? await agreements.prepare(asked) : asked;
    switch (agreement.state) {
      case 'ASKED':
        return refuse('UNKNOWN_EXCEPTION', `${wallet.name} has not answered. Send it again.`);
      case 'REFUSED':
        return refuse(agreement.resultCode);
      case 'REVOKING':
      case 'REVOKED':
        return refuse('PROCESS_FAIL', 'The agreement was revoked: ask for it under a new id.');
      default:
        return { body: { result: result('SUCCESS'), ...agreement.ways } };
    }
  },
);
