// printf.test.ts — Every digit that is printed is exact, ties go to even.
import { expect, it } from 'vitest';

import { formatFloat, formatInteger, formatString } from './printf.ts';
import { strtod, strtoimax, strtold } from './strtod.ts';

const parts = (format: string) => {
  const [, flags = '', width = '', precision, letter = ''] =
    /^%([-+ #0]*)(\d*)(?:\.(\d*))?(.)$/.exec(format) ?? [];
  return {
    flags,
    width: Number(width),
    precision: precision === undefined ? -1 : Number(precision),
    letter,
  };
};

const float = (format: string, value: number): string => formatFloat(value, parts(format));

it.each([
  ['%.1f', 0.25, '0.2'],
  ['%.0f', 2.5, '2'],
  ['%.0f', 12.5, '12'],
  ['%.0f', 3.5, '4'],
  ['%.2f', 0.125, '0.12'],
  ['%.2f', 1.005, '1.00'],
  ['%g', 36614.25, '36614.2'],
  ['%.3e', 9.9995, '9.999e+00'],
  ['%.25f', 0.1, '0.1000000000000000055511151'],
  ['%.0f', 1e22, '10000000000000000000000'],
  ['%g', 5e-324, '4.94066e-324'],
  ['%#.0e', 1e21, '1.e+21'],
  ['%#g', 999999.5, '1.e+06'],
  ['%#.3g', 9999, '1.00e+04'],
  ['%010.2f', -1.5, '-000001.50'],
  ['%010f', -Infinity, '      -inf'],
  ['%G', NaN, 'NAN'],
  ['%f', -0, '-0.000000'],
])('prints with %s %d as %s', (format, value, text) => {
  expect(float(format, value)).toBe(text);
});

it.each([
  ['%#.7o', 87n, '0000127'],
  ['%#o', 8n, '010'],
  ['%#x', 0n, '0'],
  ['%#10X', 255n, '      0XFF'],
  ['%+.3d', 5n, '+005'],
  ['%05d', -42n, '-0042'],
  ['%05.1d', -42n, '  -42'],
  ['%.0d', 0n, ''],
  ['%u', -1n, '18446744073709551615'],
])('prints with %s %d as %s', (format, value, text) => {
  expect(formatInteger(value, parts(format))).toBe(text);
});

it('cuts and pads text', () => {
  expect(formatString('abc', parts('%-5.2s'))).toBe('ab   ');
});

it.each([
  ['1.5e3x', 1500, 5],
  [' -0x1.8p1', -3, 9],
  ['inf', Infinity, 3],
  ['1e400', Infinity, 5],
  ['.e1', 0, 0],
  ['4.9e-324', 5e-324, 8],
  ['0.1', 0.1, 3],
])('reads %j as %d', (text, value, length) => {
  expect(strtod(text)).toMatchObject({ value, length });
});

it('reads a long double, which has more digits', () => {
  expect(formatFloat(strtold('1.005').value, parts('%.33f'))).toBe(
    '1.004999999999999999995663191310058',
  );
});

it.each([
  ['010', 8n, false],
  ['0x1f', 31n, false],
  ['-9223372036854775809', -9223372036854775808n, true],
])('reads the whole number %s', (text, value, outOfRange) => {
  expect(strtoimax(text)).toMatchObject({ value, length: text.length, outOfRange });
});
