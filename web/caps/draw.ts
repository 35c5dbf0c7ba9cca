// A wallet against its bound as a bar, and over time as a line: exact amounts in, places out.

import type { CapPoint, CappedWallet } from '../shared/caps-contract.ts';

/** Parts of a bar in per cent of its length, which is the most that may be owed. */
export interface CapParts {
  readonly posted: number;
  readonly held: number;
  /** Where the cap ends and the deposit begins. */
  readonly cap: number;
  /** More is owed than may be. */
  readonly isOver: boolean;
}

/** Undefined where nothing bounds the wallet: then there is no bar, only the amount. */
export function capParts(
  wallet: Pick<CappedWallet, 'cap' | 'mayOwe' | 'posted' | 'held' | 'owed'>,
): CapParts | undefined {
  if (wallet.mayOwe === null || wallet.cap === null) return undefined;
  const most = BigInt(wallet.mayOwe.value);
  const owed = BigInt(wallet.owed.value);
  const isOver = owed > most;
  if (most <= 0n) return { posted: isOver ? 100 : 0, held: 0, cap: 0, isOver };
  // A wallet that is owed something has room for more holds than may be owed.
  const posted = part(BigInt(wallet.posted.value), most);
  const whole = part(owed, most);
  return {
    posted: Math.min(posted, whole),
    held: Math.max(0, whole - posted),
    cap: part(BigInt(wallet.cap.value), most),
    isOver,
  };
}

/** Tenths of a per cent are finer than a bar shows, so the number that leaves here is no amount. */
function part(minor: bigint, most: bigint): number {
  if (minor <= 0n) return 0;
  return minor >= most ? 100 : Math.max(0.6, Number((minor * 1_000n) / most) / 10);
}

export interface HistoryPlot {
  /** The area under what was owed. */
  readonly owed: string;
  /** The line of what might be owed; empty where nothing bounded it all the while. */
  readonly most: string;
  /** The line below which no deposit is needed. */
  readonly cap: string;
  /** The amount at the top of the picture, in minor units. */
  readonly highest: string;
}

/** The picture in a box of that size, from nothing at its foot. Undefined without a point. */
export function historyPlot(
  points: readonly CapPoint[],
  span: { readonly from: string; readonly to: string },
  box: { readonly width: number; readonly height: number },
): HistoryPlot | undefined {
  if (points.length === 0) return undefined;
  const begin = Date.parse(span.from);
  const length = Math.max(Date.parse(span.to) - begin, 1);
  const amounts = points.flatMap(({ owed, mayOwe }) => [BigInt(owed), BigInt(mayOwe ?? owed)]);
  const highest = amounts.reduce((most, each) => (each > most ? each : most), 1n);
  const x = (at: string) => place(((Date.parse(at) - begin) / length) * box.width);
  const y = (minor: bigint) =>
    place(box.height - (Number(minor < 0n ? 0n : minor) / Number(highest)) * box.height);
  const steps = (of: (point: CapPoint) => bigint | undefined): string => {
    let path = '';
    for (const [index, point] of points.entries()) {
      const minor = of(point);
      const end = points[index + 1];
      if (minor === undefined) continue;
      path += `${path === '' || of(points[index - 1] ?? point) === undefined ? 'M' : 'L'}`;
      path += `${x(point.at)} ${y(minor)}H${end === undefined ? box.width : x(end.at)}`;
    }
    return path;
  };
  const owed = steps((point) => BigInt(point.owed));
  const first = points[0] as CapPoint;
  const most = ({ mayOwe }: CapPoint) => (mayOwe === null ? undefined : BigInt(mayOwe));
  const cap = ({ mayOwe, deposit }: CapPoint) =>
    mayOwe === null || deposit === '0' ? undefined : BigInt(mayOwe) - BigInt(deposit);
  return {
    owed: `${owed}V${box.height}H${x(first.at)}Z`,
    most: steps(most),
    cap: steps(cap),
    highest: String(highest),
  };
}

function place(value: number): number {
  return Math.round(value * 10) / 10;
}
