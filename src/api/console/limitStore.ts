// SQL of the console's page of limits: how near persons are to each of them, over all lanes.

import { textArray } from '../../base/sqlArray.ts';
import type { Database } from '../../base/world.ts';

/** A limit in a window of now, with the wallets that it concerns; none named is all. */
export interface AskedLimit {
  readonly token: string;
  readonly most: bigint;
  readonly wallets: readonly string[] | null;
}

/** How many persons have used how much: ten tenths, and who has nothing left. */
export type Nearness = readonly number[];

/** For each limit eleven numbers of persons: by tenth of the limit, and the last at the limit. */
export async function readNearness(
  database: Database,
  asked: readonly AskedLimit[],
): Promise<Nearness[]> {
  const found = asked.map(() => Array.from({ length: 11 }, () => 0));
  const rows = await database.query<{ at: number; tenth: number; people: string }>(
    'select u.at::integer as at, least(floor(p.used * 10 / u.most), 10)::integer as tenth, ' +
      'count(*) as people from (select counter_key, sum(used) as used from person_counters ' +
      'group by counter_key having sum(used) > 0) p ' +
      'join unnest($1::text::text[], $2::text::numeric[], $3::text::text[]) with ordinality ' +
      "u(token, most, wallets, at) on u.token = split_part(p.counter_key, '/', 2) and " +
      "(u.wallets is null or split_part(p.counter_key, '/', 1) = " +
      "any(string_to_array(u.wallets, ' '))) group by 1, 2",
    [
      textArray(asked.map(({ token }) => token)),
      textArray(asked.map(({ most }) => String(most))),
      textArray(asked.map(({ wallets }) => wallets?.join(' ') ?? null)),
    ],
  );
  for (const { at, tenth, people } of rows) {
    const tenths = found[at - 1];
    if (tenths !== undefined) tenths[Math.max(tenth, 0)] = Number(people);
  }
  return found;
}
