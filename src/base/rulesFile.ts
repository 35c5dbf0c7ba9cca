// Files of rules that an operator writes: JSON, or the first thing that is wrong in a sentence.

/** Longest file that is read, in characters. */
const mostLength = 1_000_000;

/** The file's text as JSON. */
export function jsonOfFile(
  text: string,
):
  | { readonly ok: true; readonly json: unknown }
  | { readonly ok: false; readonly problem: string } {
  if (text.length > mostLength) return { ok: false, problem: 'the file is too long' };
  try {
    return { ok: true, json: JSON.parse(text) };
  } catch {
    return { ok: false, problem: 'it is no JSON' };
  }
}

/** The first fault that a schema found, with its place: `sets[1].region must be …`. */
export function faultOfFile(
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
): string {
  const parts = issue?.path ?? [];
  const place = parts.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`));
  const where = place.join('').replace(/^\./, '') || 'the file';
  return `${where} ${issue?.message ?? ''}`.trim();
}
