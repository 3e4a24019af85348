// variables.ts — Shell variables: scalars, indexed arrays, associative arrays, and their attributes.
import { presentOf } from './expand/slice.ts';

export type Value = string | string[] | Map<string, string> | undefined;

export interface Variable {
  /** undefined if the variable is declared but not set. Indexed arrays may have holes. */
  value: Value;
  exported: boolean;
  readonly: boolean;
  integer: boolean;
  /** `declare -l`, `declare -u`. */
  case: 'lower' | 'upper' | undefined;
  /** An array that was declared, and never assigned: `set -u` finds it unbound. */
  unassigned: boolean;
  /** `declare -n`: the name of the variable that this one stands for. */
  reference?: string;
}

export const createVariable = (value?: Value): Variable => ({
  value,
  exported: false,
  readonly: false,
  integer: false,
  case: undefined,
  unassigned: false,
});

export function copyVariable(variable: Variable): Variable {
  const { value, exported, readonly, integer, case: letters, unassigned } = variable;
  const copy: Variable = { value, exported, readonly, integer, case: letters, unassigned };
  if (variable.reference !== undefined) copy.reference = variable.reference;
  if (Array.isArray(value)) copy.value = value.slice();
  else if (value instanceof Map) copy.value = new Map(value);
  return copy;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export const isName = (word: string): boolean => NAME.test(word);

/** Returns the value of `$x`; for an array, element 0. */
export function scalarOf(value: Value): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  return Array.isArray(value) ? value[0] : value.get('0');
}

export function elementsOf(value: Value): string[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return presentOf(value);
  return keysOf(value).map((key) => value.get(key) as string);
}

export function keysOf(value: Value): string[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return ['0'];
  if (Array.isArray(value)) return Object.keys(value);
  return inHashOrder(value, 1024);
}

/** Returns the keys in bash's order: bucket by bucket, the latest entry of a bucket first. */
export function inHashOrder(map: ReadonlyMap<string, unknown>, buckets: number): string[] {
  const entries = [...map.keys()].map((key, i) => ({ key, i, bucket: hash(key) % buckets }));
  return entries.toSorted((a, b) => a.bucket - b.bucket || b.i - a.i).map(({ key }) => key);
}

/** The hash function FNV-1. */
function hash(key: string): number {
  let h = 2166136261;
  for (let i = 0; i < key.length; i++) h = (Math.imul(h, 16777619) ^ key.charCodeAt(i)) >>> 0;
  return h;
}
