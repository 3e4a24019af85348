// sort-key.ts — The keys and orders of sort(1): -k F[.C][OPTS][,F[.C][OPTS]] and -n -g -h -V -M -d -f -i -r.
import type { Options } from '../options.ts';
import type { Tool } from '../tool.ts';
import { Failure, quote } from '../tool.ts';

export interface Comparison {
  readonly compare: (a: string, b: string) => number;
  /** Compares by keys alone, without the last-resort comparison of whole lines. */
  readonly equal: (a: string, b: string) => number;
  readonly unique: boolean;
}

interface Key {
  readonly startField: number;
  readonly startChar: number;
  /** 0 means the end of the line. */
  readonly endField: number;
  /** 0 means the end of the field. */
  readonly endChar: number;
  readonly flags: string;
  readonly endBlanks: boolean;
}

type Order = (a: string, b: string) => number;

const bytewise: Order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

const ORDERING = 'bdfghiMnrV';

export function buildComparison(t: Tool, { given, has, value }: Options): Comparison {
  const global = given
    .map(([key]) => key)
    .filter((key) => key.length === 1 && ORDERING.includes(key))
    .join('');
  const separator = separatorOf(t, value('t'));
  const keys = given.filter(([key]) => key === 'k').map(([, spec]) => parseKey(t, spec, global));
  const orders = keys.map((key) => keyOrder(key, separator));
  if (orders.length === 0 && global.replaceAll('r', '') !== '') {
    orders.push(withFlags(global, (line) => line));
  }
  const reverse = global.includes('r');
  const lastResort: Order = reverse ? (a, b) => bytewise(b, a) : bytewise;
  const byKeys: Order = (a, b) => {
    for (const order of orders) {
      const found = order(a, b);
      if (found !== 0) return found;
    }
    return 0;
  };
  const unique = has('u');
  if (orders.length === 0) return { compare: lastResort, equal: lastResort, unique };
  const stable = has('s') || unique;
  return {
    compare: stable ? byKeys : (a, b) => byKeys(a, b) || lastResort(a, b),
    equal: byKeys,
    unique,
  };
}

function separatorOf(t: Tool, given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  if (given === '') throw new Failure(`${t.name}: empty tab\n`, 2);
  if (given === String.raw`\0`) return '\0';
  if (given.length > 1) {
    throw new Failure(`${t.name}: multi-character tab ${quote(t, given)}\n`, 2);
  }
  return given;
}

function parseKey(t: Tool, spec: string, global: string): Key {
  const bad = (why: string): never => {
    throw new Failure(`${t.name}: ${why} ${quote(t, spec)}\n`, 2);
  };
  const match = KEY.exec(spec);
  if (match === null) return bad('invalid number at field start: invalid count at start of');
  const [all, field, char = '1', flags = '', endField = '0', endChar = '0', endFlags = ''] = match;
  const wrong = wrongPart(all.length < spec.length, Number(field), Number(char));
  if (wrong !== undefined) return bad(`${wrong}: invalid field specification`);
  const own = flags + endFlags;
  return {
    startField: Number(field),
    startChar: Number(char),
    endField: Number(endField),
    endChar: Number(endChar),
    flags: own === '' ? global : own.replaceAll('b', '') + (flags.includes('b') ? 'b' : ''),
    endBlanks: own === '' ? global.includes('b') : endFlags.includes('b'),
  };
}

const KEY = new RegExp(
  `^(\\d+)(?:\\.(\\d+))?([${ORDERING}]*)(?:,(\\d+)(?:\\.(\\d+))?([${ORDERING}]*))?`,
);

function wrongPart(stray: boolean, field: number, char: number): string | undefined {
  if (field === 0) return 'field number is zero';
  if (char === 0) return 'character offset is zero';
  return stray ? 'stray character in field spec' : undefined;
}

function keyOrder(key: Key, separator: string | undefined): Order {
  return withFlags(key.flags, (line) => keyOf(line, key, separator));
}

function keyOf(line: string, key: Key, separator: string | undefined): string {
  let start = fieldStart(line, key.startField, separator);
  if (key.flags.includes('b')) start = skipBlanks(line, start);
  start = Math.min(line.length, start + key.startChar - 1);
  if (key.endField === 0) return line.slice(start);
  let end: number;
  if (key.endChar === 0) end = fieldEnd(line, key.endField, separator);
  else {
    end = fieldStart(line, key.endField, separator);
    if (key.endBlanks) end = skipBlanks(line, end);
    end = Math.min(line.length, end + key.endChar);
  }
  return line.slice(start, Math.max(start, end));
}

const isBlank = (char: string): boolean => char === ' ' || char === '\t';

function skipBlanks(line: string, at: number): number {
  let i = at;
  while (i < line.length && isBlank(line.charAt(i))) i++;
  return i;
}

/** Returns the start of a field. Without -t, a field includes the blanks before it. */
function fieldStart(line: string, field: number, separator: string | undefined): number {
  let at = 0;
  for (let n = 1; n < field; n++) {
    if (separator === undefined) at = blankFieldEnd(line, at);
    else {
      const next = line.indexOf(separator, at);
      if (next < 0) return line.length;
      at = next + 1;
    }
  }
  return at;
}

function blankFieldEnd(line: string, at: number): number {
  let i = skipBlanks(line, at);
  while (i < line.length && !isBlank(line.charAt(i))) i++;
  return i;
}

function fieldEnd(line: string, field: number, separator: string | undefined): number {
  const start = fieldStart(line, field, separator);
  if (separator === undefined) return blankFieldEnd(line, start);
  const next = line.indexOf(separator, start);
  return next < 0 ? line.length : next;
}

function withFlags(flags: string, keyFrom: (line: string) => string): Order {
  const order = orderOf(flags);
  const shape = shapeOf(flags);
  const sign = flags.includes('r') ? -1 : 1;
  return (a, b) => sign * order(shape(keyFrom(a)), shape(keyFrom(b)));
}

function orderOf(flags: string): Order {
  if (flags.includes('n')) return numeric;
  if (flags.includes('g')) return (a, b) => compareGeneral(general(a), general(b));
  if (flags.includes('h')) return human;
  if (flags.includes('M')) return (a, b) => month(a) - month(b);
  if (flags.includes('V')) return version;
  return bytewise;
}

function shapeOf(flags: string): (key: string) => string {
  const blanks = flags.includes('b');
  const dictionary = flags.includes('d');
  const printing = flags.includes('i');
  const fold = flags.includes('f');
  if (!blanks && !dictionary && !printing && !fold) return (key) => key;
  return (key) => {
    let shaped = blanks ? key.replace(/^[ \t]+/, '') : key;
    if (dictionary) shaped = shaped.replace(/[^A-Za-z0-9 \t]/g, '');
    if (printing) shaped = shaped.replace(/[^ -~]/g, '');
    return fold ? shaped.toUpperCase() : shaped;
  };
}

/** Compares numbers with any number of digits, as text, since floating point would lose digits. */
function numeric(a: string, b: string): number {
  const [x, y] = [digitsOf(a), digitsOf(b)];
  if (x.negative !== y.negative) return x.negative ? -1 : 1;
  const order =
    x.whole.length - y.whole.length ||
    bytewise(x.whole, y.whole) ||
    bytewise(x.fraction, y.fraction);
  return x.negative ? -order : order;
}

function digitsOf(text: string): { negative: boolean; whole: string; fraction: string } {
  const match = /^[ \t]*(-?)(\d*)(?:\.(\d*))?/.exec(text);
  const whole = (match?.[2] ?? '').replace(/^0+/, '');
  const fraction = (match?.[3] ?? '').replace(/0+$/, '');
  const zero = whole === '' && fraction === '';
  return { negative: match?.[1] === '-' && !zero, whole, fraction };
}

/** Parses a number for -g; undefined if the text is none. */
function general(text: string): number | undefined {
  const [, sign = '', word = ''] =
    /^\s*([-+]?)(inf(?:inity)?|nan|0x[\da-f]+|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)/i.exec(text) ?? [];
  if (word === '') return undefined;
  const size = /^inf/i.test(word) ? Infinity : Number(word);
  return sign === '-' ? -size : size;
}

const placeOf = (n: number | undefined): number => (n === undefined ? 0 : Number.isNaN(n) ? 1 : 2);

/** Text that is no number comes first, then NaN. */
function compareGeneral(a: number | undefined, b: number | undefined): number {
  return (
    placeOf(a) - placeOf(b) ||
    (a === b || placeOf(a) < 2 ? 0 : (a as number) < (b as number) ? -1 : 1)
  );
}

const unit = (text: string): number => {
  const match = /^[ \t]*(-?)[\d.]+([KMGTPEZYk]?)/.exec(text);
  if (match === null) return 0;
  const power = 'KMGTPEZY'.indexOf((match[2] ?? '').toUpperCase() || '?') + 1;
  return match[1] === '-' ? -power : power;
};

function human(a: string, b: string): number {
  return unit(a) - unit(b) || numeric(a, b);
}

const MONTHS = 'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC';

function month(text: string): number {
  const name = text.trimStart().slice(0, 3).toUpperCase();
  const at = name.length === 3 ? MONTHS.indexOf(name) : -1;
  return at >= 0 && at % 3 === 0 ? at / 3 + 1 : 0;
}

/** Compares like gnulib's filevercmp, but without its special cases for file suffixes in ties. */
export function version(a: string, b: string): number {
  const order = verrevcmp(withoutSuffix(a), withoutSuffix(b));
  return order || verrevcmp(a, b);
}

const withoutSuffix = (name: string): string => name.replace(/(\.[A-Za-z~][A-Za-z0-9~]*)*$/, '');

/** Whether a character other than a digit stands at the index. */
const isText = (text: string, at: number): boolean => /\D/.test(text.charAt(at));

function verrevcmp(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    while (isText(a, i) || isText(b, j)) {
      const order = rank(a, i) - rank(b, j);
      if (order !== 0) return order;
      i++;
      j++;
    }
    const x = /^\d*/.exec(a.slice(i))?.[0] ?? '';
    const y = /^\d*/.exec(b.slice(j))?.[0] ?? '';
    const order = numeric(x, y);
    if (order !== 0) return order;
    i += x.length;
    j += y.length;
  }
  return 0;
}

/** Ranks a character: `~` sorts before the end of the text, the end before letters, letters before all others. */
function rank(text: string, at: number): number {
  const char = text.charAt(at);
  if (char === '~') return -2;
  if (char === '') return -1;
  if (/\d/.test(char)) return 0;
  return /[A-Za-z]/.test(char) ? char.charCodeAt(0) : char.charCodeAt(0) + 256;
}
