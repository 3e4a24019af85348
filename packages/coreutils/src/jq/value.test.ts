import { expect, it } from 'vitest';

import { compareText } from './value.ts';

it('orders strings by code points, beyond the first 65536 too', () => {
  const words = ['a', 'b', 'ba', '\u{ffff}', '\u{10000}', '\u{10000}a', '\u{10001}'];
  expect(words.toReversed().toSorted(compareText)).toEqual(words);
});
