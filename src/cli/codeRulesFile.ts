// The file of code rules that an operator may give instead of those that come with the project.

import { readFileSync } from 'node:fs';
import { type RulesReading, readCodeRules } from '../codes/readCodeRules.ts';

/** Reads the file. Throws a sentence for the operator when it is absent or wrong. */
export function readCodeRulesFile(file: string): Extract<RulesReading, { ok: true }> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Error(`the file of code rules ${file} cannot be read`);
  }
  const reading = readCodeRules(text);
  if (!reading.ok) throw new Error(`the code rules in ${file} are wrong: ${reading.problem}`);
  return reading;
}
