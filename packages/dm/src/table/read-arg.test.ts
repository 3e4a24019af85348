import { describe, expect, it } from 'vitest';

import { argsLeft, createArgSet, readArg, readArgGroup, shiftArg, shiftArgs } from './read-arg.ts';

const range = { min: 1, max: 50, error: 'out of range' };
const failure = { error: 'out of range', errno: 'EINVAL' };

const read = (...argv: string[]): unknown => readArg(createArgSet(argv), range);
const group = (...argv: string[]): unknown => readArgGroup(createArgSet(argv), range);

describe('readArg', () => {
  it('refuses a missing word, signs, fractions, suffixes and values out of range', () => {
    for (const word of ['+1', '-1', '1x', '1.0', 'x', '', '0', '51']) {
      expect(read(word)).toEqual(failure);
    }
    expect(read()).toEqual(failure);
  });

  it('takes leading zeros, and both bounds', () => {
    expect(read('007')).toBe(7);
    expect(read('1')).toBe(1);
    expect(read('50')).toBe(50);
  });

  it('wraps at 2^32 before it looks at the range', () => {
    expect(read('4294967297')).toBe(1);
    expect(read('4294967296')).toEqual(failure);
  });
});

describe('readArgGroup', () => {
  it('refuses a count larger than the number of words left', () => {
    expect(group('2', 'a')).toEqual(failure);
    expect(group('2', 'a', 'b')).toBe(2);
  });
});

describe('shiftArg', () => {
  it('gives the words in order, then nothing', () => {
    const args = createArgSet(['a', 'b', 'c']);
    expect(shiftArg(args)).toBe('a');
    expect(argsLeft(args)).toBe(2);
    expect(shiftArgs(args, 2)).toEqual(['b', 'c']);
    expect(shiftArg(args)).toBeNull();
  });
});
