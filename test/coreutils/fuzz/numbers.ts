// numbers.ts — Random numbers and conversions of printf.
import type { Random } from './random.ts';

const TIES = [
  '0.5',
  '1.5',
  '2.5',
  '0.25',
  '0.125',
  '12.5',
  '1e21',
  '1e22',
  '123456789.5',
  '0.045',
  '1.005',
  '0',
  '-0',
];
const EXTREMES = ['1e-5', '1e-320', '1e200', '4.9e-324', '1e100', '99999.95', '999999.5', '0.0001'];

export function decimal(r: Random): string {
  if (r.chance(15)) return r.pick(TIES);
  if (r.chance(10)) return r.pick(EXTREMES);
  const digits = (most: number): string => r.times(1, most, () => String(r.below(10)));
  const whole = `${r.chance(30) ? '-' : ''}${Number(digits(7))}`;
  if (r.chance(40))
    return `${whole}.${r.times(0, 4, () => String(r.below(10)))}${r.pick(['5', '25', '125'])}`;
  const exponent = r.chance(25) ? `e${r.pick(['', '-', '+'])}${r.below(25)}` : '';
  return `${whole}.${digits(9)}${exponent}`;
}

export const integer = (r: Random): string =>
  r.chance(10)
    ? r.pick([
        '9223372036854775807',
        '-9223372036854775808',
        '0',
        '0x1f',
        '010',
        '4294967296',
        '-1',
      ])
    : `${r.chance(30) ? '-' : ''}${Number(r.times(1, 12, () => String(r.below(10))))}`;

const flags = (r: Random): string => r.times(0, 2, () => r.pick(['-', '+', ' ', '0', '#']));

const size = (r: Random): string =>
  (r.chance(40) ? String(1 + r.below(14)) : '') +
  (r.chance(60) ? `.${r.below(r.chance(10) ? 40 : 9)}` : '');

/** `%` with flags, width and precision, and the letter. */
export const conversion = (r: Random, letters: string): string =>
  `%${flags(r)}${size(r)}${letters.charAt(r.below(letters.length))}`;

export const word = (r: Random): string =>
  r.times(0, 8, () => r.pick(['a', 'b', 'Z', ' ', '-', '7', '.']));
