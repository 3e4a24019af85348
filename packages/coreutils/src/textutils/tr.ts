// tr.ts — tr(1).
//
//   SET   characters, \NNN \\ \a \b \f \n \r \t \v, a-z, [:class:], [=c=], [c*] and [c*n] (second set only)
import { toBinary, classRanges } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { readBytes } from '../lines.ts';
import type { OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import type { Tool } from '../tool.ts';
import { fail, Failure, failUsage, flushIfFull, quote, tool, warnErrno } from '../tool.ts';

const SPEC: OptionSpec = {
  short: 'cCdst',
  long: { complement: 'c', delete: 'd', 'squeeze-repeats': 's', 'truncate-set1': 't' },
  // The first operand ends the options, so that a set may begin with a dash.
  inOrder: true,
  refused: 'A',
};

const SIMPLE: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 92,
};

interface Set_ {
  readonly codes: number[];
  /** The position of `[c*]`, which is repeated until this set is as long as the first one. */
  fill: { readonly at: number; readonly code: number } | undefined;
}

interface Mode {
  readonly delete: boolean;
  readonly squeeze: boolean;
  readonly complement: boolean;
  readonly truncate: boolean;
}

function* main(t: Tool): Task<number> {
  const { has, operands } = parseOptions(t, SPEC);
  const mode: Mode = {
    delete: has('d'),
    squeeze: has('s'),
    complement: has('c') || has('C'),
    truncate: has('t'),
  };
  checkOperands(t, operands, mode);
  const filter = createFilter(t, operands, mode);
  const file = t.context.fds.get(0);
  file?.advise('sequential');
  for (;;) {
    const bytes = file === undefined ? 'EBADF' : yield* readBytes(t, file, 8192);
    if (typeof bytes === 'string') {
      yield* warnErrno(t, 'read error', bytes);
      return 1;
    }
    if (bytes.length === 0) return 0;
    t.out.put(toBinary(filtered(filter, bytes)));
    yield* flushIfFull(t);
  }
}

/** Tables by the code of a character: deleted first, then translated, then squeezed. */
interface Filter {
  readonly removed: Uint8Array | undefined;
  readonly map: Uint8Array | undefined;
  readonly squeezed: Uint8Array | undefined;
  /** The last character written; -1 at the start. */
  last: number;
}

function createFilter(t: Tool, [one = '', two]: readonly string[], mode: Mode): Filter {
  const first = expandFirst(t, one, mode);
  const second = two === undefined ? undefined : parseSet(t, two);
  return {
    removed: mode.delete ? tableOf(first) : undefined,
    map: mode.delete || second === undefined ? undefined : translation(t, first, second, mode),
    squeezed: mode.squeeze ? tableOf(second?.codes ?? first) : undefined,
    last: -1,
  };
}

function filtered(filter: Filter, bytes: Uint8Array): Uint8Array {
  const { removed, map, squeezed } = filter;
  const out = new Uint8Array(bytes.length);
  let n = 0;
  for (const byte of bytes) {
    if (removed?.[byte] === 1) continue;
    const code = map?.[byte] ?? byte;
    if (squeezed?.[code] === 1 && code === filter.last) continue;
    filter.last = code;
    out[n++] = code;
  }
  return out.subarray(0, n);
}

function checkOperands(t: Tool, operands: readonly string[], mode: Mode): void {
  const wanted = mode.delete === mode.squeeze ? 2 : 1;
  const most = mode.delete && !mode.squeeze ? 1 : 2;
  const [first, , third] = operands;
  if (first === undefined) failUsage(t, 'missing operand');
  if (operands.length < wanted) {
    const why = mode.squeeze
      ? 'Two strings must be given when both deleting and squeezing repeats.'
      : 'Two strings must be given when translating.';
    failWith(t, `missing operand after ${quote(t, first)}`, why);
  }
  if (operands.length <= most) return;
  const extra = `extra operand ${quote(t, operands[most] ?? '')}`;
  if (operands.length > 2 || third !== undefined) failUsage(t, extra);
  failWith(t, extra, 'Only one string may be given when deleting without squeezing repeats.');
}

function failWith(t: Tool, message: string, why: string): never {
  throw new Failure(
    `${t.name}: ${message}\n${why}\nTry '${t.name} --help' for more information.\n`,
    1,
  );
}

function expandFirst(t: Tool, text: string, { complement }: Mode): number[] {
  const { codes, fill } = parseSet(t, text);
  if (fill !== undefined) fail(t, 'the [c*] repeat construct may not appear in string1');
  if (!complement) return codes;
  const inside = tableOf(codes);
  return Array.from({ length: 256 }, (_, code) => code).filter((code) => inside[code] !== 1);
}

function tableOf(codes: readonly number[]): Uint8Array {
  const table = new Uint8Array(256);
  for (const code of codes) table[code] = 1;
  return table;
}

function translation(t: Tool, first: readonly number[], second: Set_, mode: Mode): Uint8Array {
  const to = [...second.codes];
  if (second.fill !== undefined) {
    const { at, code } = second.fill;
    to.splice(at, 0, ...Array<number>(Math.max(0, first.length - to.length)).fill(code));
    second.codes.push(code);
  }
  const last = to.at(-1);
  if (last === undefined && !mode.truncate)
    fail(t, 'when not truncating set1, string2 must be non-empty');
  const map = Uint8Array.from({ length: 256 }, (_, code) => code);
  for (const [i, from] of first.entries()) {
    const target = to[i] ?? (mode.truncate ? from : last);
    map[from] = target ?? from;
  }
  return map;
}

/** Reads a character or an escape; returns its code and the index after it. */
function charAt(text: string, i: number): { code: number; end: number } {
  if (text.charAt(i) !== '\\' || i + 1 >= text.length)
    return { code: text.charCodeAt(i), end: i + 1 };
  const octal = /^[0-7]{1,3}/.exec(text.slice(i + 1))?.[0];
  if (octal !== undefined) {
    const digits = Number.parseInt(octal, 8) > 255 ? octal.slice(0, 2) : octal;
    return { code: Number.parseInt(digits, 8), end: i + 1 + digits.length };
  }
  const next = text.charAt(i + 1);
  return { code: SIMPLE[next] ?? next.charCodeAt(0), end: i + 2 };
}

function parseSet(t: Tool, text: string): Set_ {
  const set: Set_ = { codes: [], fill: undefined };
  for (let i = 0; i < text.length;) {
    const special = text.charAt(i) === '[' ? bracketed(t, set, text, i) : undefined;
    if (special !== undefined) {
      i = special;
      continue;
    }
    const from = charAt(text, i);
    i = from.end;
    if (text.charAt(i) !== '-' || i + 1 >= text.length) {
      set.codes.push(from.code);
      continue;
    }
    const to = charAt(text, i + 1);
    if (to.code < from.code) {
      const range = `${String.fromCharCode(from.code)}-${String.fromCharCode(to.code)}`;
      fail(t, `range-endpoints of ${quote(t, range)} are in reverse collating sequence order`);
    }
    for (let code = from.code; code <= to.code; code++) set.codes.push(code);
    i = to.end;
  }
  return set;
}

/** Adds `[:class:]`, `[=c=]` or `[c*n]`, and returns the index after it; undefined if `[` is an ordinary character. */
function bracketed(t: Tool, set: Set_, text: string, i: number): number | undefined {
  const rest = text.slice(i);
  const named = /^\[:(\w*):\]/.exec(rest);
  if (named !== null) {
    addClass(t, set, named[1] ?? '');
    return i + named[0].length;
  }
  const equal = /^\[=([^])=\]/.exec(rest);
  if (equal !== null) {
    set.codes.push((equal[1] ?? '').charCodeAt(0));
    return i + equal[0].length;
  }
  const char = charAt(text, i + 1);
  const repeat = /^\*(\d*)\]/.exec(text.slice(char.end));
  if (repeat === null) return undefined;
  addRepeated(set, char.code, repeat[1] ?? '');
  return char.end + repeat[0].length;
}

function addClass(t: Tool, { codes }: Set_, name: string): void {
  const ranges = classRanges(name);
  if (ranges === undefined) fail(t, `invalid character class ${quote(t, name)}`);
  for (const [from, to] of ranges) for (let code = from; code <= to; code++) codes.push(code);
}

/** Without digits, or with zero, the character fills the set up. A leading zero makes the number octal. */
function addRepeated(set: Set_, code: number, digits: string): void {
  const count = digits === '' ? 0 : Number.parseInt(digits, digits.startsWith('0') ? 8 : 10);
  if (count === 0) set.fill = { at: set.codes.length, code };
  else for (let k = 0; k < count; k++) set.codes.push(code);
}

export const tr: Program = tool(main);
