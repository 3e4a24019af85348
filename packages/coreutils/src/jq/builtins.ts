// builtins.ts — The functions of jq 1.6: those that map values to a value, and those that jq writes in its own language.
import { encodeUtf8 } from '@dmsim/libc';

import { add, splitText } from './arithmetic.ts';
import { textOf } from './formats.ts';
import { matchAll } from './match-text.ts';
import type { Definition } from './node.ts';
import { parseDefinitions } from './parse.ts';
import { deletePaths, described, indicesOf, setPath } from './places.ts';
import { compact } from './print.ts';
import { parseJson } from './read-json.ts';
import type { JqValue } from './value.ts';
import { compare, isEqual, isObject, kindOf, raise, sortedKeys } from './value.ts';

type Native = (input: JqValue, ...args: JqValue[]) => JqValue;

const listOf = (value: JqValue, what: string): readonly JqValue[] =>
  Array.isArray(value) ? value : raise(`${described(value)} ${what}`);

const stringOf = (value: JqValue, what: string): string =>
  typeof value === 'string' ? value : raise(`${described(value)} ${what}`);

const numeric =
  (fn: (x: number, ...more: number[]) => number): Native =>
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

/** Items and the values they are sorted by, in their order. */
function ordered(input: JqValue, by: JqValue): [item: JqValue, key: JqValue][] {
  const items = listOf(input, 'cannot be sorted, as it is not an array');
  const sortKeys = by as readonly JqValue[];
  return items
    .map((item, i): [JqValue, JqValue] => [item, sortKeys[i] ?? null])
    .toSorted((a, b) => compare(a[1], b[1]));
}

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

const end = (input: JqValue, wanted: JqValue): { text: string; part: string } | null =>
  typeof input === 'string' && typeof wanted === 'string' ? { text: input, part: wanted } : null;

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
  [
    'startswith/1',
    (input, part) =>
      (end(input, part) ?? raise('startswith() requires string inputs')).text.startsWith(
        part as string,
      ),
  ],
  [
    'endswith/1',
    (input, part) =>
      (end(input, part) ?? raise('endswith() requires string inputs')).text.endsWith(
        part as string,
      ),
  ],
  [
    'ltrimstr/1',
    (input, part) =>
      end(input, part)?.text.startsWith(part as string) === true
        ? (input as string).slice((part as string).length)
        : input,
  ],
  [
    'rtrimstr/1',
    (input, part) =>
      end(input, part)?.text.endsWith(part as string) === true && part !== ''
        ? (input as string).slice(0, -(part as string).length)
        : input,
  ],
  [
    'split/1',
    (input, by) =>
      end(input, by) === null
        ? raise('split input and separator must be strings')
        : splitText(input as string, by as string),
  ],
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
  ['isinfinite/0', numeric((x) => Number(!Number.isFinite(x) && !Number.isNaN(x)))],
  ['isnan/0', numeric((x) => Number(Number.isNaN(x)))],
  ['transpose/0', transpose],
]);

function transpose(input: JqValue): JqValue {
  const rows = listOf(input, 'cannot be iterated over').map((row) => listOf(row, 'has no length'));
  const width = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: width }, (_, i) => rows.map((row) => row[i] ?? null));
}

function implode(input: JqValue): JqValue {
  if (!Array.isArray(input)) return raise('implode input must be an array');
  return String.fromCodePoint(...(input as number[]));
}

/** Functions whose answers are truth values and come as numbers from `numeric`. */
const TRUTHS: ReadonlySet<string> = new Set(['isinfinite/0', 'isnan/0']);

export const isNative = (name: string, count: number): boolean => NATIVES.has(`${name}/${count}`);

export function callNative(name: string, input: JqValue, args: readonly JqValue[]): JqValue {
  const key = `${name}/${args.length}`;
  const native = NATIVES.get(key);
  if (native === undefined) throw new Error(`no function ${key}`);
  const value = native(input, ...args);
  return TRUTHS.has(key) ? value === 1 : value;
}

/** What filters may call that is neither here nor below (`callSpecial`). */
export const SPECIAL: ReadonlySet<string> = new Set(
  'empty/0 error/0 error/1 path/1 getpath/1 input/0 env/0 range/2'.split(' '),
);

const PRELUDE = `
def map(f): [.[] | f];
def select(f): if f then . else empty end;
def recurse(f): def r: ., (f | r); r;
def recurse(f; cond): def r: ., (f | select(cond) | r); r;
def recurse: recurse(.[]?);
def values: select(. != null);
def nulls: select(. == null);
def booleans: select(type == "boolean");
def numbers: select(type == "number");
def strings: select(type == "string");
def arrays: select(type == "array");
def objects: select(type == "object");
def iterables: select(type|. == "array" or . == "object");
def scalars: select(type|. != "array" and . != "object");
def add: reduce .[] as $x (null; . + $x);
def range($x): range(0; $x);
def range($from; $upto; $by): if $by > 0 then $from|while(. < $upto; . + $by) elif $by < 0 then $from|while(. > $upto; . + $by) else empty end;
def while(cond; update): def _while: if cond then ., (update | _while) else empty end; _while;
def until(cond; update): def _until: if cond then . else (update | _until) end; _until;
def repeat(f): def _repeat: ., (f | _repeat); _repeat;
def to_entries: [keys_unsorted[] as $k | {key: $k, value: .[$k]}];
def from_entries: map({(.key // .k // .name // .Name // .K // .Key | if type == "string" then . else tojson end): (if has("value") then .value elif has("v") then .v else .Value end)}) | add + {} // {};
def with_entries(f): to_entries | map(f) | from_entries;
def map_values(f): .[] |= f;
def del(f): delpaths([path(f)]);
def paths: path(..)|select(length > 0);
def paths(node_filter): . as $dot|paths|select(. as $p|$dot|getpath($p) | node_filter);
def leaf_paths: paths(scalars);
def any: reduce .[] as $x (false; . or $x);
def all: reduce .[] as $x (true; . and $x);
def any(f): reduce (.[] | f) as $x (false; . or $x);
def all(f): reduce (.[] | f) as $x (true; . and $x);
def any(g; cond): isempty(first(g|cond or empty)) | not;
def all(g; cond): isempty(first(g|cond and empty)) ;
def isempty(g): first((g|false), true);
def first(f): label $out | (f | ., break $out);
def last(f): reduce f as $x (null; $x);
def first: .[0];
def last: .[-1];
def nth($n): .[$n];
def nth($n; f): last(limit($n + 1; f));
def limit($n; f): if $n > 0 then label $out | foreach f as $item (0; .+1; $item, if . >= $n then break $out else empty end) elif $n == 0 then empty else f end;
def in(xs): . as $x | xs | has($x);
def inside(xs): . as $x | xs | contains($x);
def index($i): indices($i) | .[0];
def rindex($i): indices($i) | .[-1:][0];
def sort_by(f): _sort_by(map([f]));
def group_by(f): _group_by(map([f]));
def unique: unique_by(.);
def unique_by(f): _unique_by(map([f]));
def min: min_by(.);
def max: max_by(.);
def min_by(f): _min_by(map([f]));
def max_by(f): _max_by(map([f]));
def walk(f): . as $in | if type == "object" then reduce keys_unsorted[] as $key ({}; . + {($key): ($in[$key] | walk(f))}) | f elif type == "array" then map(walk(f)) | f else f end;
def combinations: if length == 0 then [] else .[0][] as $x | (.[1:] | combinations) as $w | [$x] + $w end;
def combinations(n): . as $dot | [range(n)] | map($dot) | combinations;
def match(re; mode): _match(re; mode; false)|.[];
def match($val): ($val|type) as $vt | if $vt == "string" then match($val; null) else match($val[0]; $val[1]) end;
def test(re; mode): _match(re; mode; true);
def test($val): ($val|type) as $vt | if $vt == "string" then test($val; null) else test($val[0]; $val[1]) end;
def capture(re; mods): match(re; mods) | [.captures | .[] | select(.name != null) | {(.name): .string}] | add // {};
def capture($val): ($val|type) as $vt | if $vt == "string" then capture($val; null) else capture($val[0]; $val[1]) end;
def scan(re): match(re; "g") | if (.captures|length) > 0 then [.captures[] | .string] else .string end;
def splits($re): splits($re; null);
def splits($re; flags): split($re; flags) | .[];
def split($re; flags): . as $s | [foreach ((match($re; flags+"g") | [.offset, .length]), null) as $m ({at: 0, out: null}; if $m == null then .out = $s[.at:] else .out = $s[.at:$m[0]] | .at = $m[0] + $m[1] end; .out)];
def sub($re; str; $flags): . as $in | [match($re; $flags)] | reduce .[] as $m ({at: 0, out: ""}; ($m.captures | map(select(.name != null) | {(.name): .string}) | add // {}) as $c | .out += $in[.at:$m.offset] + ($c | str) | .at = $m.offset + $m.length) | .out + $in[.at:];
def sub($re; str): sub($re; str; "");
def gsub($re; str; $flags): sub($re; str; $flags + "g");
def gsub($re; str): sub($re; str; "g");
def inputs: def r: (try input catch (if . == "No more inputs" then empty else error end)) | (., r); r;
def finites: select(isinfinite or isnan | not);
def tostream: path(def r: (.[]?|r), .; r) as $p | getpath($p) | reduce path(.[]?) as $q ([$p, .]; [$p+$q]);
def IN(s): any(s == .; .);
def IN(src; s): any(src == s; .);
`;

/** By name and number of parameters. Parsed when jq is first run. */
let prelude: ReadonlyMap<string, Definition> | null = null;

export const preludeOf = (): ReadonlyMap<string, Definition> =>
  (prelude ??= new Map(
    parseDefinitions(PRELUDE).map((definition) => [
      `${definition.name}/${definition.parameters.length}`,
      definition,
    ]),
  ));
