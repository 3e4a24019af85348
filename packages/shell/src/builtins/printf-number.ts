// printf-number.ts — Integers as arguments and as output of printf.

/** Like `Spec` of printf.ts; a record of its own keeps the two files apart. */
interface NumberSpec {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
}

export interface ParsedInteger {
  readonly value: bigint;
  /** bash's complaint, if any; the value counts all the same. */
  readonly message: string | undefined;
}

const MAX = 0x7fffffffffffffffn;

export const invalidNumber = (text: string): string =>
  `${text}: invalid ${/^0\d/.test(text) ? 'octal ' : text.startsWith('0x') ? 'hex ' : ''}number`;

/** strtoimax(3), and `'x` for the code of a character. */
export function parseInteger(text: string): ParsedInteger {
  if (text.startsWith("'") || text.startsWith('"')) {
    return { value: BigInt(text.codePointAt(1) ?? 0), message: undefined };
  }
  if (text === '') return { value: 0n, message: undefined };
  const match = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(text);
  if (match === null) return { value: 0n, message: invalidNumber(text) };
  const [all, sign, digits] = match as unknown as [string, string, string];
  const octal = /^0[0-7]+$/.test(digits);
  const magnitude = BigInt(octal ? `0o${digits.slice(1)}` : digits);
  const value = sign === '-' ? -magnitude : magnitude;
  if (value > MAX || value < -MAX - 1n) {
    const message = `warning: ${text}: Numerical result out of range`;
    return { value: value > 0n ? MAX : -MAX - 1n, message };
  }
  return { value, message: all.length < text.length ? invalidNumber(text) : undefined };
}

export const wrapUnsigned = (value: bigint): bigint => BigInt.asUintN(64, value);

export function formatNumber(
  value: bigint,
  { flags, width, precision }: NumberSpec,
  conversion: 'd' | 'u' | 'o' | 'x' | 'X',
): string {
  const magnitude = value < 0n ? -value : value;
  let digits = magnitude.toString(conversion === 'o' ? 8 : /x/i.test(conversion) ? 16 : 10);
  if (conversion === 'X') digits = digits.toUpperCase();
  if (precision !== undefined)
    digits = precision === 0 && value === 0n ? '' : digits.padStart(precision, '0');
  const sign = signOf(value, flags, conversion) + prefixOf(value, flags, conversion);
  if (flags.includes('-')) return (sign + digits).padEnd(width);
  if (flags.includes('0') && precision === undefined) {
    return sign + digits.padStart(width - sign.length, '0');
  }
  return (sign + digits).padStart(width);
}

function signOf(value: bigint, flags: string, conversion: string): string {
  if (value < 0n) return '-';
  if (conversion !== 'd') return '';
  return flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

function prefixOf(value: bigint, flags: string, conversion: string): string {
  if (!flags.includes('#') || value === 0n) return '';
  if (conversion === 'o') return '0';
  return /x/i.test(conversion) ? `0${conversion}` : '';
}
