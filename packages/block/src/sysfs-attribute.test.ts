import { expect, it } from 'vitest';

import { INT, LONG, parseNumber, parseUnsigned, UINT, ULONG } from './sysfs-attribute.ts';

it.each([
  ['8\n', UINT, 8],
  ['+8', UINT, 8],
  ['010', UINT, 10],
  ['4294967295', UINT, 4_294_967_295],
  ['4294967296', UINT, 'ERANGE'],
  ['-1', UINT, 'EINVAL'],
  ['0x10', UINT, 'EINVAL'],
  [' 8', UINT, 'EINVAL'],
  ['8\n\n', UINT, 'EINVAL'],
  ['', UINT, 'EINVAL'],
  ['-2147483648', INT, -2_147_483_648],
  ['2147483648', INT, 'ERANGE'],
  ['-1', LONG, -1],
  ['99999999999999999999', LONG, 'ERANGE'],
  ['99999999999999999999', ULONG, 'ERANGE'],
] as const)('reads the decimal number %j in %j as %s', (text, range, value) => {
  expect(parseNumber(text, range)).toBe(value);
});

it.each([
  ['010', 8],
  ['0', 0],
  ['08', 'EINVAL'],
  ['0x1F\n', 31],
  ['-0x10', -16],
] as const)('reads %j in base 0 as %s', (text, value) => {
  expect(parseNumber(text, INT, 0)).toBe(value);
});

it('takes no number of more than 32 bits for a queue', () => {
  expect(['4294967295', '4294967296', 'x'].map(parseUnsigned)).toEqual([4_294_967_295, null, null]);
});
