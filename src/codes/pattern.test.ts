// The bounded expressions: the same answers as the language's own engine, and no way to hang.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from './pattern.ts';

function matches(source: string, text: string): boolean {
  const reading = compilePattern(source);
  if (!reading.ok) throw new Error(`${source} ${reading.problem}`);
  return reading.pattern.matches(text);
}

function problemOf(source: string): string {
  const reading = compilePattern(source);
  return reading.ok ? '' : reading.problem;
}

describe('an expression', () => {
  it.each([
    // protocol.md §6.1: routes of payment codes.
    ['^(2[5-9]|30)\\d001\\d*$', '251001020123456789012345', true],
    ['^(2[5-9]|30)\\d001\\d*$', '241001020123456789012345', false],
    ['289\\d{10}[0-57-9]\\d{5}', '2890123456789712345', true],
    ['289\\d{10}[0-57-9]\\d{5}', '2890123456789612345', false],
    ['abc', 'xabcx', false],
    ['(?i)br\\.gov\\.bcb\\.pix', 'BR.GOV.BCB.PIX', true],
    ['br\\.gov\\.bcb\\.pix', 'BR.GOV.BCB.PIX', false],
    ['[^a-c\\d]+', 'xyz', true],
    ['[^a-c\\d]+', 'xy1', false],
    ['a{2,3}', 'aaaa', false],
    ['a{2,}', 'aaaa', true],
    ['(?:a|bc)*?d', 'abcad', true],
    ['.', '😀', true],
    ['.*', 'a\nb', false],
    ['', '', true],
    ['a|', '', true],
    ['x^a', 'xa', false],
    ['[\\]\\-]+', ']-', true],
    ['[+-]', '-', true],
  ])('%j on %j is %s', (source, text, expected) => {
    expect(matches(source, text)).toBe(expected);
  });

  it.each([
    ['(?=a)b', 'looks around'],
    ['(?<name>a)', 'looks around'],
    ['(?<!a)b', 'looks around'],
    ['(a)\\1', 'uses \\1'],
    ['\\bword', 'uses \\b'],
    ['\\p{L}', 'uses \\p'],
    ['a++', 'repeats a repeat'],
    ['a**', 'repeats a repeat'],
    ['*a', 'repeats nothing'],
    ['^*', 'repeats an anchor'],
    ['(a', 'without its )'],
    ['a)', 'without its ('],
    ['[a', 'without its ]'],
    ['[z-a]', 'backwards'],
    ['a{3,2}', 'backwards'],
    ['a{600}', 'more than 512'],
    ['a{x}', 'no count'],
    ['a\\', 'ends with'],
    ['((a{500}){500}){500}', 'more than 2000 states'],
    ['(((((((((((((((((((((((a)))))))))))))))))))))))', 'nests deeper'],
    ['a'.repeat(513), 'longer than 512'],
  ])('%j is refused: %s', (source, why) => {
    expect(problemOf(source)).toContain(why);
  });

  // With the language's engine each of these takes longer than the universe is old.
  it.each(['(a+)+b', '(a*)*b', '(a|aa)*b', '(a|a)*b', '((a{1,9}){1,9}){0,9}b', '(.*)*(.*)*b'])(
    '%j answers on a hostile text',
    (source) => {
      expect(matches(source, 'a'.repeat(512))).toBe(false);
      expect(matches(source, `${'a'.repeat(60)}b`)).toBe(true);
    },
  );

  it('says what the engine of the language says', () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '\\w', '7', '\\.', '\\S');
    const times = fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}', '{0,}', '*?', '+?');
    const { expression } = fc.letrec<{ expression: string; term: string }>((tie) => ({
      term: fc.oneof(
        { maxDepth: 2 },
        fc.tuple(atom, times).map(([one, many]) => one + many),
        fc.tuple(tie('expression'), times).map(([inner, many]) => `(${inner})${many}`),
      ),
      expression: fc
        .array(fc.array(tie('term'), { maxLength: 3 }), { minLength: 1, maxLength: 3 })
        .map((options) => options.map((terms) => terms.join('')).join('|')),
    }));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '7', '.', ' '), maxLength: 6 });
    fc.assert(
      fc.property(expression, text, fc.boolean(), (source, subject, anchored) => {
        // Only the language's engine needs this bound: it retraces its steps in repeated repeats.
        const unbounded = source.match(/[*+]|,\}/g) ?? [];
        fc.pre(source.length < 400 && unbounded.length <= 4);
        const whole = anchored ? `^(?:${source})$` : source;
        const reading = compilePattern(whole);
        fc.pre(reading.ok || !reading.problem.includes('states'));
        expect(reading.ok && reading.pattern.matches(subject)).toBe(
          new RegExp(`^(?:${source})$`, 'u').test(subject),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('never throws, whatever the expression', () => {
    const signs = fc.constantFrom(...'ab(|)[]{}*+?^$.\\-,0123:=!<i'.split(''));
    const anything = fc.oneof(fc.string({ unit: signs, maxLength: 40 }), fc.string());
    fc.assert(
      fc.property(anything, fc.string(), (source, text) => {
        const reading = compilePattern(source);
        if (reading.ok) expect(reading.pattern.matches(text)).toBeTypeOf('boolean');
        else expect(reading.problem).not.toBe('');
      }),
      { numRuns: 2_000 },
    );
  });
});
