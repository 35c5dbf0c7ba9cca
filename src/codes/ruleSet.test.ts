// The rules engine: each method and pattern of protocol.md §6.4, the winner among many, safe
// addresses, and rules that are refused before they can do harm.

import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CodeRule, compileValue, versionOf } from './codeRule.ts';
import { withCrc, writeField } from './emvco.ts';
import { presetRules } from './presetRules.ts';
import { readCodeRules, readRuleMessages, writeRuleMessage } from './readCodeRules.ts';
import { urlOf } from './ruleAction.ts';
import { compileRules, matchRule, type RuleSet } from './ruleSet.ts';

type Parts = Partial<CodeRule> & Pick<CodeRule, 'codeMatchPattern'>;

function rule(parts: Parts): CodeRule {
  return {
    id: 'one',
    postCodeMatchAction: { postCodeMatchActionType: 'DECODE' },
    trusted: true,
    whose: 'own_code',
    issuer: { id: 'A&B', en: 'A', zh: 'A' },
    wallets: 'all',
    ...parts,
  };
}

function setOf(...rules: readonly CodeRule[]): RuleSet {
  const reading = compileRules(rules);
  if (!reading.ok) throw new Error(reading.problem);
  return reading.set;
}

function problemOf(...rules: readonly CodeRule[]): string {
  const reading = compileRules(rules);
  return reading.ok ? '' : reading.problem;
}

const emv = (parts: Omit<Parts, 'codeMatchPattern'> & { rules?: object[] }) => {
  const { rules, ...rest } = parts;
  const codeMatchPattern = {
    matchMethod: 'EMVCO',
    ...(rules === undefined ? {} : { emvMatchRules: rules }),
  } as CodeRule['codeMatchPattern'];
  return rule({ ...rest, codeMatchPattern });
};

const inner = (...pairs: readonly (readonly [string, string])[]) =>
  pairs.map(([tag, value]) => writeField(tag, value)).join('');
const code = withCrc(
  inner(
    ['00', '01'],
    ['01', '12'],
    ['15', '2600041026000000'],
    ['26', inner(['00', 'SG.PAYNOW'], ['01', '2'], ['03', 'https://pay.shop.example/x'])],
    ['27', inner(['00', 'com.alipay'], ['01', '0'])],
    ['52', '5812'],
    ['53', '702'],
    ['54', '12.00'],
    ['58', 'SG'],
    ['59', 'NOODLES'],
    ['60', 'SINGAPORE'],
    ['62', inner(['05', 'REF1'], ['50', inner(['00', 'x'], ['01', 'deep'])])],
    ['80', inner(['00', 'org.loyalty'])],
  ),
);

describe('matching', () => {
  const tag = (extendedMerchantTag: string, extendedMerchantValue: string) => ({
    isPrimitiveMerchant: false,
    extendedMerchantTag,
    extendedMerchantValue,
  });
  const card = (primitiveMerchantTag: string) => ({
    isPrimitiveMerchant: true,
    primitiveMerchantTag,
  });

  it.each([
    ['a template’s field', { rules: [tag('00', 'SG.PAYNOW')] }, true],
    ['letters count', { rules: [tag('00', 'sg.paynow')] }, false],
    ['an unreserved template', { rules: [tag('00', 'org.loyalty')] }, true],
    ['any of the rules', { rules: [tag('00', 'nobody'), card('15')] }, true],
    ['a card network', { rules: [card('16')] }, false],
    [
      'all restrictions in one template',
      { emvPattern: { merchantMaiRestrictions: { '00': 'SG.PAYNOW', '01': '2' } } },
      true,
    ],
    [
      'not spread over two templates',
      { emvPattern: { merchantMaiRestrictions: { '00': 'SG.PAYNOW', '01': '0' } } },
      false,
    ],
    [
      'rule and restriction',
      {
        rules: [tag('00', 'com.alipay')],
        emvPattern: { merchantMaiRestrictions: { '01': '9' } },
      },
      false,
    ],
    ['the country', { emvPattern: { countryCode: 'SG' } }, true],
    ['an amount', { emvPattern: { transactionAmount: 'N<NOT_NULL>' } }, true],
    ['no amount', { emvPattern: { transactionAmount: 'N<NULL>' } }, false],
    ['no postal code', { emvPattern: { postalCode: 'N<NULL>' } }, true],
    ['a beginning', { emvPattern: { merchantName: 'S<NOOD>' } }, true],
    ['a part', { emvPattern: { merchantCity: 'C<GAP>' } }, true],
    ['an expression', { emvPattern: { merchantCategoryCode: 'R<58\\d\\d>' } }, true],
    ['of the whole value', { emvPattern: { merchantCategoryCode: 'R<58>' } }, false],
    ['a tag by its path', { emvPattern: { exactTags: { '62.05': 'REF1' } } }, true],
    ['three levels down', { emvPattern: { exactTags: { '62.50.01': 'deep' } } }, true],
    ['a path that is absent', { emvPattern: { exactTags: { '62.09.01': 'N<NULL>' } } }, true],
    [
      'one of several does not hold',
      { emvPattern: { countryCode: 'SG', transactionCurrency: '458' } },
      false,
    ],
  ])('%s', (_what, parts, expected) => {
    expect(matchRule(setOf(emv(parts)), code) !== undefined).toBe(expected);
  });

  it('tries EMVCO only with the right checksum', () => {
    const set = setOf(emv({ emvPattern: { countryCode: 'SG' } }));
    expect(matchRule(set, `${code.slice(0, -4)}0000`)).toBeUndefined();
    expect(matchRule(set, 'SG')).toBeUndefined();
  });

  it('compares the scheme and host of an address in any case, the path as it is', () => {
    const prefix = 'https://shop.example/Pay/';
    const set = setOf(rule({ codeMatchPattern: { matchMethod: 'PREFIX', prefix } }));
    expect(matchRule(set, 'HTTPS://SHOP.EXAMPLE/Pay/1')).toBeDefined();
    expect(matchRule(set, 'https://shop.example/pay/1')).toBeUndefined();
  });

  it('the highest priority of all that match wins, whatever the order', () => {
    const one = fc.record({ prefix: fc.constantFrom('a', 'ab', 'b', 'abc'), priority: fc.nat(9) });
    fc.assert(
      fc.property(
        fc.array(one, { maxLength: 12 }),
        fc.constantFrom('abc', 'abd', 'b', 'c'),
        (parts, text) => {
          const rules = parts.map((part, index) =>
            rule({ id: `r${index}`, codeMatchPattern: { matchMethod: 'PREFIX', ...part } }),
          );
          const matching = parts
            .map((part, index) => ({ ...part, index }))
            .filter(({ prefix }) => text.startsWith(prefix));
          const best = Math.max(...matching.map(({ priority }) => priority));
          const expected = matching.find(({ priority }) => priority === best);
          const found = matchRule(setOf(...rules), text);
          expect(found?.rule.id).toBe(expected === undefined ? undefined : `r${expected.index}`);
        },
      ),
    );
  });
});

describe('a value pattern', () => {
  it('means the same as its words', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 4 }), fc.string({ maxLength: 8 }), (part, value) => {
        const holds = (source: string, subject: string | undefined) => {
          const reading = compileValue(source);
          return reading.ok && reading.value.holds(subject);
        };
        expect(holds(`S<${part}>`, value)).toBe(value.startsWith(part));
        expect(holds(`C<${part}>`, value)).toBe(value.includes(part));
        expect(holds('N<NULL>', value)).toBe(false);
        expect(holds('N<NOT_NULL>', value)).toBe(true);
        expect(holds('N<NULL>', undefined)).toBe(true);
        for (const source of [`S<${part}>`, `C<>`, 'N<NOT_NULL>', 'R<.*>', part]) {
          expect(holds(source, undefined)).toBe(false);
        }
      }),
    );
  });
});

describe('an address', () => {
  const opens = (
    action: Omit<CodeRule['postCodeMatchAction'], 'postCodeMatchActionType'>,
    more: Parts,
  ) => rule({ ...more, postCodeMatchAction: { postCodeMatchActionType: 'OPEN_URL', ...action } });
  const prefixOf = (prefix: string): Parts => ({
    codeMatchPattern: { matchMethod: 'PREFIX', prefix },
  });
  function open(set: RuleSet, text: string): string | null {
    const match = matchRule(set, text);
    return match === undefined ? null : urlOf(set, match, text);
  }

  it('is the code itself', () => {
    const set = setOf(
      opens({ urlConstructionMethod: 'USE_DIRECTLY' }, prefixOf('https://shop.example/')),
    );
    expect(open(set, 'HTTPS://shop.example/a?b=1')).toBe('https://shop.example/a?b=1');
    expect(open(set, `https://shop.example/${'x'.repeat(2_100)}`)).toBeNull();
  });

  it('holds the code as one encoded value, whatever stands in it', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the marks of the protocol
    const dynamicUrlExpression = 'https://page.example/push?i=${issuer}&c=${codeValue}&q=1';
    const set = setOf(
      opens(
        { urlConstructionMethod: 'CONSTRUCT_DYNAMIC_URL', dynamicUrlExpression },
        prefixOf('x'),
      ),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (tail) => {
        const url = new URL(open(set, `x${tail}`) ?? '');
        expect(url.host).toBe('page.example');
        expect([...url.searchParams.keys()]).toEqual(['i', 'c', 'q']);
        expect(url.searchParams.get('i')).toBe('A&B');
        expect(url.searchParams.get('c')).toBe(`x${tail}`.toWellFormed());
      }),
    );
  });

  it('stands in a merchant code, and is opened only on a registered host', () => {
    const extract = (emvUrlTag: string) =>
      opens(
        { urlConstructionMethod: 'EXTRACT_URL_FROM_EMVCODE', emvUrlTag },
        emv({ emvPattern: { merchantMaiRestrictions: { '00': 'SG.PAYNOW' } } }),
      );
    const registered = opens(
      { urlConstructionMethod: 'USE_DIRECTLY' },
      { ...prefixOf('https://pay.shop.example/'), id: 'two' },
    );
    expect(open(setOf(extract('merchantTag.03'), registered), code)).toBe(
      'https://pay.shop.example/x',
    );
    expect(open(setOf(extract('26.03'), registered), code)).toBe('https://pay.shop.example/x');
    expect(open(setOf(extract('merchantTag.03')), code)).toBeNull();
    expect(open(setOf(extract('merchantTag.09'), registered), code)).toBeNull();
    expect(open(setOf(extract('62.05'), registered), code)).toBeNull();
  });

  it.each([
    ['no method', {}, 'without urlConstructionMethod'],
    [
      'a host from the code',
      {
        urlConstructionMethod: 'CONSTRUCT_DYNAMIC_URL',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the marks of the protocol
        dynamicUrlExpression: 'https://${codeValue}/',
      },
      'no HTTPS address',
    ],
    [
      'no HTTPS',
      { urlConstructionMethod: 'CONSTRUCT_DYNAMIC_URL', dynamicUrlExpression: 'http://a.example/' },
      'no HTTPS address',
    ],
    [
      'an unknown mark',
      {
        urlConstructionMethod: 'CONSTRUCT_DYNAMIC_URL',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: not one of the marks
        dynamicUrlExpression: 'https://a.example/${pin}',
      },
      'unknown mark',
    ],
    [
      'nothing to extract from',
      { urlConstructionMethod: 'EXTRACT_URL_FROM_EMVCODE', emvUrlTag: '26.01' },
      'only a merchant code',
    ],
  ] as const)('is refused with %s', (_what, action, why) => {
    expect(problemOf(opens(action, prefixOf('x')))).toContain(why);
  });
});

describe('rules that are refused', () => {
  it.each([
    ['no pattern', rule({ codeMatchPattern: { matchMethod: 'REGEX' } }), 'no pattern for REGEX'],
    [
      'two patterns',
      rule({ codeMatchPattern: { matchMethod: 'REGEX', regex: 'a', prefix: 'b' } }),
      'beside REGEX',
    ],
    [
      'an address whose host is open',
      rule({ codeMatchPattern: { matchMethod: 'PREFIX', prefix: 'https://shop.example' } }),
      'whole host',
    ],
    [
      'a plain address',
      rule({ codeMatchPattern: { matchMethod: 'PREFIX', prefix: 'http://shop.example/' } }),
      'whole host',
    ],
    [
      'an expression that looks around',
      rule({ codeMatchPattern: { matchMethod: 'REGEX', regex: '(?=a)' } }),
      'looks around',
    ],
    ['a tag of no card network', emv({ rules: [{ isPrimitiveMerchant: true }] }), '02 to 25'],
    ['an account of nothing', emv({ rules: [{ isPrimitiveMerchant: false }] }), 'neither'],
    ['a broken path', emv({ emvPattern: { exactTags: { '6205': 'x' } } }), 'exactTags'],
    ['a broken word', emv({ emvPattern: { countryCode: 'N<SOMETIMES>' } }), 'neither N<NULL>'],
  ])('%s', (_what, bad, why) => {
    expect(problemOf(bad)).toContain(`rule one: `);
    expect(problemOf(bad)).toContain(why);
  });

  it('too many, too heavy together, or with one id', () => {
    const many = (count: number, regex: string) =>
      Array.from({ length: count }, (_, index) =>
        rule({ id: `r${index}`, codeMatchPattern: { matchMethod: 'REGEX', regex } }),
      );
    expect(problemOf(...many(501, 'a'))).toContain('over 500 rules');
    expect(problemOf(...many(41, '.{500}'))).toContain('over 20000 states');
    expect(problemOf(...many(1, 'a'), ...many(1, 'b'))).toContain('the id of another');
  });

  it('the heaviest set that is allowed answers the longest code', () => {
    const heavy = Array.from({ length: 20 }, (_, index) =>
      rule({
        id: `r${index}`,
        codeMatchPattern: { matchMethod: 'REGEX', regex: '((a|aa)*.{0,240})+b' },
      }),
    );
    expect(matchRule(setOf(...heavy), 'a'.repeat(512))).toBeUndefined();
  });
});

describe('as text', () => {
  const file = new URL('./data/codeRules.json', import.meta.url);

  it('the project’s own file fits its schema, and every rule has a source', () => {
    const reading = readCodeRules(readFileSync(file, 'utf8'));
    if (!reading.ok) throw new Error(reading.problem);
    expect(reading.rules).toEqual(presetRules);
    expect(reading.rules.filter(({ source }) => source === undefined)).toEqual([]);
  });

  it('a rule survives the wire, without its source', () => {
    const reading = readRuleMessages(JSON.parse(JSON.stringify(presetRules.map(writeRuleMessage))));
    if (!reading.ok) throw new Error(reading.problem);
    const sent = presetRules.map(({ source: _note, ...rest }) => rest);
    expect(reading.rules).toEqual(sent);
  });

  it.each([
    ['{', 'not valid JSON'],
    ['[]', 'it: '],
    ['{"rules":[{"id":"x"}]}', 'rules.0.'],
    [JSON.stringify({ rules: [{ ...presetRules[0], colour: 'red' }] }), 'colour'],
    [JSON.stringify({ rules: [presetRules[0], presetRules[0]] }), 'the id of another'],
    ['x'.repeat(1_000_001), 'longer than'],
  ])('%# is refused', (text, why) => {
    const reading = readCodeRules(text);
    expect(reading.ok ? '' : reading.problem).toContain(why);
  });

  it.each([
    [[{}], 'rule 0: codeMatchPattern'],
    [[null], 'rule 0: '],
    [[{ ...writeRuleMessage(presetRules[0] as CodeRule), extendInfo: '{' }], 'extendInfo'],
    [[{ ...writeRuleMessage(presetRules[0] as CodeRule), extendInfo: '1' }], 'rule 0: '],
  ])('a message %# is refused', (messages, why) => {
    const reading = readRuleMessages(messages);
    expect(reading.ok ? '' : reading.problem).toContain(why);
  });

  it('the version has at most 16 characters and changes with what wallets get', () => {
    const version = versionOf(presetRules);
    expect(version).toMatch(/^w_[0-9a-z]{13}$/);
    const [first, ...rest] = presetRules as readonly [CodeRule, ...CodeRule[]];
    expect(versionOf([first, ...rest])).toBe(version);
    expect(versionOf([{ ...first, source: 'another note' }, ...rest])).toBe(version);
    expect(versionOf([{ ...first, wallets: [] }, ...rest])).not.toBe(version);
    expect(versionOf(rest)).not.toBe(version);
  });
});
