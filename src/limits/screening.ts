// Screening: names that nobody may be paid under, looked for before a wallet is asked. Names are
// compared whole after spelling is evened out; nothing fuzzy (our rule for now).

import { z } from 'zod';

/** A list of names; its version is recorded with every verdict. */
export interface ScreeningList {
  readonly version: string;
  /** In the form of `evened`. */
  readonly names: ReadonlySet<string>;
}

const listFile = z.strictObject({
  version: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,40}$/, 'must be letters, digits, dots, dashes; at most 40'),
  names: z.array(z.string().min(1).max(300)).max(500_000),
  source: z.string().max(1_000).optional(),
});

export type ScreeningReading =
  | { readonly ok: true; readonly list: ScreeningList }
  | { readonly ok: false; readonly problem: string };

/** Reads a list's text: `{"version": …, "names": […]}`. */
export function readScreeningList(text: string): ScreeningReading {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'it is no JSON' };
  }
  const parsed = listFile.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { ok: false, problem: `${issue?.path.join('.')}: ${issue?.message}` };
  }
  const names = new Set<string>();
  for (const name of parsed.data.names) {
    const even = evened(name);
    if (even === '') return { ok: false, problem: `names: ${JSON.stringify(name)} has no letters` };
    names.add(even);
  }
  return { ok: true, list: { version: parsed.data.version, names } };
}

/** One spelling for all: no case, no accents, full-width as half-width, marks as single spaces. */
function evened(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The first of the names that is on the list. */
export function listedName(
  list: ScreeningList,
  names: readonly (string | null)[],
): string | undefined {
  return names.find((name) => name !== null && list.names.has(evened(name))) ?? undefined;
}
