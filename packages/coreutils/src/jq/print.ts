// print.ts — Writes a value of jq as JSON: in one line, or indented.
import type { JqValue } from './value.ts';
import { isObject, sortedKeys } from './value.ts';

export interface Style {
  /** The indentation of one level; null: everything in one line. */
  readonly indent: string | null;
  readonly sortKeys: boolean;
  /** True: everything outside ASCII is written as \uXXXX. */
  readonly ascii: boolean;
}

const COMPACT: Style = { indent: null, sortKeys: false, ascii: false };

export const compact = (value: JqValue): string => print(value, COMPACT);

export function print(value: JqValue, style: Style, level = 0): string {
  if (typeof value === 'string') return quote(value, style.ascii);
  if (typeof value === 'number') return numberText(value);
  if (value === null || typeof value === 'boolean') return String(value);
  const isMap = isObject(value);
  const items = isMap
    ? (style.sortKeys ? sortedKeys(value) : [...value.keys()]).map((key) => {
        const colon = style.indent === null ? ':' : ': ';
        return quote(key, style.ascii) + colon + print(value.get(key) as JqValue, style, level + 1);
      })
    : value.map((item) => print(item, style, level + 1));
  const [open, close] = isMap ? '{}' : '[]';
  if (items.length === 0) return `${open}${close}`;
  if (style.indent === null) return `${open}${items.join(',')}${close}`;
  const inner = `\n${style.indent.repeat(level + 1)}`;
  return `${open}${inner}${items.join(`,${inner}`)}\n${style.indent.repeat(level)}${close}`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': String.raw`\"`,
  '\\': String.raw`\\`,
  '\n': String.raw`\n`,
  '\t': String.raw`\t`,
  '\r': String.raw`\r`,
  '\b': String.raw`\b`,
  '\f': String.raw`\f`,
};

const escape = (char: string): string =>
  ESCAPES[char] ?? String.raw`\u` + char.charCodeAt(0).toString(16).padStart(4, '0');

function quote(text: string, ascii: boolean): string {
  // oxlint-disable-next-line no-control-regex -- these are what JSON escapes
  const pattern = ascii ? /["\\\u0000-\u001f\u007f-\uffff]/g : /["\\\u0000-\u001f\u007f]/g;
  return `"${text.replace(pattern, escape)}"`;
}

const LARGEST = Number.MAX_VALUE;

/** At most seventeen digits. With an exponent if the number would need fifteen zeroes, or begin with 0.0000. */
export function numberText(given: number): string {
  if (Number.isNaN(given)) return 'null';
  const value = Math.max(-LARGEST, Math.min(LARGEST, given));
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', exponent] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const point = Number(exponent) + 1;
  const sign = value < 0 ? '-' : '';
  if (point <= -4 || point > digits.length + 15) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    const power = String(Math.abs(point - 1)).padStart(2, '0');
    return `${sign}${digits.slice(0, 1)}${fraction}e${point - 1 < 0 ? '-' : '+'}${power}`;
  }
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits.padEnd(point, '0');
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
