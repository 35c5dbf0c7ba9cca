// The terms of an agreement where nothing else is agreed: our rule, since no source gives them
// (GAP).

import type { Participant, ParticipantRole } from '../network/participant.ts';

type Terms = Pick<
  Participant,
  'serviceFeeBasisPoints' | 'interchangeBasisPoints' | 'spreadBasisPoints'
>;

/**
 * Wallets: 10 bp service fee, 50 bp spread on their corridor. Acquirers: 20 bp service fee, 30 bp
 * interchange to the wallet, 30 bp spread where they settle in another currency than the order's.
 */
export function defaultTerms(role: ParticipantRole): Terms {
  return role === 'wallet'
    ? { serviceFeeBasisPoints: 10, interchangeBasisPoints: 0, spreadBasisPoints: 50 }
    : { serviceFeeBasisPoints: 20, interchangeBasisPoints: 30, spreadBasisPoints: 30 };
}
