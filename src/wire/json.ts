// JSON of others, of which nothing is known yet.

/** The object that a text is in JSON; undefined for anything else, and for what is no JSON. */
export function jsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return value as Record<string, unknown>;
  } catch {
    // Whoever asked says in words of its own that this is none.
    return undefined;
  }
}
