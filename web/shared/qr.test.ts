// The path of a QR code covers exactly its dark modules.
import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import { qrPath } from './qr.ts';

describe('a QR code as a path', () => {
  it('covers as many modules as the code has dark ones', () => {
    const text = '281006020000000000125733';
    const dark = encode(text, { ecc: 'M', border: 2 }).data.flat().filter(Boolean).length;
    const { path } = qrPath(text);
    const covered = [...path.matchAll(/h(\d+)v1/g)].reduce((sum, run) => sum + Number(run[1]), 0);
    expect(covered).toBe(dark);
  });

  it('keeps the quiet zone', () => {
    const { path } = qrPath('https://example.test/o/1', 4);
    for (const [, x, y] of path.matchAll(/M(\d+) (\d+)/g)) {
      expect(Number(x)).toBeGreaterThanOrEqual(4);
      expect(Number(y)).toBeGreaterThanOrEqual(4);
    }
  });
});
