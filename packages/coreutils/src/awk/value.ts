// value.ts — The values of awk: numbers, strings, input text that may count as either, and unset.
import { formatFloat, strtod } from '@dmsim/libc';

/** Text from the input, which also counts as a number if it looks like one. */
export class Input {
  readonly text: string;
  #number: number | undefined;
  #known = false;
  constructor(text: string) {
    this.text = text;
  }
  /** The number; undefined if the text does not look like one. */
  get number(): number | undefined {
    if (!this.#known) {
      this.#known = true;
      this.#number = looksNumeric(this.text);
    }
    return this.#number;
  }
}

export type Value = number | string | Input | undefined;

const NUMERIC = /^[ \t\n\r\f\v]*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?[ \t\n\r\f\v]*$/;

const ZERO = 0x30;

/**
 * A text that begins with a zero and another digit is an octal number, `0x` a hexadecimal one, as for busybox also in the
 * input. Undefined if it is neither: 08 and 010.5 are decimal.
 */
export function prefixed(text: string): { value: number; length: number } | undefined {
  if (text.charCodeAt(0) !== ZERO) return undefined;
  const [all, hex, octal] = /^0(?:x([\da-f]*)|([0-7]+)(?![\d.]))/i.exec(text) ?? [];
  if (all === undefined) return undefined;
  if (hex === '') return { value: 0, length: 1 };
  const value = hex === undefined ? Number.parseInt(octal as string, 8) : Number.parseInt(hex, 16);
  return { value, length: all.length };
}

function looksNumeric(text: string): number | undefined {
  const number = prefixed(text);
  if (number !== undefined)
    return text.slice(number.length).trim() === '' ? number.value : undefined;
  return NUMERIC.test(text) ? Number(text) : undefined;
}

/** Numbers that JavaScript parses exactly like strtod(3). */
const PLAIN = /^[-+]?(?:0|[1-9]\d*)(?:\.\d+)?$/;

function parseNumber(text: string): number {
  if (PLAIN.test(text)) return Number(text);
  const number = prefixed(text);
  if (number !== undefined) return number.value;
  // A text may be a hexadecimal integer, but not a hexadecimal fraction.
  const hex = /^\s*[-+]?0x[\da-f]+/i.exec(text)?.[0];
  return strtod(hex ?? text).value;
}

export function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  if (value === undefined) return 0;
  if (typeof value === 'string') return parseNumber(value);
  return value.number ?? parseNumber(value.text);
}

const GENERAL = { flags: '', width: 0, precision: 6, letter: 'g' };

/** Converts a number to text: integers as they are, others by `format` (CONVFMT or OFMT). */
function numberToString(n: number, format: string): string {
  if (Number.isInteger(n) && Math.abs(n) < 2 ** 63) {
    return Number.isSafeInteger(n) ? String(n) : BigInt(n).toString();
  }
  if (format === '%.6g') return formatFloat(n, GENERAL);
  const match = /^%([-+ #0]*)(\d*)(?:\.(\d*))?([eEfFgGd])$/.exec(format);
  if (match === null) return formatFloat(n, GENERAL);
  const [, flags = '', width = '', precision, letter = 'g'] = match;
  if (letter === 'd') return String(Math.trunc(n));
  return formatFloat(n, {
    flags,
    width: Number(width),
    precision: precision === undefined ? -1 : Number(precision),
    letter,
  });
}

export function toText(value: Value, format: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberToString(value, format);
  return value === undefined ? '' : value.text;
}

export function isTrue(value: Value): boolean {
  if (typeof value === 'string') return value !== '';
  if (typeof value === 'number') return value !== 0;
  if (value === undefined) return false;
  return value.number === undefined ? value.text !== '' : value.number !== 0;
}

/** Compares as numbers, or as strings if either is a string. Returns < 0, 0 or > 0; NaN if they can't be compared. */
export function compareValues(a: Value, b: Value, format: string): number {
  const x = numeric(a);
  const y = numeric(b);
  if (x !== undefined && y !== undefined) return x - y || (x === y ? 0 : NaN);
  const [s, t] = [toText(a, format), toText(b, format)];
  return s < t ? -1 : s > t ? 1 : 0;
}

function numeric(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  if (value === undefined) return 0;
  return typeof value === 'string' ? undefined : value.number;
}
