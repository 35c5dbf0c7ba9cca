// A kept message made readable: its headers line by line, its body as indented JSON.
import type { Tone } from '../shared/Tag.tsx';

/** A body as it was kept: JSON text or JSON itself; anything else is shown untouched. */
export function prettyBody(body: unknown): string {
  if (typeof body !== 'string') return body == null ? '' : JSON.stringify(body, null, 2);
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** `name: value` for each header, in the order of the names. */
export function prettyHeaders(headers: unknown): string {
  if (headers === null || typeof headers !== 'object') return headers == null ? '' : `${headers}`;
  return Object.entries(headers)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

/** A signature that held is green, one that was not there is a fact, anything else is wrong. */
export function toneOfVerdict(verdict: string): Tone {
  if (verdict === 'valid') return 'paid';
  // Merchants need not sign that they have heard.
  return verdict === 'none' || verdict === 'unsigned' ? 'plain' : 'not-paid';
}
