// A printed code with a typed amount: valid, of that amount, unlike any other, else as printed.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { money } from '../money/money.ts';
import { identify } from './identify.ts';
import { readMerchantCode } from './merchantCode.ts';
import { account, schemes, shopCode } from './shops.fixture.ts';
import { withAmount } from './withAmount.ts';

const shop = {
  accounts: [account('26', ['00', 'A0000006150001'], ['01', '999001'], ['02', 'SHOP-1'])],
  country: 'MY',
  currency: '458',
  method: '11',
  more: [account('62', ['07', 'TILL-1'])],
} as const;
const printed = shopCode(shop);
const ringgit = (minor: bigint) => money('MYR', minor);

test('it is a code of this amount, and says all that was printed', () => {
  const { text } = withAmount(printed, ringgit(1_234n), 'A1');
  const code = readMerchantCode(text ?? '');
  expect(code).toMatchObject({ valid: true, strictEmvco: true, amount: '12.34' });
  expect(code).toMatchObject({ pointOfInitiation: 'dynamic', merchantName: 'NOODLES' });
  expect(code.accounts).toEqual(readMerchantCode(printed).accounts);
  expect(code.additionalData).toMatchObject({ terminalLabel: 'TILL-1' });
});

test('whose code it is stays the same; what needs an amount needs it no more', () => {
  const before = identify(printed, { walletId: 'TNG' });
  expect(before).toMatchObject({ needsAmount: true, isSupported: true, rule: { local: false } });
  const after = identify(withAmount(printed, ringgit(500n), 'A1').text ?? '', { walletId: 'TNG' });
  expect(after).toMatchObject({ needsAmount: false, rule: before.rule, issuer: before.issuer });
  expect(after.postCodeMatchActionType).toBe('DECODE');
});

test('two payments have two codes; the same payment has one', () => {
  const codeOf = (nonce: string) => withAmount(printed, ringgit(500n), nonce).text;
  expect(codeOf('A1')).not.toBe(codeOf('A2'));
  expect(codeOf('A1')).toBe(codeOf('A1'));
});

test.each([
  ['a damaged code', `${printed.slice(0, -4)}0000`, ringgit(500n)],
  ['another currency than the code’s', printed, money('SGD', 500n)],
  ['a code that has an amount', shopCode({ ...shop, method: '12', amount: '3.00' }), ringgit(5n)],
  ['no merchant code', 'https://shop.example', ringgit(500n)],
  [
    'a full tag 62',
    shopCode({ ...shop, more: [account('62', ['08', 'x'.repeat(80)])] }),
    ringgit(5n),
  ],
])('%s is not written', (_what, text, amount) => {
  const written = withAmount(text, amount, 'A1');
  expect(written.text).toBeNull();
  expect(written.problems.length).toBeGreaterThan(0);
});

test('any amount, nonce and scheme: the code can be read back', () => {
  const amounts = fc.bigInt({ min: 1n, max: 99_999_999n });
  const nonces = fc.stringMatching(/^[0-9]{1,25}$/);
  const shops = fc.constantFrom(...schemes.map(([, each]) => each));
  fc.assert(
    fc.property(amounts, nonces, shops, (minor, nonce, each) => {
      const { amount: _amount, ...rest } = each;
      const text = shopCode({ ...rest, method: '11' });
      const { currency } = readMerchantCode(text);
      const written = withAmount(text, money(currency ?? '', minor), nonce);
      const read = readMerchantCode(written.text ?? '');
      expect(read.valid).toBe(true);
      expect(read.amount?.replace('.', '').replace(/^0+/, '')).toBe(String(minor));
    }),
  );
});
