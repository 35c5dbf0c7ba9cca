// One read for all who ask at the same time, however long it takes.

import { expect, test } from 'vitest';
import { shared } from './shared.ts';

test('a read that takes long is not begun again by those who ask meanwhile', async () => {
  let now = 0;
  const under: { resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
  const read = shared(
    10,
    () => new Promise<string>((resolve, reject) => under.push({ resolve, reject })),
    () => now,
  );
  const first = read('today');
  now = 60;
  const second = read('today');
  expect(under).toHaveLength(1);
  under[0]?.resolve('one');
  expect(await Promise.all([first, second])).toEqual(['one', 'one']);
  now = 70;
  expect(await read('today')).toBe('one');
  now = 71;
  const third = read('today');
  expect(under).toHaveLength(2);
  under[1]?.reject(new Error('no database'));
  await expect(third).rejects.toThrow('no database');
  const fourth = read('today');
  under[2]?.resolve('two');
  expect(await fourth).toBe('two');
});
