// The limits that come with the project: the published rules for foreign wallets in the mainland.

import presetFile from './data/limitRules.json' with { type: 'json' };
import type { LimitRules } from './limitRules.ts';
import { limitRulesFrom } from './readLimitRules.ts';

/** The rules of `data/limitRules.json`. Throws at the start when that file is wrong. */
export const presetLimits: LimitRules = ready();

/** No limits at all: for what measures something else. */
export const noLimits: LimitRules = { version: 'none', sets: [], tiers: new Map() };

function ready(): LimitRules {
  const reading = limitRulesFrom(presetFile);
  if (!reading.ok) throw new Error(`data/limitRules.json: ${reading.problem}`);
  return reading.rules;
}
