// The latest payments of one participant: looked for from the newest on, a piece at a time, and
// remembered, so that whoever has few does not have all payments read again at every look.

import type { Database, Row, Statement } from '../../base/world.ts';
import type { Participant } from '../../network/participant.ts';

/** A payment that was found. */
export interface Found {
  readonly paymentNumber: number;
  readonly createdAt: number;
}

type Whose = Pick<Participant, 'participantId' | 'role'>;

/** What is known of one lane. Up to `top` no payment can become the participant's any more. */
interface Known {
  readonly top: number;
  /** Everything from here to `top` was looked at. */
  readonly bottom: number;
  /** Those in between that are the participant's, the newest first; no more than are shown. */
  readonly found: readonly Found[];
}

/** Payments of one statement: a millisecond or two of one core. */
const pieceRows = 2_000;
/** Pieces of one look in all lanes: some tenths of a second. The next look goes on from there. */
const piecesOfLook = 100;
const unknown: Known = { top: 0, bottom: Number.MAX_SAFE_INTEGER, found: [] };

export interface LatestPayments {
  /** The newest payments of a participant, as far as they were looked for by now. */
  find(whose: Whose): Promise<readonly Found[]>;
}

/** A memory of the latest payments of participants; `lanes` are those of the network. */
export function rememberLatest(
  database: Database,
  lanes: () => number,
  most: number,
): LatestPayments {
  const memory = new Map<string, Map<number, Known>>();
  const looks = new Map<string, Promise<readonly Found[]>>();
  const look = async (whose: Whose): Promise<readonly Found[]> => {
    const known = memory.get(whose.participantId) ?? new Map<number, Known>();
    memory.set(whose.participantId, known);
    const all: Found[] = [];
    const count = lanes();
    for (let lane = 0; lane < count; lane++) {
      const budget = Math.ceil(piecesOfLook / count);
      const seen = await lookAt(
        database,
        { lane, whose, most, budget },
        known.get(lane) ?? unknown,
      );
      known.set(lane, seen.known);
      all.push(...seen.newest, ...seen.known.found);
    }
    return all.sort(newestFirst).slice(0, most);
  };
  return {
    find(whose) {
      const { participantId } = whose;
      const under = looks.get(participantId);
      if (under !== undefined) return under;
      const started = look(whose).finally(() => looks.delete(participantId));
      looks.set(participantId, started);
      return started;
    },
  };
}

const newestFirst = (a: Found, b: Found) =>
  b.createdAt - a.createdAt || b.paymentNumber - a.paymentNumber;

interface Look {
  readonly lane: number;
  readonly whose: Whose;
  readonly most: number;
  /** Pieces that it may read. */
  readonly budget: number;
}

/** Looks at what is new in a lane, and then further back as far as its budget goes. */
async function lookAt(
  database: Database,
  look: Look,
  known: Known,
): Promise<{ readonly known: Known; readonly newest: readonly Found[] }> {
  const { most } = look;
  let { budget } = look;
  let at = Number.MAX_SAFE_INTEGER;
  let highest = 0;
  let lowestOpen = Number.MAX_SAFE_INTEGER;
  const fresh: Found[] = [];
  let reached = false;
  while (!reached && fresh.length < most && budget-- > 0) {
    const piece = await readPiece(database, look, at);
    highest = Math.max(highest, piece.highest);
    lowestOpen = Math.min(lowestOpen, piece.lowestOpen);
    at = piece.lowest;
    fresh.push(...piece.found.filter(({ paymentNumber }) => paymentNumber > known.top));
    reached = piece.isLast || at <= known.top + 1;
  }
  // A payment in process may still be scanned by another wallet: it is looked at again.
  const top = Math.max(known.top, Math.min(highest, lowestOpen - 1));
  const isFinal = ({ paymentNumber }: Found) => paymentNumber <= top;
  const newest = fresh.filter((each) => !isFinal(each));
  if (!reached) {
    // Enough is newer, or the memory is too old to be reached: what it has is left behind.
    return { known: { top, bottom: at, found: fresh.filter(isFinal) }, newest };
  }
  const found = [...fresh.filter(isFinal), ...known.found].slice(0, most);
  let bottom = known === unknown ? at : known.bottom;
  let isMore = bottom > 0 && at > 0;
  while (isMore && found.length + newest.length < most && budget-- > 0) {
    const piece = await readPiece(database, look, bottom);
    found.push(...piece.found);
    bottom = piece.isLast ? 0 : piece.lowest;
    isMore = bottom > 0;
  }
  return { known: { top, bottom, found: found.slice(0, most) }, newest };
}

interface Piece {
  readonly found: Found[];
  readonly highest: number;
  readonly lowest: number;
  /** The first payment of the piece that is in process; greater than any where none is. */
  readonly lowestOpen: number;
  /** Nothing is older. */
  readonly isLast: boolean;
}

async function readPiece(database: Database, { lane, whose }: Look, below: number): Promise<Piece> {
  const rows = await database.session('background:latest').run(latestPiece(lane, whose, below));
  return pieceFrom(rows[2]?.[0] ?? []);
}

function pieceFrom([looked, highest, lowest, open, found]: Row): Piece {
  const texts = found === null ? [] : String(found).split(',');
  return {
    found: texts.map((text) => {
      const [number, at] = text.split(' ');
      return { paymentNumber: Number(number), createdAt: Number(at) };
    }),
    highest: Number(highest ?? 0),
    lowest: Number(lowest ?? 0),
    lowestOpen: Number(open ?? Number.MAX_SAFE_INTEGER),
    isLast: Number(looked) < pieceRows,
  };
}

/**
 * The newest payments of a lane below a number, and which of them are the participant's: by the
 * key, from its end, whatever the planner believes.
 */
export function latestPiece(lane: number, whose: Whose, below: number): Statement[] {
  const isOwn =
    whose.role === 'acquirer'
      ? "starts_with(p.request_key, $3 || '/')"
      : 'coalesce(p.first_wallet_id = $3, false) or exists (select 1 from later_legs g ' +
        'where g.lane = p.lane and g.payment_number = p.payment_number ' +
        'and g.wallet_id = $3 offset 0)';
  const avoided = ['seqscan', 'hashjoin', 'mergejoin', 'sort', 'bitmapscan'];
  const settings = avoided.map((way) => `set_config('enable_${way}', 'off', true)`);
  return [
    { text: 'begin isolation level read committed read only', values: [] },
    { text: `select ${settings.join(', ')}`, values: [] },
    {
      text:
        'select count(*), max(n), min(n), min(n) filter (where state = ' +
        "'PROCESSING'), string_agg(n || ' ' || created_at, ',' order by n desc) " +
        'filter (where is_own) from (select p.payment_number as n, p.state, p.created_at, ' +
        `${isOwn} as is_own from payments p where p.lane = $1 and p.payment_number < $2 ` +
        'order by p.payment_number desc limit $4) p',
      values: [lane, below, whose.participantId, pieceRows],
    },
    { text: 'commit', values: [] },
  ];
}
