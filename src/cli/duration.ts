// Lengths of time as people type them: `90s`, `10m`, `2h`, `1d`, or several in a row, `1d12h`.

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Milliseconds, or undefined when the text is no length of time. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d{1,12}(ms|[smhd]))+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, count = '', unit = ''] of text.matchAll(/(\d+)(ms|[smhd])/g)) {
    sum += Number(count) * (unitMs[unit] ?? 0);
  }
  return Number.isSafeInteger(sum) ? sum : undefined;
}

/** The same text for milliseconds, with as few parts as it takes; `0s` for nothing. */
export function durationText(durationMs: number): string {
  const parts: string[] = [];
  let left = durationMs;
  for (const unit of ['d', 'h', 'm', 's', 'ms']) {
    const size = unitMs[unit] ?? 1;
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.join('') || '0s';
}
