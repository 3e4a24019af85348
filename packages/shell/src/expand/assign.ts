// assign.ts — Assignments to variables, elements and whole arrays.
import type { Task } from '@dmsim/sim';

import { complain, discard } from '../messages.ts';
import { setVariable, withCase, writable } from '../parameters.ts';
import type { Shell } from '../shell.ts';
import type { Value, Variable } from '../variables.ts';
import { scalarOf } from '../variables.ts';
import { evaluate } from './evaluate.ts';

export interface ElementAssignment {
  readonly name: string;
  readonly key: string;
  readonly value: string;
  readonly append: boolean;
}

/** `x=value` and `x+=value`. */
export function* assignScalar(
  shell: Shell,
  name: string,
  value: string,
  append: boolean,
): Task<void> {
  const known = shell.variables.get(name);
  if (!append && known?.integer !== true) return yield* setVariable(shell, name, value);
  const old = scalarOf(known?.value) ?? '';
  yield* setVariable(shell, name, yield* combine(shell, known, { old, value, append }));
}

interface Combination {
  readonly old: string;
  readonly value: string;
  readonly append: boolean;
}

/** Computes the new value. For an integer variable, values are expressions and `+=` adds. */
export function* combine(
  shell: Shell,
  variable: Variable | undefined,
  { old, value, append }: Combination,
): Task<string> {
  if (variable?.integer !== true) return append ? old + value : value;
  const added = yield* evaluate(shell, value);
  return String(append ? BigInt.asIntN(64, (yield* evaluate(shell, old)) + added) : added);
}

/** `a[key]=value`; `key` is expanded, but not yet evaluated. */
export function* assignElement(shell: Shell, assignment: ElementAssignment): Task<void> {
  const { name, key, append } = assignment;
  const variable = yield* writable(shell, name);
  const value = withCase(variable, assignment.value);
  if (variable.value instanceof Map) {
    const old = variable.value.get(key) ?? '';
    variable.value.set(key, yield* combine(shell, variable, { old, value, append }));
    return;
  }
  const array = asArray(variable);
  const wanted = Number(yield* evaluate(shell, key));
  const index = wanted < 0 ? array.length + wanted : wanted;
  if (index < 0) return yield* discard(shell, `${name}[${key}]: bad array subscript`);
  array[index] = yield* combine(shell, variable, { old: array[index] ?? '', value, append });
}

export function asArray(variable: Variable): string[] {
  const { value } = variable;
  if (Array.isArray(value)) return value;
  const scalar = scalarOf(value);
  const array = scalar === undefined ? [] : [scalar];
  variable.value = array;
  return array;
}

/** One element of `a=(…)`, expanded. */
export type Element =
  | string
  | { readonly key: string; readonly value: string; readonly append: boolean };

/** `a=(…)` and `a+=(…)`. */
export function* assignArray(
  shell: Shell,
  name: string,
  elements: readonly Element[],
  append: boolean,
): Task<void> {
  const variable = yield* writable(shell, name);
  if (variable.value instanceof Map) {
    const old = variable.value;
    variable.value = yield* associative(shell, name, elements, {
      old,
      map: append ? old : new Map(),
    });
    return;
  }
  const array = append ? asArray(variable).slice() : [];
  let next = array.length;
  for (const element of elements) {
    if (typeof element !== 'string') next = Number(yield* evaluate(shell, element.key));
    const value = typeof element === 'string' ? element : element.value;
    const add = typeof element !== 'string' && element.append;
    const text = withCase(variable, value);
    array[next] = yield* combine(shell, variable, {
      old: array[next] ?? '',
      value: text,
      append: add,
    });
    next++;
  }
  variable.value = array;
}

function* associative(
  shell: Shell,
  name: string,
  elements: readonly Element[],
  { old, map }: Maps,
): Task<Value> {
  if (typeof elements[0] === 'string') return yield* ofPairs(shell, name, elements, map);
  for (const element of elements) {
    if (typeof element === 'string') {
      const message = `${element}: must use subscript when assigning associative array`;
      yield* complain(shell, `${name}: ${message}`);
    } else {
      const { key, value, append } = element;
      map.set(key, append ? (old.get(key) ?? '') + value : value);
    }
  }
  return map;
}

interface Maps {
  /** The value that `[key]+=…` adds to, even where the whole list replaces it. */
  readonly old: ReadonlyMap<string, string>;
  readonly map: Map<string, string>;
}

/** A list that begins without `[key]=` is keys and values in turn. */
function* ofPairs(
  shell: Shell,
  name: string,
  elements: readonly Element[],
  map: Map<string, string>,
): Task<Value> {
  const words = elements.map((element) =>
    typeof element === 'string' ? element : `[${element.key}]=${element.value}`,
  );
  for (let i = 0; i < words.length; i += 2) {
    const key = words[i] as string;
    if (key === '') yield* complain(shell, `${name}: bad array subscript`);
    else map.set(key, words[i + 1] ?? '');
  }
  return map;
}
