// numbers.ts — Integer constants of bash: 10, 010, 0x10, 2#1010.

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_';

/** Returns the value, wrapped to 64 bits, or bash's error message. */
export function parseNumber(text: string): bigint | string {
  const hash = text.indexOf('#');
  if (hash > 0 && text.startsWith('0')) return 'invalid number';
  if (hash >= 0) {
    const base = parseNumber(text.slice(0, hash));
    if (typeof base === 'string' || base < 2n || base > 64n) return 'invalid arithmetic base';
    if (hash === text.length - 1) return 'invalid integer constant';
    return parseDigits(text.slice(hash + 1), Number(base));
  }
  if (/^0[xX]/.test(text)) return parseDigits(text.slice(2), 16);
  if (text.length > 1 && text.startsWith('0')) return parseDigits(text.slice(1), 8);
  return parseDigits(text, 10);
}

function parseDigits(text: string, base: number): bigint | string {
  let value = 0n;
  for (const char of text) {
    if (char === '#') return 'invalid number';
    // Up to base 36, upper and lower case letters are the same digits.
    const digit = DIGITS.indexOf(base <= 36 ? char.toLowerCase() : char);
    if (digit < 0 || digit >= base) return 'value too great for base';
    value = value * BigInt(base) + BigInt(digit);
  }
  return BigInt.asIntN(64, value);
}
