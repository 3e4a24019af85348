// change-places.ts — Changes the value at a path in another value of jq: sets it, or deletes it. Values are never changed in place.
import { boundsIn, cannotIndex, valueAt } from './places.ts';
import type { JqObject, JqValue } from './value.ts';
import { compare, isObject, kindOf, raise } from './value.ts';

/** A copy of `of` with `value` at the path; objects and lists that are missing on the way are made. */
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

/** A list can't be made longer by setting an item beyond this. */
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

/** A copy of `of` without what is at the paths. The last places go first, so that earlier ones do not move. */
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
