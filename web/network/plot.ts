// A price over time as a line, and amounts as bars from a middle: exact texts in, places out.

export interface PlotPoint {
  readonly at: string;
  readonly mid: string;
}

export interface Plot {
  /** The path of the line: a price holds until the next one. */
  readonly line: string;
  /** A dot where each price began, while they are few enough to be told apart. */
  readonly dots: string;
  readonly lowest: string;
  readonly highest: string;
}

const mostDots = 30;

/**
 * The line in a box of that size. Prices become numbers only to be drawn. Undefined without a
 * point; a price that never moved is a line through the middle.
 */
export function plotOf(
  points: readonly PlotPoint[],
  span: { readonly from: string; readonly to: string },
  box: { readonly width: number; readonly height: number },
): Plot | undefined {
  const [first] = points;
  if (first === undefined) return undefined;
  const begin = Date.parse(span.from);
  const length = Math.max(Date.parse(span.to) - begin, 1);
  const byPrice = [...points].sort((a, b) => Number(a.mid) - Number(b.mid));
  const lowest = byPrice[0] ?? first;
  const highest = byPrice.at(-1) ?? first;
  const low = Number(lowest.mid);
  const range = Number(highest.mid) - low;
  const x = (at: string) => place(((Date.parse(at) - begin) / length) * box.width);
  const y = (mid: string) =>
    place(box.height * (range === 0 ? 0.5 : 1 - (Number(mid) - low) / range));
  const steps = points.slice(1).map(({ at, mid }) => `H${x(at)}V${y(mid)}`);
  const line = `M${x(first.at)} ${y(first.mid)}${steps.join('')}H${box.width}`;
  const few = points.length <= mostDots ? points : [];
  const dots = few.map(({ at, mid }) => `M${x(at)} ${y(mid)}h0`).join('');
  return { line, dots, lowest: lowest.mid, highest: highest.mid };
}

function place(value: number): number {
  return Math.round(value * 10) / 10;
}

/** How far a price moved over the points, as a percentage with its sign; undefined for none. */
export function movedPercent(points: readonly PlotPoint[]): string | undefined {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const moved = (Number(last.mid) / Number(first.mid) - 1) * 100;
  const text = Math.abs(moved).toFixed(2);
  return `${moved < 0 && text !== '0.00' ? '\u2212' : '+'}${text}`;
}

/** The part of the largest of all, from -1 to 1, for a bar to either side of the middle. */
export function barPart(value: string, all: readonly string[]): number {
  const size = (text: string) => {
    const minor = BigInt(text);
    return minor < 0n ? -minor : minor;
  };
  const most = all.reduce((found, each) => (size(each) > found ? size(each) : found), 0n);
  return most === 0n ? 0 : Number((BigInt(value) * 1_000n) / most) / 1_000;
}
