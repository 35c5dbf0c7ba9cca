// The line under the merchant's name does not repeat it.
import { expect, it } from 'vitest';
import { placeOf } from './place.ts';

it.each([
  ['Granny Lin', 'Granny Lin, Chunxi Road', 'Chengdu', 'Chunxi Road · Chengdu'],
  ['Granny Lin', 'Branch 2', null, 'Branch 2'],
  ['Granny Lin', 'Granny Lin', 'Chengdu', 'Chengdu'],
  ['Granny Lin', null, null, ''],
])('%s at %s in %s is %j', (merchantName, storeName, city, text) => {
  expect(placeOf({ merchantName, storeName, city })).toBe(text);
});
