import { describe, expect, it } from 'vitest';

import { addLong, compareLong, divideToNearest, fromDouble, scaleLong } from './long-double.ts';
import { formatFloat } from './printf.ts';
import { strtold } from './strtod.ts';

const long = (text: string): ReturnType<typeof fromDouble> => strtold(text).value;
const show = (value: ReturnType<typeof fromDouble>, precision = 25): string =>
  formatFloat(value, { flags: '', width: 0, precision, letter: 'f' });

describe('a long double', () => {
  it.each([
    [7n, 2n, 4n],
    [5n, 2n, 2n],
    [5n, 3n, 2n],
    [0n, 3n, 0n],
  ])('is divided to the nearest, ties to even: %d / %d', (a, b, quotient) => {
    expect(divideToNearest(a, b)).toBe(quotient);
  });

  it('is less than a double away from the decimal number that was written', () => {
    expect(show(long('0.1'))).toBe('0.1000000000000000000013553');
    expect(show(fromDouble(0.1))).toBe('0.1000000000000000055511151');
  });

  it('is rounded once when it is added to another or taken many times', () => {
    expect(show(scaleLong(long('0.1'), 3))).toBe('0.3000000000000000000108420');
    expect(show(addLong(long('1'), long('0.1')))).toBe('1.1000000000000000000216840');
    expect(show(addLong(long('18446744073709551615'), long('0.5')), 0)).toBe(
      '18446744073709551616',
    );
    expect(show(addLong(long('-0.5'), long('0.25')), 2)).toBe('-0.25');
  });

  it('stays infinite, with the sign of what it is taken by', () => {
    expect(addLong(long('inf'), long('-inf'))).toEqual(long('inf'));
    expect(addLong(long('1'), long('-inf'))).toEqual(long('-inf'));
    expect(scaleLong(long('inf'), -2)).toEqual(long('-inf'));
  });

  it.each([
    ['1', '2', -1],
    ['0x1p-16000', '0', 1],
    ['-1', '-2', 1],
    ['-0', '0', 0],
    ['-inf', '-1e4000', -1],
    ['inf', 'inf', 0],
  ])('is ordered exactly: %s and %s', (a, b, order) => {
    expect(compareLong(long(a), long(b))).toBe(order);
  });
});
