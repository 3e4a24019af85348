// values.ts — Collects the values that a jq filter yields, or their paths.
import type { JqNode } from './node.ts';
import type { Env, Result } from './scope.ts';
import type { JqValue } from './value.ts';

/** All values of a filter for one input. */
export function* valuesOf(node: JqNode, env: Env, input: JqValue): Generator<JqValue, void> {
  for (const { value } of env.world.evaluate(node, env, { value: input, path: null })) yield value;
}

/** The paths of all values of a filter for one input; a value that is computed has none. */
export function* pathsOf(
  node: JqNode,
  env: Env,
  input: JqValue,
): Generator<readonly JqValue[], void> {
  for (const { path } of env.world.evaluate(node, env, { value: input, path: [] }))
    if (path !== null) yield path;
}

/** A value that lies on no path. */
export const plain = (value: JqValue): Result => ({ value, path: null });
