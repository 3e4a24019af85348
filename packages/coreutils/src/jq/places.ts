// places.ts — Reads and changes the value at a path in another value of jq.
import { compact } from './print.ts';
import type { Result } from './scope.ts';
import type { JqObject, JqValue } from './value.ts';
import { compare, isObject, kindOf, raise } from './value.ts';

const within = ({ path }: Result, key: JqValue): Result['path'] =>
  path === null ? null : [...path, key];

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

export const indexValue = (input: Result, by: JqValue): Result => ({
  value: valueAt(input.value, by),
  path: within(input, by),
});

function valueAt(of: JqValue, by: JqValue): JqValue {
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

const cannotIndex = (of: JqValue, by: JqValue): never =>
  raise(
    `Cannot index ${kindOf(of)} with ${typeof by === 'string' ? `string "${by}"` : kindOf(by)}`,
  );

function itemAt(items: readonly JqValue[], at: number): JqValue {
  const i = Math.floor(at);
  return items[i < 0 ? items.length + i : i] ?? null;
}

export function indicesOf(items: readonly JqValue[], wanted: readonly JqValue[]): number[] {
  if (wanted.length === 0) return [];
  const found: number[] = [];
  for (let i = 0; i + wanted.length <= items.length; i++)
    if (wanted.every((one, j) => compare(items[i + j] as JqValue, one) === 0)) found.push(i);
  return found;
}

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

function boundsIn(length: number, from: JqValue, to: JqValue): readonly [number, number] {
  if ((from !== null && typeof from !== 'number') || (to !== null && typeof to !== 'number'))
    raise('Start and end indices of an array slice must be numbers');
  const place = (at: number): number => Math.min(Math.max(at < 0 ? at + length : at, 0), length);
  const start = Math.floor(place(from ?? 0));
  return [start, Math.max(start, Math.ceil(place(to ?? length)))];
}

export function setPath(of: JqValue, path: readonly JqValue[], value: JqValue): JqValue {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const change = (old: JqValue): JqValue => setPath(old, rest, value);
  if (isObject(key)) return setSlice(of, key, change);
  if (typeof key === 'string' && (of === null || isObject(of))) return setField(of, key, change);
  if (typeof key === 'number' && (of === null || Array.isArray(of)))
    return setItem(of ?? [], key, change);
  return cannotIndex(of, key);
}

const setField = (of: JqObject | null, key: string, change: (old: JqValue) => JqValue): JqValue =>
  new Map([...(of ?? []), [key, change(of?.get(key) ?? null)]]);

const MOST_ITEMS = 1e6;

function setItem(
  items: readonly JqValue[],
  at: number,
  change: (old: JqValue) => JqValue,
): JqValue {
  const i = at < 0 ? items.length + at : at;
  if (i < 0) raise('Out of bounds negative array index');
  if (i > MOST_ITEMS) raise('Array index too large');
  const copy = [...items];
  while (copy.length < i) copy.push(null);
  copy[i] = change(items[i] ?? null);
  return copy;
}

function setSlice(of: JqValue, key: JqObject, change: (old: JqValue) => JqValue): JqValue {
  const items = of ?? [];
  if (!Array.isArray(items)) raise(`Cannot update field at object index of ${kindOf(of)}`);
  const [start, end] = boundsIn(items.length, key.get('start') ?? null, key.get('end') ?? null);
  const changed = change(items.slice(start, end));
  if (!Array.isArray(changed)) raise('A slice of an array can only be assigned another array');
  return [...items.slice(0, start), ...changed, ...items.slice(end)];
}

/** Deletes the last places first, so that earlier ones do not move. */
export function deletePaths(of: JqValue, paths: readonly (readonly JqValue[])[]): JqValue {
  let result = of;
  for (const path of paths.toSorted((a, b) => compare(b, a))) result = deletePath(result, path);
  return result;
}

function deletePath(of: JqValue, path: readonly JqValue[]): JqValue {
  const [key, ...rest] = path;
  if (key === undefined || of === null) return null;
  if (rest.length > 0) {
    const inner = valueAt(of, key);
    return inner === null ? of : setPath(of, [key], deletePath(inner, rest));
  }
  if (isObject(of)) {
    if (typeof key !== 'string') raise(`Cannot delete field at object index of ${kindOf(key)}`);
    const copy = new Map(of);
    copy.delete(key);
    return copy;
  }
  if (!Array.isArray(of)) raise(`Cannot delete field at object index of ${kindOf(of)}`);
  if (isObject(key)) return setSlice(of, key, () => []);
  if (typeof key !== 'number') raise('Cannot delete field at array index of array');
  const i = key < 0 ? of.length + key : key;
  return of.filter((_, at) => at !== i);
}

export function getPath(input: Result, path: JqValue): Result {
  if (!Array.isArray(path)) raise('Path must be specified as an array');
  let result = input;
  for (const key of path) result = indexValue(result, key);
  return result;
}
