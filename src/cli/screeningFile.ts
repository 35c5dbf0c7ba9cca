// The list of names for screening: an operator's file, or the sandbox's own invented one.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readScreeningList, type ScreeningList } from '../limits/screening.ts';

const sandboxFile = fileURLToPath(new URL('../limits/data/sandboxScreening.json', import.meta.url));

/**
 * The list of `WAYFARE_SCREENING`, else that of the sandbox where there is one, else none. Throws a
 * sentence for the operator when the file is absent or wrong.
 */
export function screeningOf(
  environment: Readonly<Record<string, string | undefined>>,
  hasSandbox: boolean,
): ScreeningList | null {
  const file = environment.WAYFARE_SCREENING || (hasSandbox ? sandboxFile : undefined);
  if (file === undefined) return null;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Error(`the screening list ${file} cannot be read`);
  }
  const reading = readScreeningList(text);
  if (!reading.ok) throw new Error(`the screening list ${file} is wrong: ${reading.problem}`);
  return reading.list;
}
