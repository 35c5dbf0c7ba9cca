// The XML of banks as they write it, and what no bank writes.

import { expect, test } from 'vitest';
import { readXml } from './xmlReader.ts';

const read = (text: string) => readXml(Buffer.from(text));
const problemOf = (text: string) => {
  const reading = read(text);
  return reading.ok ? undefined : reading.problem;
};

test('a file of one long line is read in a moment, and its faults have their line', () => {
  const many = '<a>1</a>'.repeat(400_000);
  const began = performance.now();
  const reading = read(`<r>${many}</r>`);
  expect(reading.ok && reading.root.children.length).toBe(400_000);
  // It took 15 s where each element looked for the end of its line.
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(problemOf('<r>\n<a>\n</b></r>')).toBe('line 3: an end that closes nothing; open is a');
});

test('declarations stand in either kind of quotes', () => {
  for (const declaration of [
    `<?xml version='1.0' encoding='utf-8'?>`,
    '<?xml version = "1.0" encoding="UTF-8" standalone="yes" ?>',
  ]) {
    expect(read(`${declaration}<r/>`)).toMatchObject({ ok: true, root: { name: 'r' } });
  }
  expect(problemOf(`<?xml version='1.0' encoding='latin1'?><r/>`)).toMatch('encoding latin1');
  expect(problemOf(`<?xml version='1.0" encoding="UTF-8"?><r/>`)).toMatch('declaration');
});

test('what is too much is refused and says so', () => {
  expect(problemOf(`<r>${'<a/>'.repeat(500_000)}</r>`)).toMatch('more than 500000 elements');
  const attributes = Array.from({ length: 300_000 }, (_, index) => ` a${index}=""`).join('');
  expect(problemOf(`<r${attributes}/>`)).toMatch('more than 32 attributes');
  expect(problemOf(`<r a="1" a="2"/>`)).toMatch('a twice');
  const reading = readXml(Buffer.from([0x3c, 0x72, 0x2f, 0x3e, 0xff]));
  expect(reading).toEqual({ ok: false, problem: 'not UTF-8' });
});
