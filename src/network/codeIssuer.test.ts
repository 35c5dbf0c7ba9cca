// Which wallet's codes begin with what: a number names one wallet, and the network keeps some.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreedIssuer, type CodeIssuer, ciiOf, isReservedNumber } from './codeIssuer.ts';

const nobody = new Map<string, string>();

describe('what the codes of a wallet begin with', () => {
  it('is 28, 1 and the lowest number that nobody has, where nothing is said', () => {
    const issuer = agreedIssuer('TNG', {}, undefined, new Map([['001', 'HIPAY']]));
    expect(ciiOf(issuer)).toBe('281002');
  });

  it('is what is said, and stays where nothing is', () => {
    const known: CodeIssuer = { prefix: 30, agreement: 2, routingNumber: '101' };
    const given = new Map([['101', 'TNG']]);
    expect(agreedIssuer('TNG', {}, known, given)).toEqual(known);
    expect(agreedIssuer('TNG', { prefix: 25 }, known, given)).toEqual({ ...known, prefix: 25 });
    const moved = agreedIssuer('TNG', { routingNumber: '102' }, known, given);
    expect(ciiOf(moved)).toBe('302102');
  });

  it.each([
    ['another wallet’s', '101', /101 is that of HIPAY/],
    ['the network’s', '808', /808 is kept by the network/],
    ['that of order codes', '666', /666 is kept/],
    ['nobody’s', '000', /000 is kept/],
  ])('is never a number that is %s', (_, routingNumber, says) => {
    const given = new Map([['101', 'HIPAY']]);
    expect(() => agreedIssuer('TNG', { routingNumber }, undefined, given)).toThrow(says);
  });

  it('is different for every wallet, until no number is left', () => {
    const given = new Map<string, string>();
    const next = (id: string) => agreedIssuer(id, {}, undefined, given).routingNumber;
    for (let wallet = 0; wallet < 898; wallet++) {
      const number = next(`W${wallet}`);
      expect(given.has(number) || isReservedNumber(number)).toBe(false);
      given.set(number, `W${wallet}`);
    }
    expect(() => next('ONE_MORE')).toThrow(/none is left/);
  });

  it('has six digits that begin with 25 to 30', () => {
    const prefix = fc.integer({ min: 25, max: 30 });
    const agreement = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(fc.record({ prefix, agreement }, { requiredKeys: [] }), (asked) => {
        expect(ciiOf(agreedIssuer('W', asked, undefined, nobody))).toMatch(/^(2[5-9]|30)\d{4}$/);
      }),
    );
  });
});
