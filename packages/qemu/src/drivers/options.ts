// options.ts — Reads option values, which are typed if they come from JSON and text if they come from the command line.
import type { Json, JsonObject } from '../qmp/json.ts';
import { isJsonObject } from '../qmp/json.ts';

const SUFFIXES: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  K: 2 ** 10,
  M: 2 ** 20,
  G: 2 ** 30,
  T: 2 ** 40,
};

/** A size: a number, or text with a suffix ("1M"). */
export function optionalSize(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const match = /^(\d+)([BKMGT]?)$/iu.exec(value);
  const factor = SUFFIXES[(match?.[2] ?? '?').toUpperCase()];
  return match === null || factor === undefined ? undefined : Number(match[1]) * factor;
}

export function optionalFlag(value: Json | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value === 'on' ? true : value === 'off' ? false : undefined;
}

export const optionalString = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** A list: from JSON an array, from the command line an object whose members are 0, 1, 2, … */
export function optionList(value: Json | undefined): JsonObject[] {
  if (Array.isArray(value)) return value.filter(isJsonObject);
  if (!isJsonObject(value)) return [];
  const list: JsonObject[] = [];
  for (let i = 0; ; i++) {
    const item = value[String(i)];
    if (!isJsonObject(item)) return list;
    list.push(item);
  }
}

/** Flattens `{"inject-error": [{"errno": 5}]}` to `{"inject-error.0.errno": 5}`. Scalars are copied as they are. */
export function flattenOption(name: string, value: Json, into: JsonObject): void {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) flattenOption(`${name}.${i}`, item, into);
  } else if (isJsonObject(value)) {
    for (const [key, item] of Object.entries(value)) flattenOption(`${name}.${key}`, item, into);
  } else {
    into[name] = value;
  }
}
