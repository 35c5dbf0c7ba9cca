// The bars are those of the standard: fixed lengths, a known check value, nothing for other text.
import { describe, expect, it } from 'vitest';
import { barcodePath, checkValue, code128Widths } from './code128.ts';

describe('code 128, set C', () => {
  it('has a start, a symbol a pair, a check symbol and a stop', () => {
    const widths = code128Widths('281006020000000000125733');
    expect(widths).toBeDefined();
    const modules = (widths ?? []).reduce((sum, width) => sum + width, 0);
    expect(modules).toBe(11 + 12 * 11 + 11 + 13);
    expect((widths ?? []).length % 2).toBe(1);
  });

  it('gives each symbol three bars, three spaces and eleven modules', () => {
    for (let pair = 0; pair < 100; pair += 1) {
      const symbol = (code128Widths(String(pair).padStart(2, '0')) ?? []).slice(6, 12);
      expect(symbol.reduce((sum, width) => sum + width, 0)).toBe(11);
    }
  });

  it('computes the check value: 105 + 1×12 + 2×34 + 3×56 is 353, which leaves 44', () => {
    expect(checkValue([12, 34, 56])).toBe(44);
  });

  it('draws nothing for an odd number of digits or for letters', () => {
    expect(code128Widths('123')).toBeUndefined();
    expect(code128Widths('12A4')).toBeUndefined();
    expect(barcodePath('', 10)).toBeUndefined();
  });

  it('draws every bar once', () => {
    expect(barcodePath('12', 10)?.path.match(/M/g)).toHaveLength(3 + 3 + 3 + 4);
  });
});
