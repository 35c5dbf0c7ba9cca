// The file of limits on persons that an operator may give instead of those of the project.

import { readFileSync } from 'node:fs';
import type { LimitRules } from '../limits/limitRules.ts';
import { readLimitRules } from '../limits/readLimitRules.ts';

/** Reads the file. Throws a sentence for the operator when it is absent or wrong. */
export function readLimitRulesFile(file: string): LimitRules {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Error(`the file of limits ${file} cannot be read`);
  }
  const reading = readLimitRules(text);
  if (!reading.ok) throw new Error(`the limits in ${file} are wrong: ${reading.problem}`);
  return reading.rules;
}
