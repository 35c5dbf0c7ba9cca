// After a run: the books must balance, or its figures count for nothing.

import type { Database } from '../src/base/world.ts';
import { prove } from '../src/payments/proof/store.ts';

const leastPostings = 6;

/**
 * Throws unless debits equal credits in every currency, nothing is pending, all payments made have
 * succeeded and each has its postings. With `whole` everything that `prove` checks, row by row.
 */
export async function verifyBooks(
  database: Database,
  payments: number,
  whole: boolean,
): Promise<void> {
  const [books] = await database.query<{ off: string; pending: string }>(
    'select coalesce(sum(abs(off)), 0)::text as off, coalesce(sum(pending), 0)::text as pending ' +
      'from (select sum(debits_posted) - sum(credits_posted) as off, ' +
      'sum(debits_pending) + sum(credits_pending) as pending from account_slices ' +
      'join accounts using (account_id) group by currency) c',
  );
  if (books?.off !== '0') throw new Error(`debits and credits differ by ${books?.off}`);
  if (books.pending !== '0') throw new Error(`${books.pending} is still pending`);
  const [rows] = await database.query<{ paid: string; postings: string }>(
    "select (select count(*) from payments where state = 'SUCCESS')::text as paid, " +
      '(select count(*) from postings)::text as postings',
  );
  if (Number(rows?.paid) !== payments) {
    throw new Error(`${payments} payments were made, ${rows?.paid} are in the books`);
  }
  if (Number(rows?.postings) < payments * leastPostings) {
    throw new Error(`a payment has fewer than ${leastPostings} postings`);
  }
  if (!whole) return;
  const proof = await prove(database);
  const broken = proof.findings.filter((finding) => finding.count > 0);
  if (!proof.balanced) throw new Error(`not proved: ${broken.map((each) => each.name).join(', ')}`);
}
