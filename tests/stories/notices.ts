// The notices of a story, as the console lists them and sends them again.

import {
  listNotices,
  type NoticeDesk,
  replayAll,
  replayNotice,
} from '../../src/api/console/notices.ts';
import { publicId } from '../../src/base/id.ts';
import type { Rig } from '../hub/rig.ts';

/** The desk of the first hub. */
function deskOf(rig: Rig): NoticeDesk {
  const [hub] = rig.hubs;
  if (hub === undefined) throw new Error('there is no hub');
  return {
    database: rig.fresh.database,
    rules: hub.configuration.rules(),
    run: (commands) => Promise.all(commands.map((command) => hub.desk.run(command))),
    runDisputes: (commands) => Promise.all(commands.map((command) => hub.disputes.run(command))),
  };
}

/** A line a notice: what it is about, how it stands, and how each attempt ended. */
export async function noticesOf(rig: Rig, partnerId: string): Promise<string[]> {
  await flushed(rig);
  const lines: string[] = [];
  for (const state of ['waiting', 'given_up', 'taken'] as const) {
    const { notices } = await listNotices(deskOf(rig), { partnerId, state, limit: 50 });
    // Two that went out together are answered in any order.
    const ordered = notices.toSorted((a, b) => (a.paymentRequestId < b.paymentRequestId ? -1 : 1));
    for (const notice of ordered) {
      const verdicts = notice.attempts.map((each) => (each.acknowledged ? 'taken' : each.verdict));
      const counts = new Map<string, number>();
      for (const each of verdicts) counts.set(each, (counts.get(each) ?? 0) + 1);
      const sent = [...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', ');
      lines.push(`${notice.paymentRequestId.padEnd(6)}${state.padEnd(10)}${sent}`);
    }
  }
  return lines.length === 0 ? ['none'] : lines;
}

/** Sends the notice of a payment again, or all that were given up for a partner. */
export async function replayFor(rig: Rig, name: string): Promise<string> {
  const desk = deskOf(rig);
  if (desk.rules.directory.byId(name) !== undefined)
    return `${await replayAll(desk, name)} replayed`;
  const [row] = await rig.fresh.database.query<{ payment_number: string; created_at: string }>(
    'select payment_number, created_at from payments where request_key like $1',
    [`%/${name}`],
  );
  const number = Number(row?.payment_number);
  return (
    (await replayNotice(desk, publicId('payment', Number(row?.created_at), number))) ?? 'no id'
  );
}

/** The log is written in batches, in the test's own time. */
async function flushed(rig: Rig): Promise<void> {
  await rig.advance(200);
}
