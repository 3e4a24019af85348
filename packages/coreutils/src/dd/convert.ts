// convert.ts — The conversions of conv= between input and output: upper and lower case, swapped bytes, records of cbs= bytes.
import type { Operands } from './operands.ts';

/** The state of a conversion from one block to the next. */
export interface Conversion {
  readonly o: Operands;
  /** The last byte of an odd block, which conv=swab swaps with the first one of the next. */
  saved: number | null;
  /** The bytes of the current record so far. */
  column: number;
  /** Spaces that conv=unblock drops if they end a record. */
  pendingSpaces: number;
  /** Records that were longer than cbs= bytes. */
  truncated: number;
}

const NEWLINE = 0x0a;
const SPACE = 0x20;

export const createConversion = (o: Operands): Conversion => ({
  o,
  saved: null,
  column: 0,
  pendingSpaces: 0,
  truncated: 0,
});

export function convert(c: Conversion, block: Uint8Array): Uint8Array {
  const { conv, cbs } = c.o;
  let bytes = block;
  if (conv.has('ucase')) bytes = bytes.map((b) => (b >= 0x61 && b <= 0x7a ? b - 0x20 : b));
  if (conv.has('lcase')) bytes = bytes.map((b) => (b >= 0x41 && b <= 0x5a ? b + 0x20 : b));
  if (conv.has('swab')) bytes = swapPairs(c, bytes);
  if (cbs === 0) return bytes;
  return intoRecords(c, bytes);
}

/** Writes what the conversion still holds when the input ends. */
export function convertRest(c: Conversion): Uint8Array {
  const { conv, cbs } = c.o;
  const saved = c.saved === null ? new Uint8Array(0) : Uint8Array.of(c.saved);
  if (cbs === 0) return saved;
  const out = Array.from(intoRecords(c, saved));
  if (conv.has('block') && c.column > 0) pushSpaces(out, cbs - c.column);
  if (conv.has('unblock') && c.column > 0) out.push(NEWLINE);
  return Uint8Array.from(out);
}

function swapPairs(c: Conversion, block: Uint8Array): Uint8Array {
  const bytes = c.saved === null ? block.slice() : Uint8Array.of(c.saved, ...block);
  const even = bytes.length - (bytes.length % 2);
  c.saved = even < bytes.length ? (bytes[even] as number) : null;
  for (let i = 0; i < even; i += 2) {
    const first = bytes[i] as number;
    bytes[i] = bytes[i + 1] as number;
    bytes[i + 1] = first;
  }
  return bytes.subarray(0, even);
}

function intoRecords(c: Conversion, bytes: Uint8Array): Uint8Array {
  if (c.o.conv.has('block')) return block(c, bytes);
  return c.o.conv.has('unblock') ? unblock(c, bytes) : bytes;
}

/** Makes a record of each line: as long as it should be, with spaces at its end. */
function block(c: Conversion, bytes: Uint8Array): Uint8Array {
  const { cbs } = c.o;
  const out: number[] = [];
  for (const byte of bytes) {
    if (byte === NEWLINE) {
      pushSpaces(out, cbs - c.column);
      c.column = 0;
      continue;
    }
    if (c.column === cbs) c.truncated++;
    else if (c.column < cbs) out.push(byte);
    c.column++;
  }
  return Uint8Array.from(out);
}

/** Makes a line of each record, without the spaces at its end. */
function unblock(c: Conversion, bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (const byte of bytes) {
    if (c.column >= c.o.cbs) {
      c.column = 0;
      c.pendingSpaces = 0;
      out.push(NEWLINE);
    }
    c.column++;
    if (byte === SPACE) {
      c.pendingSpaces++;
      continue;
    }
    pushSpaces(out, c.pendingSpaces);
    c.pendingSpaces = 0;
    out.push(byte);
  }
  return Uint8Array.from(out);
}

function pushSpaces(out: number[], count: number): void {
  for (let i = 0; i < count; i++) out.push(SPACE);
}
