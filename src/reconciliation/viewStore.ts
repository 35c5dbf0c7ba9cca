// Reading what people see of reconciliation: beside the money's way.

import type { Clock, Database } from '../base/world.ts';
import { readAgreements } from '../clearing/store.ts';
import { batchesFor } from './bankStore.ts';
import { bookableView, isBookable } from './bookable.ts';
import { ageSteps } from './reconciliation.ts';
import { type BreakGroup, countOpen, readBreak, readBreaks, readRuns } from './store.ts';
import { type Agreements, agesView, breakView, runView, type WhoseAccount } from './view.ts';

const runsShown = 20;
const breaksShown = 200;

interface ReadWorld {
  readonly database: Database;
  readonly clock: Pick<Clock, 'now'>;
}

async function byAccount(database: Database): Promise<Agreements> {
  const [agreements, banks] = await Promise.all([
    readAgreements(database),
    database.query<{ account_id: number; name: string; currency: string }>(
      "select account_id, name, currency from accounts where kind = 'bank'",
    ),
  ]);
  return new Map<number, WhoseAccount>([
    ...agreements.map((each) => [each.accountId, each] as const),
    ...banks.map(({ account_id, name, currency }) => {
      const isBank = true as const;
      return [account_id, { agreementId: name, participantName: currency, isBank }] as const;
    }),
  ]);
}

/** The latest files, open breaks by age, and the breaks of a group. */
export async function readReconciliation({ database, clock }: ReadWorld, group: BreakGroup) {
  const now = clock.now();
  const [agreements, runs, counts, breaks] = await Promise.all([
    byAccount(database),
    readRuns(database, runsShown),
    countOpen(
      database,
      ageSteps.map((step) => now - step),
    ),
    readBreaks(database, group, breaksShown),
  ]);
  return {
    runs: runs.map((run) => runView(run, agreements)),
    ages: agesView(counts),
    breaks: breaks.map((found) => breakView(found, agreements, now)),
  };
}

/** One break; undefined where there is none of this id. */
export async function readOneBreak({ database, clock }: ReadWorld, breakId: string) {
  const [agreements, found] = await Promise.all([
    byAccount(database),
    readBreak(database, breakId),
  ]);
  if (found === undefined) return undefined;
  const waiting = isBookable(found) ? await batchesFor(database, []) : [];
  const bookableFor = bookableView(found, waiting).map(({ accountId, ...batch }) => ({
    ...batch,
    participantName: agreements.get(accountId)?.participantName ?? '',
  }));
  return { ...breakView(found, agreements, clock.now()), bookableFor };
}
