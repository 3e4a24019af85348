// values.ts — Collects the values that a jq filter yields, or their paths.
import type { JqNode } from './node.ts';
import type { Env, Result } from './scope.ts';
import type { JqValue } from './value.ts';

/** All values of a filter for one input. */
export function* valuesOf(node: JqNode, env: Env, input: JqValue): Generator<JqValue, void> {
  for (const { value } of env.world.evaluate(node, env, { value: input, path: null })) yield value;
}

export function* pathsOf(
  node: JqNode,
  env: Env,
  input: JqValue,
): Generator<readonly JqValue[], void> {
  for (const { path } of env.world.evaluate(node, env, { value: input, path: [] }))
    if (path !== null) yield path;
}

export const plain = (value: JqValue): Result => ({ value, path: null });
