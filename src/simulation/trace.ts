// The trace of a run: one line an event, hashed as it goes, and kept to explain a failure.

import { createHash } from 'node:crypto';

const shownLines = 40;

/** Two runs of one seed are the same run exactly when their hashes are equal. */
export class Trace {
  readonly #hash = createHash('sha256');
  readonly #lines: string[] = [];
  readonly #show: ((line: string) => void) | undefined;

  constructor(show?: (line: string) => void) {
    this.#show = show;
  }

  /** `hidden` is hashed with the line but not shown: whole message bodies. */
  write(at: number, what: string, hidden = ''): void {
    const line = `${String(at).padStart(10)}  ${what}`;
    this.#hash.update(`${line}\n${hidden}\n`);
    this.#lines.push(line);
    this.#show?.(line);
  }

  /** The last lines that name one of these; of all lines when none does. */
  last(names: readonly string[]): readonly string[] {
    const named = new RegExp(`\\b(${names.join('|')})\\b`);
    const about = names.length === 0 ? [] : this.#lines.filter((line) => named.test(line));
    return (about.length === 0 ? this.#lines : about).slice(-shownLines);
  }

  /** Ends the trace. */
  digest(): string {
    return this.#hash.digest('hex');
  }
}

/** A message in a few words: whose payment it is about, and how that stands. */
export function gistOf(text: string): string {
  const { paymentRequestId, result, paymentResult, codeValue } = JSON.parse(text) as {
    readonly paymentRequestId?: string;
    readonly codeValue?: string;
    readonly result?: { readonly resultCode: string };
    readonly paymentResult?: { readonly resultCode: string };
  };
  const words = [paymentRequestId ?? codeValue?.slice(-12), result?.resultCode];
  return [...words, paymentResult?.resultCode].filter((word) => word !== undefined).join(' ');
}
