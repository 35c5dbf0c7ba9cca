// What people are told: every code that they can meet, in both languages, with what to do next.
import { describe, expect, it } from 'vitest';
import { walletDeclines } from './apiSteps.ts';
import { resultCodes } from './results.ts';
import { sayings } from './sayings.ts';
import { sentenceFor, sentenceOf } from './sentences.ts';

const seen = resultCodes.filter((code) => sentenceOf(code) !== undefined);

describe('sentences', () => {
  it('are there for every code but those that end no payment', () => {
    const unseen = resultCodes.filter((code) => !seen.includes(code));
    expect(unseen).toEqual(['SUCCESS', 'REGISTRATION_STATUS_ABNORMAL']);
  });

  it.each(seen)('%s: what, on whose side, and what next, in both languages', (code) => {
    const { visitor, shop } = sentenceFor(code);
    for (const said of [visitor.what, visitor.next, shop]) {
      expect(said.en).toMatch(/^[A-Z].{6,120}\.$/);
      expect(said.zh).toMatch(/^[\p{Script=Han}：，；。、0-9]{4,60}。$/u);
    }
  });

  it('every decline of a wallet has words of its own', () => {
    expect(walletDeclines.filter((code) => !Object.hasOwn(sayings, code))).toEqual([]);
  });

  it("tells a partner's own code as a decline, and silence as silence", () => {
    expect(sentenceFor('MADE_UP')).toBe(sentenceFor('PROCESS_FAIL'));
    expect(sentenceFor(undefined)).toBe(sentenceFor('PROCESS_FAIL'));
    expect(sentenceFor('UNREACHABLE').visitor.what.en).toContain('could not be reached');
  });
});
