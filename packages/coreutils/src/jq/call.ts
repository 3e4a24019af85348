// call.ts — Calls a function by its name: an argument, a definition, or one of jq's own.
import { withinLimit } from '@dmsim/sim';

import { callNative } from './natives.ts';
import type { JqNode } from './node.ts';
import { getPath } from './places.ts';
import type { BoundFunction, Closure, Env, Result } from './scope.ts';
import { NO_VARIABLES, resolve, rootEnv, scope } from './scope.ts';
import type { JqValue } from './value.ts';
import { JqError, raise } from './value.ts';
import { pathsOf, plain, valuesOf } from './values.ts';

type Results = Generator<Result, void>;

export function* call(name: string, args: readonly JqNode[], env: Env, input: Result): Results {
  const { world } = env;
  withinLimit(world.limits, 'calls', ++world.depth);
  try {
    const found = resolve(env, name, args.length);
    if (found === undefined) yield* callSpecial(name, args, env, input);
    else if ('node' in found) yield* env.world.evaluate(found.node, found.env, input);
    else yield* callDefined(found, args, env, input);
  } finally {
    world.depth--;
  }
}

function* callDefined(
  found: BoundFunction,
  args: readonly JqNode[],
  env: Env,
  input: Result,
): Results {
  const { definition } = found;
  const base = found.env ?? rootEnv(env.world, NO_VARIABLES);
  const closures = new Map(
    definition.parameters.map((parameter, i): [string, Closure] => [
      parameter.replace(/^\$/, ''),
      { node: args[i] as JqNode, env },
    ]),
  );
  const inner = scope(base, { closures });
  const values = definition.parameters.filter((parameter) => parameter.startsWith('$'));
  yield* withValues(values, definition.body, inner, input);
}

/** Binds a parameter `$name` to each value of its argument in turn. */
function* withValues(names: readonly string[], body: JqNode, env: Env, input: Result): Results {
  const [first, ...rest] = names;
  if (first === undefined) return yield* env.world.evaluate(body, env, input);
  const name = first.slice(1);
  const closure = resolve(env, name, 0) as Closure;
  for (const value of valuesOf(closure.node, closure.env, input.value))
    yield* withValues(rest, body, scope(env, { variables: new Map([[name, value]]) }), input);
}

/** Functions that need more than values: places, other inputs, no result at all. By `NAME/ARGUMENTS`, as `callSpecial` has them. */
export const SPECIAL: ReadonlySet<string> = new Set(
  'empty/0 error/0 error/1 path/1 getpath/1 input/0 env/0 range/2'.split(' '),
);

function* callSpecial(name: string, args: readonly JqNode[], env: Env, input: Result): Results {
  const [first, second] = args;
  switch (`${name}/${args.length}`) {
    case 'empty/0':
      return;
    case 'error/0':
      throw new JqError(input.value);
    case 'error/1':
      for (const value of valuesOf(first as JqNode, env, input.value)) throw new JqError(value);
      return;
    case 'path/1':
      for (const path of pathsOf(first as JqNode, env, input.value)) yield plain(path);
      return;
    case 'getpath/1':
      for (const path of valuesOf(first as JqNode, env, input.value)) yield getPath(input, path);
      return;
    case 'input/0': {
      const value = env.world.input();
      if (value === undefined) raise('No more inputs');
      return void (yield plain(value));
    }
    case 'env/0':
      return void (yield plain(new Map(env.world.environment)));
    case 'range/2':
      for (const from of valuesOf(first as JqNode, env, input.value))
        for (const to of valuesOf(second as JqNode, env, input.value)) yield* range(from, to);
      return;
    default:
      for (const values of combinations(args, env, input.value))
        yield plain(callNative(name, input.value, values));
  }
}

function* range(from: JqValue, to: JqValue): Results {
  if (typeof from !== 'number' || typeof to !== 'number') raise('Range bounds must be numeric');
  for (let i = from; i < to; i++) yield plain(i);
}

/** Yields each combination of the values of the arguments; those of the last one change fastest. */
function* combinations(
  args: readonly JqNode[],
  env: Env,
  input: JqValue,
  chosen: readonly JqValue[] = [],
): Generator<readonly JqValue[], void> {
  const node = args[chosen.length];
  if (node === undefined) return void (yield chosen);
  for (const value of valuesOf(node, env, input))
    yield* combinations(args, env, input, [...chosen, value]);
}
