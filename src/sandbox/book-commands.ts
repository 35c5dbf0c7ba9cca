// The partners' desk of books: after a day's close each fetches the network's file of it, compares
// it with its own book, and hands its own file in to the network.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../base/world.ts';
import { type Comparison, compareBook, type HandedIn, readItemsFile } from './book-compare.ts';
import type { BookStore } from './book-store.ts';
import { bookFile, dateAfter, dateOfInstant, rowsOfDay } from './books.ts';
import type { HubLink } from './hub-link.ts';
import { type SandboxPartner, sandboxPartners } from './partners.ts';

export interface BookDeskOptions {
  readonly store: BookStore;
  readonly link: Pick<HubLink, 'get' | 'sendText'>;
  readonly clock: Clock;
  readonly nudge: () => void;
  readonly onFailure: (error: unknown) => void;
}

/** Days close by themselves at 00:30 (UTC+8); files are there seconds later. */
const afterMidnightMs = 31 * 60_000;
/** While a day is not closed partners ask again, and after ten minutes wait for the next day. */
const againMs = 5_000;
const mostTries = 120;
/** Days that are looked back to: what was missed while nobody was there. */
const daysBack = 7;
const differencesKept = 50;

const listAnswer = z.object({
  files: z.array(
    z.object({ path: z.string(), kind: z.string(), batchId: z.string(), sha256: z.string() }),
  ),
});

const handInAnswer = z.object({
  result: z.object({ resultStatus: z.string(), resultCode: z.string(), resultMessage: z.string() }),
  runId: z.string().optional(),
  isNew: z.boolean().optional(),
  lineCount: z.int().optional(),
  itemCount: z.int().optional(),
  matchedCount: z.int().optional(),
  breaks: z.record(z.string(), z.int()).optional(),
});

export type BookDesk = ReturnType<typeof createBookDesk>;

export function createBookDesk(options: BookDeskOptions) {
  const { store, link, clock } = options;
  let nextAt: number | null = null;
  let tries = 0;
  let isBusy = false;

  /** Compares a day and hands the partner's own file in; what it came to is kept. */
  async function compare(partner: SandboxPartner, date: string): Promise<Comparison> {
    const book = store.rows(partner);
    const nothing: Comparison = {
      partnerId: partner.id,
      date,
      at: clock.now(),
      state: 'failed',
      problem: null,
      file: null,
      ownRows: rowsOfDay(book, date).length,
      fileRows: 0,
      same: 0,
      differenceCount: 0,
      differences: [],
      sent: null,
    };
    const keep = (comparison: Comparison) => {
      store.keepComparison(comparison);
      return comparison;
    };
    const fetched = await fetchItems(link, partner.id, date);
    if (fetched.kind === 'waiting') return keep({ ...nothing, state: 'waiting' });
    if (fetched.kind === 'failed') return keep({ ...nothing, problem: fetched.problem });
    const read = readItemsFile(fetched.text);
    if (!read.ok) return keep({ ...nothing, problem: `${fetched.path}: ${read.problem}` });
    const { same, differences } = compareBook(book, date, read.rows);
    const compared: Comparison = {
      ...nothing,
      state: 'compared',
      file: fetched.path,
      fileRows: read.rows.length,
      same,
      differenceCount: differences.length,
      differences: differences.slice(0, differencesKept),
    };
    const text = bookFile(book, date, partner.currency, (day) => store.mistakes(partner.id, day));
    const target = `/files/books/${encodeURIComponent(read.agreementId)}/${date}` as const;
    const reply = await link.sendText(partner.id, target, text, handInAnswer);
    // Nobody knows whether it has arrived: handed in again, the same file is the same run.
    if (reply.kind === 'silent')
      return keep({ ...compared, state: 'failed', problem: reply.problem });
    const { resultStatus, resultMessage } = reply.answer.result;
    if (resultStatus === 'U') return keep({ ...compared, state: 'failed', problem: resultMessage });
    const sent = handedIn(reply.answer);
    return keep({ ...compared, problem: sent === null ? resultMessage : null, sent });
  }

  /** The days of the last week whose books were not compared yet; true where one waits. */
  async function compareDue(now: number): Promise<boolean> {
    const today = dateOfInstant(now);
    let isWaiting = false;
    for (const partner of sandboxPartners()) {
      const book = store.rows(partner);
      for (let back = daysBack; back >= 1; back -= 1) {
        const date = dateAfter(today, -back);
        const state = store.comparison(partner.id, date)?.state;
        if (state === 'compared' || rowsOfDay(book, date).length === 0) continue;
        const { state: found } = await compare(partner, date);
        if (found !== 'compared') isWaiting = true;
      }
    }
    return isWaiting;
  }

  return {
    compare,
    nextWakeAt: (): number => nextAt ?? clock.now(),

    /** Compares what is due; it returns before that is done. */
    runDue(now: number): void {
      if (isBusy || now < (nextAt ?? 0)) return;
      isBusy = true;
      const tomorrow = startOfDay(now) + dayMs + afterMidnightMs;
      nextAt = tomorrow;
      const isEarly = now < startOfDay(now) + afterMidnightMs;
      // What closes by itself is closed at half past; a person may have closed it before.
      if (isEarly) nextAt = startOfDay(now) + afterMidnightMs;
      compareDue(now)
        .then((isWaiting) => {
          tries = isWaiting ? tries + 1 : 0;
          if (isWaiting && tries % mostTries !== 0) nextAt = Math.min(nextAt ?? now, now + againMs);
        })
        .catch(options.onFailure)
        .finally(() => {
          isBusy = false;
          options.nudge();
        });
    },
  };
}

const dayMs = 86_400_000;
const midnightOffsetMs = 8 * 3_600_000;

/** The midnight of UTC+8 with which a day began. */
function startOfDay(at: number): number {
  return Math.floor((at + midnightOffsetMs) / dayMs) * dayMs - midnightOffsetMs;
}

type Fetch =
  | { readonly kind: 'fetched'; readonly path: string; readonly text: string }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly problem: string };

/** The latest `transactionItems` of a day: from the signed list, with the digest that it names. */
async function fetchItems(
  link: BookDeskOptions['link'],
  partnerId: string,
  date: string,
): Promise<Fetch> {
  const list = await link.get(partnerId, '/files');
  if (list.kind === 'silent') return { kind: 'failed', problem: list.problem };
  if (!list.answer.isSigned) {
    return { kind: 'failed', problem: 'the list of files is not signed by the network' };
  }
  const read = listAnswer.safeParse(JSON.parse(list.answer.bytes.toString('utf8')));
  if (!read.success) return { kind: 'failed', problem: 'the list of files is not well formed' };
  const batch = `C${date.replaceAll('-', '')}`;
  const [file] = read.data.files
    .filter(({ kind, batchId }) => kind === 'transactionItems' && batchId.startsWith(batch))
    // Of several, the highest number is the latest correction; it ends the path.
    .sort((a, b) => (a.path < b.path ? 1 : -1));
  if (file === undefined) return { kind: 'waiting' };
  const content = await link.get(partnerId, `/files${file.path}` as const);
  if (content.kind === 'silent') return { kind: 'failed', problem: content.problem };
  const { bytes } = content.answer;
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (digest !== file.sha256) {
    return { kind: 'failed', problem: `${file.path} is not what its digest says` };
  }
  return { kind: 'fetched', path: file.path, text: bytes.toString('utf8') };
}

/** What the network said; null where it refused the file. */
function handedIn(answer: z.infer<typeof handInAnswer>): HandedIn | null {
  const { runId, isNew = false, lineCount = 0, itemCount = 0, matchedCount = 0 } = answer;
  if (answer.result.resultStatus !== 'S' || runId === undefined) return null;
  return { runId, isNew, lineCount, itemCount, matchedCount, breaks: answer.breaks ?? {} };
}
