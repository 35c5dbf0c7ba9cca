// Typing an amount: every sequence of keys leaves either nothing or an exact number of fen.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Key, keyOf, press, typedAmount } from './keypad.ts';

function type(...keys: Key[]): string {
  return keys.reduce(press, '');
}

describe('the keypad', () => {
  it.each([
    [['1', '2', '0'], '120', 12000n],
    [['3', '8', '.', '5'], '38.5', 3850n],
    [['0', '.', '0', '1'], '0.01', 1n],
    [['.', '9'], '0.9', 90n],
    [['0', '0', '7'], '7', 700n],
    [['5', '00'], '500', 50000n],
    [['1', '.', '2', '3', '4'], '1.23', 123n],
    [['1', '.', '.', '5'], '1.5', 150n],
    [['1', '2', 'erase'], '1', 100n],
    [['6', '.'], '6.', 600n],
  ] as const)('%j shows %s', (keys, text, fen) => {
    expect(type(...keys)).toBe(text);
    expect(typedAmount(text)?.minor).toBe(fen);
  });

  it('has no amount before a digit and at zero', () => {
    expect(typedAmount('')).toBeUndefined();
    expect(typedAmount(type('0', '.', '0'))).toBeUndefined();
  });

  it('never leaves a text that is no amount', () => {
    const keys: Key[] = ['0', '1', '2', '5', '9', '00', '.', 'erase'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...keys), { maxLength: 20 }), (pressed) => {
        const text = pressed.reduce(press, '');
        return text === '' || /^(0|[1-9][0-9]{0,6})(\.[0-9]{0,2})?$/.test(text);
      }),
    );
  });

  it('knows the keys of a keyboard', () => {
    expect(keyOf('7')).toBe('7');
    expect(keyOf(',')).toBe('.');
    expect(keyOf('Backspace')).toBe('erase');
    expect(keyOf('a')).toBeUndefined();
  });
});
