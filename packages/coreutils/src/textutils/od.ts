// od.ts — od(1).
import type { Errno, Task } from '@dmsim/sim';
import type { OpenFile, Program } from '@dmsim/vfs';

import { closeFile, openInput, readBytes } from '../lines.ts';
import { parseSize } from '../numbers.ts';
import type { Options, OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { lookup } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { fail, flushIfFull, quoteIfNeeded, tool, warnErrno } from '../tool.ts';
import type { Layout } from './od-types.ts';
import { layoutOf } from './od-types.ts';

const SPEC: OptionSpec = {
  short: 'A:j:N:t:vw::abcdfFhHiIlLoOsxXDB',
  long: {
    'address-radix': 'A:',
    'skip-bytes': 'j:',
    'read-bytes': 'N:',
    format: 't:',
    'output-duplicates': 'v',
    width: 'w::',
  },
  refused: 'SeV',
  refusedLong: ['strings', 'traditional', 'endian'],
};

/** Maps the old one-letter formats to types of -t. */
const TRADITIONAL: Readonly<Record<string, string>> = {
  a: 'a',
  b: 'o1',
  c: 'c',
  d: 'u2',
  f: 'fF',
  h: 'x2',
  H: 'x4',
  i: 'dI',
  I: 'dL',
  l: 'dL',
  L: 'dL',
  o: 'o2',
  O: 'o4',
  s: 'd2',
  x: 'x2',
  X: 'x4',
  D: 'u4',
  B: 'o2',
  F: 'fD',
};

interface Plan {
  readonly layouts: readonly Layout[];
  /** The width of the widest type, to which the lines of other types are padded. */
  readonly cell: number;
  readonly width: number;
  readonly address: (offset: number) => string;
  readonly duplicates: boolean;
  readonly skip: number;
  readonly limit: number;
}

function* main(t: Tool): Task<number> {
  const options = parseOptions(t, SPEC);
  const plan = planOf(t, options);
  const source: Source = {
    t,
    names: options.operands.length === 0 ? ['-'] : [...options.operands],
    file: undefined,
    ahead: new Uint8Array(),
    left: plan.limit,
    status: 0,
    name: '',
    anyOpened: false,
  };
  yield* skip(source, plan.skip);
  let offset = plan.skip;
  let before = '';
  let starred = false;
  for (;;) {
    const bytes = yield* readFully(source, plan.width);
    if (bytes.length === 0) break;
    const key = bytes.join();
    const same = !plan.duplicates && key === before && bytes.length === plan.width;
    if (!same) putBlock(t, plan, offset, bytes);
    else if (!starred) t.out.put('*\n');
    starred = same;
    before = key;
    offset += bytes.length;
    yield* flushIfFull(t);
  }
  if (source.status !== 0 && !source.anyOpened) return source.status;
  const end = plan.address(offset);
  if (end !== '') t.out.put(`${end}\n`);
  return source.status;
}

function* skip(source: Source, count: number): Task<void> {
  if (count === 0) return;
  const file = yield* openNext(source);
  // Of a device nothing is read that is skipped (fseeko).
  const seeks = file !== undefined && isDevice(source.t, file);
  if (seeks && typeof file.seek(count, 'current') === 'number') return;
  for (let left = count; left > 0;) {
    const bytes = yield* read(source, Math.min(left, 4096), false);
    if (bytes.length === 0) fail(source.t, 'cannot skip past end of combined input');
    left -= bytes.length;
  }
}

/** The types of -t and of the one-letter formats, in their order. */
function layoutsOf(t: Tool, { given }: Options): Layout[] {
  const layouts = given.flatMap(([key, text]) => {
    const spec = key === 't' ? text : TRADITIONAL[key];
    return spec === undefined ? [] : layoutOf(t, spec);
  });
  return layouts.length === 0 ? layoutOf(t, 'o2') : layouts;
}

/** A number of bytes: decimal, octal after `0`, hexadecimal after `0x`, with the suffixes of sizes. */
function bytesOf(text: string): number | undefined {
  const hex = /^0[xX]([\da-fA-F]+)$/.exec(text)?.[1];
  if (hex !== undefined) return Number.parseInt(hex, 16);
  const octal = /^0(\d+)$/.exec(text)?.[1];
  return octal === undefined ? parseSize(text, 'b') : Number.parseInt(octal, 8);
}

function planOf(t: Tool, options: Options): Plan {
  const { has, value } = options;
  const formats = layoutsOf(t, options);
  const size = (key: string): number | undefined => {
    const text = value(key);
    if (text === undefined) return undefined;
    return bytesOf(text) ?? fail(t, `invalid -${key} argument '${text}'`);
  };
  const unit = Math.max(...formats.map((f) => f.size));
  const wanted = value('w') === '' ? 32 : (size('w') ?? 16);
  const width = wanted % unit === 0 && wanted > 0 ? wanted : unit;
  const cell = Math.max(...formats.map((f) => ((f.width + 1) * width) / f.size));
  return {
    layouts: formats,
    cell,
    width,
    address: addressOf(t, value('A') ?? 'o'),
    duplicates: has('v'),
    skip: size('j') ?? 0,
    limit: size('N') ?? Infinity,
  };
}

function addressOf(t: Tool, radix: string): (offset: number) => string {
  switch (radix.charAt(0)) {
    case 'o':
      return (offset) => offset.toString(8).padStart(7, '0');
    case 'd':
      return (offset) => String(offset).padStart(7, '0');
    case 'x':
      return (offset) => offset.toString(16).padStart(6, '0');
    case 'n':
      return () => '';
    default:
      return fail(
        t,
        `invalid output address radix '${radix.charAt(0)}'; it must be one character from [doxn]`,
      );
  }
}

function putBlock(
  t: Tool,
  { layouts, cell, width, address }: Plan,
  offset: number,
  bytes: Uint8Array,
): void {
  const at = address(offset);
  for (const [i, layout] of layouts.entries()) {
    const count = width / layout.size;
    const padded = new Uint8Array(width);
    padded.set(bytes);
    const cells = Math.ceil(bytes.length / layout.size);
    let text = i === 0 ? at : ' '.repeat(at.length);
    const pad = cell - (layout.width + 1) * count;
    let padding = pad;
    for (let k = 0; k < cells; k++) {
      const next = Math.floor((pad * (count - k - 1)) / count);
      text += layout.show(padded, k * layout.size).padStart(layout.width + 1 + padding - next);
      padding = next;
    }
    if (layout.printable) {
      const missing = (width - bytes.length) / layout.size;
      const shown = String.fromCharCode(...bytes).replace(/[^\x20-\x7e]/g, '.');
      text += `${' '.repeat(Math.max(0, Math.floor(missing) * (layout.width + 1)))}  >${shown}<`;
    }
    t.out.put(`${text}\n`);
  }
}

interface Source {
  readonly t: Tool;
  readonly names: string[];
  file: OpenFile | undefined;
  /** Bytes that have been read and not been shown. */
  ahead: Uint8Array;
  name: string;
  left: number;
  status: number;
  anyOpened: boolean;
}

function isDevice(t: Tool, { path }: OpenFile): boolean {
  const node = lookup(t, path);
  return typeof node !== 'string' && node.kind === 'block';
}

/** The file that is being read, or the next one that can be opened; undefined after the last. */
function* openNext(source: Source): Task<OpenFile | undefined> {
  const { t, names } = source;
  while (source.file === undefined) {
    const name = names.shift();
    if (name === undefined) return undefined;
    const file = yield* openInput(t, name);
    source.name = name;
    if (typeof file !== 'string') {
      source.file = file;
      source.anyOpened = true;
    } else {
      source.status = 1;
      yield* warnErrno(t, quoteIfNeeded(name), file);
    }
  }
  return source.file;
}

/** The bytes that stdio reads at once, unless -N makes it read no more than it must. */
const BLOCK = 4096;

/** Bytes of the current file or the next ones, as many as one call gives. Empty at the end of the last file. */
function* read(source: Source, max: number, limited = true): Task<Uint8Array> {
  const wanted = limited ? Math.min(max, source.left) : max;
  if (wanted === 0) return new Uint8Array();
  if (source.ahead.length > 0) return takeAhead(source, wanted);
  const buffered = limited && source.left === Infinity;
  const bytes = yield* readOnce(source, buffered ? BLOCK : wanted);
  if (buffered) {
    source.ahead = bytes;
    return takeAhead(source, wanted);
  }
  if (limited) source.left -= bytes.length;
  return bytes;
}

/** Reads from the current file, or opens the next one. Empty at the end of the last file. */
function* readOnce(source: Source, size: number): Task<Uint8Array> {
  for (;;) {
    const file = yield* openNext(source);
    if (file === undefined) return new Uint8Array();
    const bytes = yield* readBytes(source.t, file, size);
    if (typeof bytes !== 'string' && bytes.length > 0) return bytes;
    yield* endFile(source, file, bytes);
  }
}

/** The file has ended, or can't be read on. */
function* endFile(source: Source, file: OpenFile, end: Uint8Array | Errno): Task<void> {
  const { t } = source;
  if (typeof end === 'string') {
    source.status = 1;
    yield* warnErrno(t, quoteIfNeeded(source.name), end);
  }
  closeFile(t, file);
  source.file = undefined;
}

function takeAhead(source: Source, wanted: number): Uint8Array {
  const taken = source.ahead.subarray(0, wanted);
  source.ahead = source.ahead.subarray(wanted);
  return taken;
}

function* readFully(source: Source, size: number): Task<Uint8Array> {
  const block = new Uint8Array(size);
  let n = 0;
  while (n < size) {
    const bytes = yield* read(source, size - n);
    if (bytes.length === 0) break;
    block.set(bytes, n);
    n += bytes.length;
  }
  return block.subarray(0, n);
}

export const od: Program = tool(main);
