// `wayfare notices`: what partners were told, and telling them again.

import { Command, Option } from 'commander';
import type { NoticeState } from '../api/console/noticeStore.ts';
import { listNotices, type NoticeDesk, replayAll, replayNotice } from '../api/console/notices.ts';
import { runDisputesAside } from '../disputes/commands.ts';
import { readDirectory, readLanes } from '../network/store.ts';
import { runAside } from '../payments/commands.ts';
import { networkClock } from './clock.ts';
import { withDatabase } from './withDatabase.ts';

export function noticesCommand(): Command {
  return new Command('notices')
    .description('what acquirers were told of their payments, and telling them again')
    .addCommand(listCommand())
    .addCommand(replayCommand());
}

interface ListOptions {
  readonly partner?: string;
  readonly state: NoticeState;
  readonly limit: number;
  readonly json?: true;
}

function listCommand(): Command {
  return new Command('list')
    .description('notices with their attempts, the newest first')
    .option('--partner <id>', 'of one acquirer only')
    .addOption(
      new Option('--state <state>', 'waiting for an acknowledgement, given up, or taken')
        .choices(['waiting', 'given_up', 'taken'])
        .default('given_up'),
    )
    .addOption(
      new Option('--limit <count>', 'at most that many').default(50).argParser((text) => {
        return Math.min(Math.max(Math.floor(Number(text)) || 1, 1), 200);
      }),
    )
    .option('--json', 'one JSON object a line instead of text')
    .action(async (options: ListOptions) => {
      const { partner, state, limit } = options;
      const { notices } = await withDesk((desk) =>
        listNotices(desk, { partnerId: partner, state, limit }),
      );
      for (const notice of notices) {
        const last = notice.attempts.at(-1);
        const text = [
          notice.disputeId ?? notice.refundId ?? notice.paymentId,
          notice.partnerId.padEnd(16),
          notice.resultCode.padEnd(20),
          `${notice.attempts.length} sent`,
          last === undefined ? '' : `last ${last.at} ${last.verdict}`,
          notice.nextAttemptAt === null ? '' : `next ${notice.nextAttemptAt}`,
        ];
        const line = options.json ? JSON.stringify(notice) : text.join('  ').trimEnd();
        process.stdout.write(`${line}\n`);
      }
    });
}

function replayCommand(): Command {
  return new Command('replay')
    .description('send a notice again; without an acknowledgement its schedule begins anew')
    .argument(
      '[paymentId]',
      'the payment, refund or dispute that it is about, as the network names it',
    )
    .option('--partner <id>', 'instead: all notices that were given up for this acquirer')
    .option('--json', 'one JSON object instead of text')
    .action(async (paymentId: string | undefined, options: { partner?: string; json?: true }) => {
      const { partner } = options;
      if ((paymentId === undefined) === (partner === undefined)) {
        throw new Error('name a payment, or an acquirer with --partner');
      }
      const replayed = await withDesk((desk) =>
        paymentId === undefined ? replayAll(desk, partner as string) : replayOne(desk, paymentId),
      );
      const text = `${replayed} sent again by the hub that runs, or at its next start.`;
      process.stdout.write(`${options.json ? JSON.stringify({ replayed }) : text}\n`);
    });
}

async function replayOne(desk: NoticeDesk, paymentId: string): Promise<number> {
  const replay = await replayNotice(desk, paymentId);
  if (replay === 'replayed') return 1;
  const why = replay === 'not_ended' ? 'has not ended: there is no notice yet' : 'does not exist';
  throw new Error(`${paymentId} ${why}`);
}

/** Commands of the network without a hub: the lanes' locks keep them apart from those that run. */
async function withDesk<T>(work: (desk: NoticeDesk) => Promise<T>): Promise<T> {
  return withDatabase(async (database) => {
    const lanes = (await readLanes(database)) ?? 0;
    const clock = await networkClock(database);
    return work({
      database,
      rules: { lanes, directory: await readDirectory(database) },
      run: (commands) => runAside({ lanes, clock, database }, commands),
      runDisputes: (commands) => runDisputesAside({ lanes, clock, database }, commands),
    });
  });
}
