// places.ts — Reads the value at a path in another value of jq. change-places.ts changes it.
import { compact } from './print.ts';
import type { Result } from './scope.ts';
import type { JqObject, JqValue } from './value.ts';
import { compare, isObject, kindOf, raise } from './value.ts';

const within = ({ path }: Result, key: JqValue): Result['path'] =>
  path === null ? null : [...path, key];

/** Yields the values in a list or an object. Raises for any other value. */
export function* iterate(input: Result): Generator<Result, void> {
  const { value } = input;
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield { value: item, path: within(input, i) };
  } else if (isObject(value)) {
    for (const [key, item] of value) yield { value: item, path: within(input, key) };
  } else raise(`Cannot iterate over ${described(value)}`);
}

/** Describes a value in messages: `number (5)`, with at most fourteen characters of the value; null is just `null`. */
export function described(value: JqValue): string {
  const kind = kindOf(value);
  if (kind === 'null') return 'null (null)';
  const text = compact(value);
  return `${kind} (${text.length > 14 ? `${text.slice(0, 11)}...` : text})`;
}

/** What `.[by]` is, with its path. */
export const indexValue = (input: Result, by: JqValue): Result => ({
  value: valueAt(input.value, by),
  path: within(input, by),
});

/** The value at a key, an index or a slice; null where there is none. Raises where that makes no sense. */
export function valueAt(of: JqValue, by: JqValue): JqValue {
  if (of === null) return valueInNull(by);
  if (isObject(of)) return typeof by === 'string' ? (of.get(by) ?? null) : cannotIndex(of, by);
  if (Array.isArray(of)) return valueInList(of, by);
  return typeof of === 'string' && isObject(by) ? sliceBy(of, by) : cannotIndex(of, by);
}

function valueInList(of: readonly JqValue[], by: JqValue): JqValue {
  if (typeof by === 'number') return itemAt(of, by);
  if (Array.isArray(by)) return indicesOf(of, by);
  return isObject(by) ? sliceBy(of, by) : cannotIndex(of, by);
}

const sliceBy = (of: JqValue, by: JqObject): JqValue =>
  slice(of, by.get('start') ?? null, by.get('end') ?? null);

const valueInNull = (by: JqValue): JqValue =>
  typeof by === 'string' || typeof by === 'number' || isObject(by) ? null : cannotIndex(null, by);

export const cannotIndex = (of: JqValue, by: JqValue): never =>
  raise(
    `Cannot index ${kindOf(of)} with ${typeof by === 'string' ? `string "${by}"` : kindOf(by)}`,
  );

function itemAt(items: readonly JqValue[], at: number): JqValue {
  const i = Math.floor(at);
  return items[i < 0 ? items.length + i : i] ?? null;
}

/** Where `wanted` begins in `items`, every time. */
export function indicesOf(items: readonly JqValue[], wanted: readonly JqValue[]): number[] {
  if (wanted.length === 0) return [];
  const found: number[] = [];
  for (let i = 0; i + wanted.length <= items.length; i++)
    if (wanted.every((one, j) => compare(items[i + j] as JqValue, one) === 0)) found.push(i);
  return found;
}

/** What `.[from:to]` is, with its path. */
export function sliceValue(input: Result, from: JqValue, to: JqValue): Result {
  const key: JqObject = new Map([
    ['start', from],
    ['end', to],
  ]);
  return { value: slice(input.value, from, to), path: within(input, key) };
}

function slice(of: JqValue, from: JqValue, to: JqValue): JqValue {
  if (of === null) return null;
  if (typeof of !== 'string' && !Array.isArray(of)) raise(`Cannot index ${kindOf(of)} with object`);
  const [start, end] = boundsIn(lengthOf(of), from, to);
  if (typeof of === 'string') return Array.from(of).slice(start, end).join('');
  return of.slice(start, end);
}

const lengthOf = (of: string | readonly JqValue[]): number =>
  typeof of === 'string' ? Array.from(of).length : of.length;

/** The first place of a slice and the place behind its last, within `length`. A negative bound counts from the end. */
export function boundsIn(length: number, from: JqValue, to: JqValue): readonly [number, number] {
  if ((from !== null && typeof from !== 'number') || (to !== null && typeof to !== 'number'))
    raise('Start and end indices of an array slice must be numbers');
  const place = (at: number): number => Math.min(Math.max(at < 0 ? at + length : at, 0), length);
  const start = Math.floor(place(from ?? 0));
  return [start, Math.max(start, Math.ceil(place(to ?? length)))];
}

/** What `getpath(path)` is, with its path. */
export function getPath(input: Result, path: JqValue): Result {
  if (!Array.isArray(path)) raise('Path must be specified as an array');
  let result = input;
  for (const key of path) result = indexValue(result, key);
  return result;
}
