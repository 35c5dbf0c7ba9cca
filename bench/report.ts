// What a benchmark reports: figures that are medians of runs, as JSON for machines and a table for
// people.

/** One figure. `value` is the median of `runs`; both are in `unit`. */
export interface Figure {
  /** As `engine.two_phase`. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** `value` over what it is held against, measured in the same run; null where there is none. */
  readonly ratio: number | null;
  /** What `ratio` is held against, or the conditions of the figure, in words. */
  readonly against: string | null;
  readonly runs: readonly number[];
}

/** Fewer runs than this say nothing about the spread. */
export const fewestRuns = 3;

/** The median; of an even count the mean of the middle two. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('there is no median of nothing');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/** The value below which `share` (0 to 1) of the sorted values lie. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) throw new RangeError('there is no quantile of nothing');
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] as number;
}

/** A figure from its runs. */
export function figure(
  name: string,
  unit: string,
  runs: readonly number[],
  held: { readonly ratio?: number; readonly against?: string } = {},
): Figure {
  return {
    name,
    value: rounded(median(runs)),
    unit,
    ratio: held.ratio === undefined ? null : rounded(held.ratio),
    against: held.against ?? null,
    runs: runs.map(rounded),
  };
}

/** Four digits that count: more would only pretend. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

/** The figures as a table; the spread is the least and the greatest run. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((each) => [
    each.name,
    String(each.value),
    each.unit,
    `${Math.min(...each.runs)} to ${Math.max(...each.runs)} (${each.runs.length})`,
    each.ratio === null ? '' : String(each.ratio),
    each.against ?? '',
  ]);
  const head = ['figure', 'median', 'unit', 'spread (runs)', 'ratio', 'against'];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] as string).length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column === 1
          ? cell.padStart(widths[column] as number)
          : cell.padEnd(widths[column] as number),
      )
      .join('  ')
      .trimEnd();
  return `${[head, ...rows].map(line).join('\n')}\n`;
}
