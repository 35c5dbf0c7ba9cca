// Keys that are made can be read again, every one of them.

import ssh2 from 'ssh2';
import { expect, test } from 'vitest';
import { makeKeyPair } from './keyStore.ts';

test('of 1,500 pairs every half can be read', () => {
  for (let made = 0; made < 1_500; made++) {
    const pair = makeKeyPair();
    const [open, secret] = [pair.public, pair.private].map((text) => ssh2.utils.parseKey(text));
    expect(open).not.toBeInstanceOf(Error);
    expect(secret).not.toBeInstanceOf(Error);
  }
});
