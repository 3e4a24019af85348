// natives.ts — The functions of jq 1.6 that map values to a value. prelude.ts has those that jq defines in its own language.
import { encodeUtf8 } from '@dmsim/libc';

import { add, splitText } from './arithmetic.ts';
import { deletePaths, setPath } from './change-places.ts';
import { textOf } from './formats.ts';
import { matchAll } from './match-text.ts';
import { described, indicesOf } from './places.ts';
import { compact } from './print.ts';
import { parseJson } from './read-json.ts';
import type { JqValue } from './value.ts';
import { compare, isEqual, isObject, kindOf, raise, sortedKeys } from './value.ts';

type Native = (input: JqValue, ...args: JqValue[]) => JqValue;

/** The value as a list. Raises `VALUE WHAT` for any other. */
const listOf = (value: JqValue, what: string): readonly JqValue[] =>
  Array.isArray(value) ? value : raise(`${described(value)} ${what}`);

/** The value as a string. Raises `VALUE WHAT` for any other. */
const stringOf = (value: JqValue, what: string): string =>
  typeof value === 'string' ? value : raise(`${described(value)} ${what}`);

/** A function of numbers: its arguments, or its input if it takes none. */
const numeric =
  (fn: (x: number, ...more: number[]) => number | boolean): Native =>
  (input, ...args) => {
    const values = args.length > 0 ? args : [input];
    const bad = values.find((value) => typeof value !== 'number');
    if (bad !== undefined) raise(`${described(bad)} number required`);
    const [first, ...rest] = values as number[];
    return fn(first as number, ...rest);
  };

function length(input: JqValue): JqValue {
  if (input === null) return 0;
  if (typeof input === 'number') return Math.abs(input);
  if (typeof input === 'string') return Array.from(input).length;
  if (Array.isArray(input)) return input.length;
  return isObject(input) ? input.size : raise(`${described(input)} has no length`);
}

function keys(input: JqValue): JqValue[] {
  if (isObject(input)) return sortedKeys(input);
  return Array.isArray(input) ? Array.from(input.keys()) : raise(`${described(input)} has no keys`);
}

function has(input: JqValue, key: JqValue): boolean {
  if (isObject(input) && typeof key === 'string') return input.has(key);
  if (Array.isArray(input) && typeof key === 'number') return key >= 0 && key < input.length;
  return raise(
    `Cannot check whether ${kindOf(input)} has a ${typeof key === 'string' ? 'string' : kindOf(key)} key`,
  );
}

function contains(a: JqValue, b: JqValue): boolean {
  if (kindOf(a) !== kindOf(b))
    raise(`${described(a)} and ${described(b)} cannot have their containment checked`);
  if (isObject(a) && isObject(b))
    return [...b].every(([key, value]) => {
      const own = a.get(key);
      return own !== undefined && kindOf(own) === kindOf(value) && contains(own, value);
    });
  if (Array.isArray(a) && Array.isArray(b))
    return b.every((item) => a.some((own) => kindOf(own) === kindOf(item) && contains(own, item)));
  return typeof a === 'string' && typeof b === 'string' ? a.includes(b) : isEqual(a, b);
}

/** The items and the keys they are sorted by, sorted. */
function ordered(input: JqValue, by: JqValue): [item: JqValue, key: JqValue][] {
  const items = listOf(input, 'cannot be sorted, as it is not an array');
  const sortKeys = by as readonly JqValue[];
  return items
    .map((item, i): [JqValue, JqValue] => [item, sortKeys[i] ?? null])
    .toSorted((a, b) => compare(a[1], b[1]));
}

/** The items in the order of their keys, those with equal keys together. */
function groups(input: JqValue, by: JqValue): JqValue[][] {
  const made: JqValue[][] = [];
  let last: JqValue | undefined;
  for (const [item, key] of ordered(input, by)) {
    if (last !== undefined && isEqual(last, key)) made.at(-1)?.push(item);
    else made.push([item]);
    last = key;
  }
  return made;
}

/** The item with the least key (`sign` -1: the first such) or with the greatest (1: the last); null without items. */
function extreme(input: JqValue, by: JqValue, sign: 1 | -1): JqValue {
  const items = listOf(input, 'cannot be iterated over');
  const sortKeys = by as readonly JqValue[];
  let best = -1;
  for (const i of items.keys()) {
    const order = best < 0 ? 1 : compare(sortKeys[i] ?? null, sortKeys[best] ?? null) * sign;
    if (order > 0 || (order === 0 && sign > 0)) best = i;
  }
  return best < 0 ? null : (items[best] as JqValue);
}

function flatten(items: readonly JqValue[], depth: number): JqValue[] {
  if (depth < 0) raise('flatten depth must not be negative');
  return items.flatMap((item) =>
    Array.isArray(item) && depth > 0 ? flatten(item, depth - 1) : [item],
  );
}

function toNumber(input: JqValue): JqValue {
  if (typeof input === 'number') return input;
  const text = stringOf(input, 'cannot be parsed as a number');
  const value = parseJson(text);
  return typeof value === 'number'
    ? value
    : raise(`${described(input)} cannot be parsed as a number`);
}

function join(input: JqValue, by: JqValue): JqValue {
  const items = listOf(input, 'cannot be iterated over');
  if (items.length === 0) return '';
  return items
    .map((item) => (item === null ? '' : typeof item === 'object' ? item : textOf(item)))
    .reduce((all, item, i) => add(i === 0 ? all : add(all, by), item), '' as JqValue);
}

function indices(input: JqValue, wanted: JqValue): JqValue {
  if (input === null) return null;
  if (typeof input === 'string' && typeof wanted === 'string') {
    const found: number[] = [];
    if (wanted === '') return null;
    for (let i = input.indexOf(wanted); i >= 0; i = input.indexOf(wanted, i + 1)) found.push(i);
    return found;
  }
  const items = listOf(input, 'cannot be searched');
  return indicesOf(items, Array.isArray(wanted) ? wanted : [wanted]);
}

/** Both values, if both are strings. */
const bothStrings = (input: JqValue, part: JqValue): { text: string; part: string } | null =>
  typeof input === 'string' && typeof part === 'string' ? { text: input, part } : null;

/** The functions `startswith` and `endswith`. */
const saying =
  (name: string, test: (text: string, part: string) => boolean): Native =>
  (input, wanted) => {
    const { text, part } = bothStrings(input, wanted) ?? raise(`${name}() requires string inputs`);
    return test(text, part);
  };

function trimStart(input: JqValue, wanted: JqValue): JqValue {
  const both = bothStrings(input, wanted);
  return both?.text.startsWith(both.part) === true ? both.text.slice(both.part.length) : input;
}

function trimEnd(input: JqValue, wanted: JqValue): JqValue {
  const both = bothStrings(input, wanted);
  if (both === null || both.part === '' || !both.text.endsWith(both.part)) return input;
  return both.text.slice(0, -both.part.length);
}

function split(input: JqValue, by: JqValue): JqValue {
  const both = bothStrings(input, by);
  if (both === null) return raise('split input and separator must be strings');
  return splitText(both.text, both.part);
}

const NATIVES: ReadonlyMap<string, Native> = new Map<string, Native>([
  ['not/0', (input) => input === null || input === false],
  ['length/0', length],
  [
    'utf8bytelength/0',
    (input) => encodeUtf8(stringOf(input, 'only strings have UTF-8 byte length')).length,
  ],
  ['keys/0', keys],
  ['keys_unsorted/0', (input) => (isObject(input) ? [...input.keys()] : keys(input))],
  ['has/1', has],
  ['contains/1', contains],
  ['type/0', kindOf],
  ['tostring/0', textOf],
  ['tojson/0', compact],
  ['fromjson/0', (input) => parseJson(stringOf(input, 'cannot be parsed as JSON'))],
  ['tonumber/0', toNumber],
  ['_sort_by/1', (input, by) => ordered(input, by).map(([item]) => item)],
  ['_group_by/1', groups],
  ['_unique_by/1', (input, by) => groups(input, by).map(([item]) => item as JqValue)],
  ['_min_by/1', (input, by) => extreme(input, by, -1)],
  ['_max_by/1', (input, by) => extreme(input, by, 1)],
  [
    'sort/0',
    (input) => [...listOf(input, 'cannot be sorted, as it is not an array')].toSorted(compare),
  ],
  ['flatten/0', (input) => flatten(listOf(input, 'cannot be flattened'), Infinity)],
  ['flatten/1', (input, depth) => flatten(listOf(input, 'cannot be flattened'), Number(depth))],
  [
    'reverse/0',
    (input) =>
      input === null
        ? []
        : [...listOf(input, 'cannot be reversed, as it is not an array')].toReversed(),
  ],
  ['join/1', join],
  ['indices/1', indices],
  [
    'setpath/2',
    (input, path, value) =>
      setPath(input, listOf(path, 'Path must be specified as an array'), value),
  ],
  ['delpaths/1', (input, paths) => deletePaths(input, paths as readonly (readonly JqValue[])[])],
  ['startswith/1', saying('startswith', (text, part) => text.startsWith(part))],
  ['endswith/1', saying('endswith', (text, part) => text.endsWith(part))],
  ['ltrimstr/1', trimStart],
  ['rtrimstr/1', trimEnd],
  ['split/1', split],
  [
    'ascii_downcase/0',
    (input) =>
      stringOf(input, 'ascii_downcase input must be a string').replace(/[A-Z]/g, (c) =>
        c.toLowerCase(),
      ),
  ],
  [
    'ascii_upcase/0',
    (input) =>
      stringOf(input, 'ascii_upcase input must be a string').replace(/[a-z]/g, (c) =>
        c.toUpperCase(),
      ),
  ],
  [
    'explode/0',
    (input) => Array.from(stringOf(input, 'cannot be exploded'), (c) => c.codePointAt(0) ?? 0),
  ],
  ['implode/0', implode],
  ['_match/3', (input, regex, flags, testOnly) => matchAll(input, regex, flags, testOnly)],
  ['floor/0', numeric(Math.floor)],
  ['ceil/0', numeric(Math.ceil)],
  ['round/0', numeric((x) => Math.sign(x) * Math.round(Math.abs(x)))],
  ['trunc/0', numeric(Math.trunc)],
  ['fabs/0', numeric(Math.abs)],
  ['sqrt/0', numeric(Math.sqrt)],
  ['log/0', numeric(Math.log)],
  ['log2/0', numeric(Math.log2)],
  ['log10/0', numeric(Math.log10)],
  ['exp/0', numeric(Math.exp)],
  ['exp2/0', numeric((x) => 2 ** x)],
  ['exp10/0', numeric((x) => 10 ** x)],
  ['pow/2', numeric((x, y = 0) => x ** y)],
  ['infinite/0', () => Infinity],
  ['nan/0', () => NaN],
  ['isinfinite/0', numeric((x) => !Number.isFinite(x) && !Number.isNaN(x))],
  ['isnan/0', numeric(Number.isNaN)],
  ['transpose/0', transpose],
]);

function transpose(input: JqValue): JqValue {
  const rows = listOf(input, 'cannot be iterated over').map((row) => listOf(row, 'has no length'));
  const width = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: width }, (_, i) => rows.map((row) => row[i] ?? null));
}

function implode(input: JqValue): JqValue {
  if (!Array.isArray(input)) return raise('implode input must be an array');
  return (input as number[]).map((code) => String.fromCodePoint(code)).join('');
}

/** Whether jq itself has a function of that name with that many arguments, other than in its own language. */
export const isNative = (name: string, count: number): boolean => NATIVES.has(`${name}/${count}`);

/** The value of a function that `isNative` knows. Raises what jq raises. */
export function callNative(name: string, input: JqValue, args: readonly JqValue[]): JqValue {
  const key = `${name}/${args.length}`;
  const native = NATIVES.get(key);
  if (native === undefined) throw new Error(`no function ${key}`);
  return native(input, ...args);
}
