// The part of the working set that is about agreements. Where no command asks for one there is no
// statement for it.

import { type Agreement, agreementKey } from '../agreements/agreement.ts';
import {
  agreementFrom,
  insertAgreementRequests,
  readAgreements,
  readAgreementsOfRequests,
  writeAgreements,
} from '../agreements/store.ts';
import { present } from '../base/assert.ts';
import type { Row, Statement } from '../base/world.ts';
import type { PaymentFacts, PaymentKeys } from './facts.ts';

/** The statements, in the order in which `takeAgreements` takes their rows. */
export function readAgreementRows(lane: number, keys: PaymentKeys): Statement[] {
  const { agreements, agreementRequests } = keys;
  return [
    ...(agreements.size > 0 ? [readAgreements(lane, agreements)] : []),
    ...(agreementRequests.size > 0 ? [readAgreementsOfRequests(lane, agreementRequests)] : []),
  ];
}

/** Takes their rows; `rowsIf` gives those of the next statement where it was wanted. */
export function takeAgreements(
  keys: PaymentKeys,
  rowsIf: (wanted: boolean) => readonly Row[],
  facts: PaymentFacts,
): void {
  for (const wanted of [keys.agreements.size > 0, keys.agreementRequests.size > 0]) {
    for (const row of rowsIf(wanted)) {
      const agreement = agreementFrom(row);
      see(facts, agreement);
      facts.stored.agreements.add(agreement.agreementNumber);
    }
  }
}

function see(facts: PaymentFacts, agreement: Agreement): void {
  const { acquirerId, authClientId, referenceAgreementId, agreementNumber } = agreement;
  facts.agreements.set(agreementNumber, agreement);
  const key = agreementKey(acquirerId, authClientId, referenceAgreementId);
  facts.agreementsByRequest.set(key, agreementNumber);
}

/** Lets the next command of the batch see what this one decided. */
export function applyAgreement(facts: PaymentFacts, agreement: Agreement): void {
  see(facts, agreement);
  facts.dirty.agreements.add(agreement.agreementNumber);
}

export function writeAgreementRows(lane: number, facts: PaymentFacts): Statement[] {
  if (facts.dirty.agreements.size === 0) return [];
  const written = [...facts.dirty.agreements].map((number) =>
    present(facts.agreements.get(number), 'a changed agreement'),
  );
  const fresh = written.filter((each) => !facts.stored.agreements.has(each.agreementNumber));
  return [
    ...(fresh.length > 0 ? [insertAgreementRequests(lane, fresh)] : []),
    writeAgreements(lane, written),
  ];
}
