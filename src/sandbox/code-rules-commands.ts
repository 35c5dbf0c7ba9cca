// Each wallet keeps the network's code rules fresh: fetched, else remembered, else those it was
// born with (protocol.md §6.4, case 25).

import type { Clock } from '../base/world.ts';
import { presetRuleSet } from '../codes/presetRules.ts';
import { readRuleMessages } from '../codes/readCodeRules.ts';
import type { RuleSet } from '../codes/ruleSet.ts';
import { inquiryCodeRulesResponse } from '../wire/codeRules.ts';
import type { CodeRulesStore } from './code-rules-store.ts';
import type { HubLink } from './hub-link.ts';

/** How often rules are asked for; once a day is the least, these are our defaults. */
export interface CodeRulesTimes {
  readonly everyMs: number;
  readonly afterErrorMs: number;
}

export const usualCodeRulesTimes: CodeRulesTimes = {
  everyMs: 30 * 60_000,
  afterErrorMs: 2 * 60_000,
};

/** REMOTE: fetched by this process; STORAGE: remembered; PRESET: those of the program. */
export type RulesSource = 'REMOTE' | 'STORAGE' | 'PRESET';

/** The rules that a wallet goes by now. */
export interface RulesInUse {
  readonly source: RulesSource;
  /** Null for the preset, which nobody published. */
  readonly version: string | null;
  readonly set: RuleSet;
  /** When the network last confirmed them; null for the preset. */
  readonly fetchedAt: number | null;
  /** Why the last question gave no newer ones; null when it did, or none was asked. */
  readonly problem: string | null;
}

export interface CodeRulesOptions {
  readonly store: CodeRulesStore;
  readonly link: Pick<HubLink, 'call'>;
  readonly clock: Clock;
  readonly walletIds: readonly string[];
  readonly times?: CodeRulesTimes;
  /** Called when an attempt has ended, so that the next one is planned. */
  readonly nudge: () => void;
  readonly onFailure: (error: unknown) => void;
}

export type CodeRulesDesk = ReturnType<typeof createCodeRulesDesk>;

const preset: RulesInUse = {
  source: 'PRESET',
  version: null,
  set: presetRuleSet,
  fetchedAt: null,
  problem: null,
};

export function createCodeRulesDesk(options: CodeRulesOptions) {
  const { store, link, clock } = options;
  const { everyMs, afterErrorMs } = options.times ?? usualCodeRulesTimes;
  const inUse = new Map(options.walletIds.map((id) => [id, remembered(store, id)]));
  const nextAt = new Map<string, number>(options.walletIds.map((id) => [id, 0]));
  const underWay = new Set<string>();

  const rulesOf = (walletId: string): RulesInUse => inUse.get(walletId) ?? preset;

  /** Keeps what is in use, and says why it is not newer. */
  function failed(walletId: string, problem: string): void {
    inUse.set(walletId, { ...rulesOf(walletId), problem });
    nextAt.set(walletId, clock.now() + afterErrorMs);
  }

  async function inquire(walletId: string): Promise<void> {
    const known = rulesOf(walletId);
    const question = known.version === null ? {} : { version: known.version };
    const reply = await link.call(walletId, 'inquiryCodeRules', question, inquiryCodeRulesResponse);
    if (reply.kind === 'silent') return failed(walletId, reply.problem);
    const { result, version, codeRules } = reply.answer;
    if (result.resultStatus !== 'S') return failed(walletId, result.resultCode);
    const now = clock.now();
    if (version !== undefined && version === known.version) {
      // The same version is the same content: what is kept is kept (case 25).
      store.confirm(walletId, now);
      inUse.set(walletId, { ...known, source: 'REMOTE', fetchedAt: now, problem: null });
      nextAt.set(walletId, now + everyMs);
      return;
    }
    if (version === undefined || codeRules === undefined) {
      return failed(walletId, 'the answer has no rules');
    }
    const reading = readRuleMessages(codeRules);
    if (!reading.ok) return failed(walletId, `rules that cannot be used: ${reading.problem}`);
    store.keep(walletId, { version, messages: JSON.stringify(codeRules), fetchedAt: now });
    const { set } = reading;
    inUse.set(walletId, { source: 'REMOTE', version, set, fetchedAt: now, problem: null });
    nextAt.set(walletId, now + everyMs);
  }

  return {
    rulesOf,
    /** When the next wallet asks; null while every question is under way. */
    nextWakeAt(): number | null {
      const times = [...nextAt].filter(([id]) => !underWay.has(id)).map(([, at]) => at);
      return times.length === 0 ? null : Math.min(...times);
    },
    /** Sends the questions that are due; it returns before they are answered. */
    runDue(now: number): void {
      for (const [walletId, at] of nextAt) {
        if (at > now || underWay.has(walletId)) continue;
        underWay.add(walletId);
        inquire(walletId)
          .catch((error: unknown) => {
            failed(walletId, 'the wallet itself failed');
            options.onFailure(error);
          })
          .finally(() => {
            underWay.delete(walletId);
            options.nudge();
          });
      }
    },
  };
}

/** The last good set of the store. One that this program cannot use any more is passed over. */
function remembered(store: CodeRulesStore, walletId: string): RulesInUse {
  const stored = store.read(walletId);
  if (stored === null) return preset;
  const reading = readRuleMessages(JSON.parse(stored.messages) as unknown[]);
  if (!reading.ok) return { ...preset, problem: `remembered rules: ${reading.problem}` };
  const { version, fetchedAt } = stored;
  return { source: 'STORAGE', version, set: reading.set, fetchedAt, problem: null };
}
