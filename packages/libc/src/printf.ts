// printf.ts — Conversions of printf(3) on binary strings.
//
//   %[flags][width][.precision]conversion      flags: - + space # 0

export interface Conversion {
  readonly flags: string;
  readonly width: number;
  /** -1: none given. */
  readonly precision: number;
  readonly letter: string;
}

function pad(text: string, { flags, width }: Conversion): string {
  return flags.includes('-') ? text.padEnd(width) : text.padStart(width);
}

export function formatString(text: string, conversion: Conversion): string {
  const { precision } = conversion;
  return pad(precision < 0 ? text : text.slice(0, precision), conversion);
}

/** d i u o x X. */
export function formatInteger(value: bigint, conversion: Conversion): string {
  const { flags, precision, letter } = conversion;
  const signed = letter === 'd' || letter === 'i';
  const bits = signed ? value : BigInt.asUintN(64, value);
  const radix = letter === 'o' ? 8 : letter === 'x' || letter === 'X' ? 16 : 10;
  let digits = (bits < 0n ? -bits : bits).toString(radix);
  if (precision === 0 && bits === 0n) digits = '';
  digits = digits.padStart(Math.max(precision, 0), '0');
  let prefix = signed ? signOf(bits < 0n, flags) : '';
  if (flags.includes('#') && radix === 16 && bits !== 0n) prefix = '0x';
  if (flags.includes('#') && radix === 8 && !digits.startsWith('0')) digits = `0${digits}`;
  const text = zeroFill(prefix, digits, conversion, precision < 0);
  return letter === 'X' ? text.toUpperCase() : text;
}

const signOf = (negative: boolean, flags: string): string =>
  negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';

function zeroFill(
  prefix: string,
  digits: string,
  conversion: Conversion,
  allowed: boolean,
): string {
  const { flags, width } = conversion;
  if (allowed && flags.includes('0') && !flags.includes('-')) {
    return prefix + digits.padStart(width - prefix.length, '0');
  }
  return pad(prefix + digits, conversion);
}

/** e E f F g G. */
export function formatFloat(value: number, conversion: Conversion): string {
  const { flags, letter } = conversion;
  const negative = value < 0 || Object.is(value, -0);
  const sign = signOf(negative, flags);
  const lower = letter.toLowerCase();
  const size = Math.abs(value);
  let text: string;
  if (Number.isFinite(size)) {
    const precision = conversion.precision < 0 ? 6 : conversion.precision;
    const digits =
      lower === 'e'
        ? exponential(size, precision)
        : lower === 'f'
          ? fixed(size, precision)
          : general(size, precision, flags.includes('#'));
    const point = flags.includes('#') && !digits.includes('.') ? '.' : '';
    text = zeroFill(sign, digits + point, conversion, true);
  } else
    text = pad(
      (Number.isNaN(value) ? (sign === '-' ? '-' : '') : sign) +
        (Number.isNaN(value) ? 'nan' : 'inf'),
      conversion,
    );
  return letter === lower ? text : text.toUpperCase();
}

/** As many as JavaScript writes. */
const MAX_DIGITS = 100;

function exponential(size: number, precision: number): string {
  const text = size.toExponential(Math.min(precision, MAX_DIGITS));
  return text.replace(/e([-+])(\d)$/, 'e$10$2');
}

/** Exact, where toFixed gives up: a double is an integer times a power of two. */
function fixed(size: number, precision: number): string {
  if (size < 1e21 && precision <= 100) return size.toFixed(precision);
  if (Number.isInteger(size)) {
    return BigInt(size).toString() + (precision > 0 ? `.${'0'.repeat(precision)}` : '');
  }
  return size.toFixed(MAX_DIGITS) + '0'.repeat(precision - MAX_DIGITS);
}

function general(size: number, wanted: number, keepZeros: boolean): string {
  const precision = wanted === 0 ? 1 : wanted;
  const exponent = size === 0 ? 0 : Number(/e(.*)$/.exec(exponential(size, precision - 1))?.[1]);
  const scientific = exponent < -4 || exponent >= precision;
  const text = scientific
    ? exponential(size, precision - 1)
    : fixed(size, precision - 1 - exponent);
  if (keepZeros) return text;
  return text.replace(/(\.\d*?)0+(?=e|$)/, '$1').replace(/\.(?=e|$)/, '');
}
