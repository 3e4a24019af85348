// od-types.ts — The output types of od(1): -t a c d[1248] u[1248] o[1248] x[1248] f[48], each with an optional z.
import { formatFloat } from '@dmsim/libc';

import type { Tool } from '../tool.ts';
import { fail, quote } from '../tool.ts';

export interface Layout {
  /** Bytes per item. */
  readonly size: number;
  /** Columns per item, without the blank before it. */
  readonly width: number;
  readonly show: (bytes: Uint8Array, at: number) => string;
  readonly printable: boolean;
}

const NAMES =
  'nul soh stx etx eot enq ack bel  bs  ht  nl  vt  ff  cr  so  si dle dc1 dc2 dc3 dc4 nak syn etb can  em sub esc  fs  gs  rs  us  sp'
    .trim()
    .split(/ +/);

const ESCAPES: Readonly<Record<number, string>> = {
  0: '\\0',
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
};

const WORDS: Readonly<Record<string, number>> = { C: 1, S: 2, I: 4, L: 8, F: 4, D: 8 };

export function layoutOf(t: Tool, spec: string): Layout[] {
  const layouts: Layout[] = [];
  for (let rest = spec; rest !== '';) {
    const match = /^([acdfoux])(\d+|[CSILFD])?(z?)/.exec(rest);
    if (match === null)
      fail(t, `invalid character '${rest.charAt(0)}' in type string ${quote(t, spec)}`);
    const [all, kind = '', size = '', z = ''] = match;
    rest = rest.slice(all.length);
    const bytes = bytesOf(kind, size);
    const layout = LAYOUTS[kind]?.(kind, bytes);
    if (layout === undefined) {
      const type = `${bytes}-byte ${kind === 'f' ? 'floating point' : 'integral'} type`;
      const why = `this system doesn't provide a ${type}`;
      fail(t, `invalid type string ${quote(t, spec)};\n${why}`);
    }
    layouts.push({ ...layout, printable: z !== '' });
  }
  return layouts;
}

type Unprinted = Omit<Layout, 'printable'>;

const LAYOUTS: Readonly<Record<string, (kind: string, bytes: number) => Unprinted | undefined>> = {
  a: characters,
  c: characters,
  d: integers,
  u: integers,
  o: integers,
  x: integers,
  f: floats,
};

/** The size of an item: given in bytes or by the letter of a type of C, else that of a double or an int. */
function bytesOf(kind: string, size: string): number {
  if (size === '') return kind === 'f' ? 8 : 4;
  return WORDS[size] ?? Number(size);
}

const named = (byte: number): string => {
  const code = byte & 0x7f;
  return code === 127 ? 'del' : (NAMES[code] ?? String.fromCharCode(code));
};
const escaped = (byte: number): string =>
  ESCAPES[byte] ??
  (byte < 32 || byte > 126 ? byte.toString(8).padStart(3, '0') : String.fromCharCode(byte));

function characters(kind: string): Unprinted {
  const show = kind === 'a' ? named : escaped;
  return { size: 1, width: 3, show: (bytes, at) => show(bytes[at] ?? 0) };
}

const WIDTHS: Readonly<Record<string, readonly number[]>> = {
  o: [3, 6, 11, 22],
  d: [4, 6, 11, 20],
  u: [3, 5, 10, 20],
  x: [2, 4, 8, 16],
};

function integers(kind: string, size: number): Unprinted | undefined {
  const at = [1, 2, 4, 8].indexOf(size);
  const width = WIDTHS[kind]?.[at];
  if (width === undefined) return undefined;
  const radix = kind === 'o' ? 8 : kind === 'x' ? 16 : 10;
  const fill = kind === 'o' || kind === 'x' ? width : 0;
  return {
    size,
    width,
    show(bytes, from) {
      let value = 0n;
      for (let i = size - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[from + i] ?? 0);
      if (kind === 'd') value = BigInt.asIntN(size * 8, value);
      return value.toString(radix).padStart(fill, '0');
    },
  };
}

function floats(_kind: string, size: number): Unprinted | undefined {
  if (size !== 4 && size !== 8) return undefined;
  return {
    size,
    width: size === 4 ? 15 : 24,
    show(bytes, from) {
      const view = new DataView(bytes.buffer, bytes.byteOffset + from, size);
      const value = size === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true);
      return shortest(value, size);
    },
  };
}

/** Formats a number with the fewest digits that read back as the same number. */
function shortest(value: number, size: number): string {
  const normal = Math.abs(value) >= (size === 4 ? 2 ** -126 : 2 ** -1022);
  const least = normal ? (size === 4 ? 6 : 15) : 1;
  for (let precision = least; precision < 17; precision++) {
    const text = formatFloat(value, { flags: '', width: 0, precision, letter: 'g' });
    const back = size === 4 ? Math.fround(Number(text)) : Number(text);
    if (back === value || !Number.isFinite(value)) return text;
  }
  return formatFloat(value, { flags: '', width: 0, precision: 17, letter: 'g' });
}
