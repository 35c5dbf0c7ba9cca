// Both languages say the same things: the same keys, the same places for values, nothing left
// empty.
import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { zh } from './zh.ts';

function flat(words: object, prefix = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === 'string') all.set(prefix + key, value);
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) all.set(inner, text);
  }
  return all;
}

const places = (text: string | undefined) => (text?.match(/\{\{\w+\}\}/g) ?? []).sort();

describe('the languages', () => {
  const english = flat(en);
  const chinese = flat(zh);

  it('have the same keys', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('put the same values into their texts', () => {
    for (const [key, text] of english) {
      expect(places(chinese.get(key)), key).toEqual(places(text));
    }
  });

  it('leave no text empty, and none in English', () => {
    const names = new Set(['journey.wayfare.name', 'payment.toHub', 'payment.fromHub']);
    for (const [key, text] of chinese) {
      expect(english.get(key), key).not.toBe('');
      if (!names.has(key)) expect(text, key).toMatch(/\p{Script=Han}/u);
    }
  });
});
