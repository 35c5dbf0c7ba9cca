// Consumer-presented codes: the vectors object for object, and broken bytes refused.

import { existsSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DataObject, looksLikeConsumerCode, readConsumerCode } from './consumerCode.ts';

interface Vector {
  readonly payload: string;
  readonly source: string;
  readonly valid: boolean;
  readonly tlv: readonly DataObject[];
}

// Third-party data: read where it lies, never copied into the repository.
const VECTORS = new URL('../../../shared/data/emv-cpm-vectors.json', import.meta.url);
const present = existsSync(VECTORS);
const vectors: readonly Vector[] = present ? JSON.parse(readFileSync(VECTORS, 'utf8')) : [];

describe.skipIf(!present)(
  `the consumer-presented vectors${present ? '' : ' (skipped: ../shared/data is absent)'}`,
  () => {
    it.each(vectors.map((vector) => [vector.source, vector] as const))('%s', (_source, vector) => {
      const code = readConsumerCode(vector.payload);
      expect(looksLikeConsumerCode(vector.payload)).toBe(true);
      expect(code.problems).toEqual([]);
      expect(code.valid).toBe(vector.valid);
      expect(code.tlv).toEqual(vector.tlv);
    });

    it('are four, of the applications that they say', () => {
      const applications = vectors.map((vector) => readConsumerCode(vector.payload).applications);
      expect(applications.map((each) => each.map(({ label, scheme }) => label ?? scheme))).toEqual([
        [null],
        ['Product1', 'Product2'],
        ['UnionPay'],
        ['DuitNow'],
      ]);
    });
  },
);

/** The base64 of bytes written in hexadecimal. */
function base64(hex: string): string {
  return Buffer.from(hex.replaceAll(' ', ''), 'hex').toString('base64');
}

const HEAD = '85 05 43 50 56 30 31';

describe('readConsumerCode', () => {
  it('reads long lengths and two-byte tags', () => {
    for (const wrong of ['08', '0A']) {
      const code = readConsumerCode(base64(`${HEAD} 61 81 ${wrong} 4F 03 A0 00 03 9F 10 01 AB`));
      expect(code.problems.map((each) => each.code)).toEqual(['ber_broken']);
    }
    const exact = readConsumerCode(base64(`${HEAD} 61 81 09 4F 03 A0 00 03 9F 10 01 AB`));
    expect(exact.valid).toBe(true);
    expect(exact.tlv[1]).toEqual({
      tag: '61',
      value: [
        { tag: '4F', value: 'A00003' },
        { tag: '9F10', value: 'AB' },
      ],
    });
  });

  it.each([
    ['not base64 at all!', ['not_base64']],
    ['', ['not_base64']],
    ['hQVDUFYwM', ['not_base64']],
    [base64('85 05 43 50 56 30'), ['ber_broken']],
    [base64('85'), ['ber_broken']],
    [base64(`${HEAD} 9F`), ['ber_broken']],
    [base64(`${HEAD} 9F 10`), ['ber_broken']],
    [base64(`${HEAD} 61 80 00 00`), ['ber_broken']],
    [base64(`${HEAD} 61 83 00 00 01 00`), ['ber_broken']],
    [base64(`${HEAD} 61 0A 61 08 61 06 61 04 61 02 61 00`), ['ber_broken']],
    [base64(HEAD), ['application_missing']],
    [base64(`${HEAD} 61 03 50 01 41`), ['application_missing']],
    [base64('61 05 4F 03 A0 00 03'), ['not_cpv01']],
    [base64('85 05 43 50 56 30 32 61 05 4F 03 A0 00 03'), ['not_cpv01']],
  ])('%# refuses %j', (text, problems) => {
    const code = readConsumerCode(text);
    expect(code.problems.map((each) => each.code)).toEqual(problems);
    expect(code.valid).toBe(false);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.boolean(), (tail, headed) => {
        const head = Buffer.from(headed ? HEAD.replaceAll(' ', '') : '', 'hex');
        const text = Buffer.concat([head, tail]).toString('base64');
        const code = readConsumerCode(text);
        expect(code.valid).toBe(code.problems.length === 0);
      }),
    );
  });
});
