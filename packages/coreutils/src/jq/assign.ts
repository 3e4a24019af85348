// assign.ts — The assignments of jq: `=`, `|=`, `+=` and their like.
import { binary } from './arithmetic.ts';
import { deletePaths, setPath } from './change-places.ts';
import type { JqNode } from './node.ts';
import { getPath } from './places.ts';
import type { Env, Result } from './scope.ts';
import type { JqValue } from './value.ts';
import { isTrue } from './value.ts';
import { pathsOf, plain, valuesOf } from './values.ts';

type Assignment = Extract<JqNode, { readonly kind: 'assign' }>;

/** Yields the input with its places changed: once with `|=`, else once for each value of the right side. */
export function* assign(
  { operator, left, right }: Assignment,
  env: Env,
  input: JqValue,
): Generator<Result, void> {
  if (operator === '|=')
    return void (yield plain(update(left, env, input, (old) => firstOf(right, env, old))));
  for (const value of valuesOf(right, env, input)) {
    if (operator === '=') {
      let result = input;
      for (const path of pathsOf(left, env, input)) result = setPath(result, path, value);
      yield plain(result);
    } else if (operator === '//=') {
      yield plain(update(left, env, input, (old) => (isTrue(old) ? old : value)));
    } else {
      const op = operator.slice(0, -1) as '+' | '-' | '*' | '/' | '%';
      yield plain(update(left, env, input, (old) => binary(op, old, value)));
    }
  }
}

function firstOf(node: JqNode, env: Env, input: JqValue): JqValue | undefined {
  for (const value of valuesOf(node, env, input)) return value;
  return undefined;
}

/** Updates each place, and deletes a place for which the filter yields no value. */
function update(
  left: JqNode,
  env: Env,
  input: JqValue,
  change: (old: JqValue) => JqValue | undefined,
): JqValue {
  let result = input;
  const gone: (readonly JqValue[])[] = [];
  for (const path of Array.from(pathsOf(left, env, input))) {
    const changed = change(getPath(plain(result), path).value);
    if (changed === undefined) gone.push(path);
    else result = setPath(result, path, changed);
  }
  return gone.length > 0 ? deletePaths(result, gone) : result;
}
