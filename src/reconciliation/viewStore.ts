// Reading what people see of reconciliation: beside the money's way.

import type { Clock, Database } from '../base/world.ts';
import type { ClearingDay } from '../calendar/clearingDay.ts';
import { readAgreements } from '../clearing/store.ts';
import { batchesFor } from './bankStore.ts';
import { bookableView, isBookable } from './bookable.ts';
import { ageSteps } from './reconciliation.ts';
import { type BreakGroup, countOpen, readBreak, readBreaks, readRuns } from './store.ts';
import { type Agreements, agesView, breakView, runView, type WhoseAccount } from './view.ts';

const runsShown = 20;
const breaksShown = 200;
/** No account has this number: nothing is found at it. */
const noAccount = 0;

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

/** Whose file of which day it is, by the name of its agreement or of the bank's account. */
interface FilePlace {
  readonly agreementId: string;
  readonly day: ClearingDay;
}

/** The latest files, open breaks by age, and the breaks of a group: of one file where named. */
export async function readReconciliation(
  { database, clock }: ReadWorld,
  group: BreakGroup,
  of?: FilePlace,
) {
  const now = clock.now();
  const agreements = await byAccount(database);
  const [accountId] =
    [...agreements].find(([, { agreementId }]) => agreementId === of?.agreementId) ?? [];
  const place = of && { accountId: accountId ?? noAccount, day: of.day };
  const [runs, counts, breaks] = await Promise.all([
    readRuns(database, runsShown),
    countOpen(
      database,
      ageSteps.map((step) => now - step),
    ),
    readBreaks(database, group, breaksShown, place),
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
