// Files of a dispute in one archive: whoever wrote their names leads nobody astray.

import { expect, test } from 'vitest';
import { archiveOf } from './archive.ts';

const file = (fileName: string) => ({
  fileName,
  contentType: 'text/plain',
  fileHash: '',
  contentBase64: Buffer.from('x').toString('base64'),
});

test('names neither leave the folder nor turn the direction of writing', () => {
  const text = archiveOf([file('../a\\b:c?.txt'), file('invoice\u202efdp.exe')]).toString('utf8');
  expect(text).toContain('1-.._a_b_c_.txt');
  expect(text).toContain('2-invoice_fdp.exe');
  expect(text).not.toContain('\u202e');
});
