// scope.ts — The scopes of a jq filter: variables, functions, arguments, labels.
import type { Limits } from '@dmsim/sim';

import type { Definition, JqNode } from './node.ts';
import type { JqValue } from './value.ts';

/**
 * The keys that lead to a value, outermost first. Null if nobody asks for paths, or if the value was computed: then looking into it
 * for a path is an error.
 */
export type Path = readonly JqValue[] | null;

export interface Result {
  readonly value: JqValue;
  readonly path: Path;
}

/** A filter given as an argument, with the scope in which it was written. */
export interface Closure {
  readonly node: JqNode;
  readonly env: Env;
}

export interface BoundFunction {
  readonly definition: Definition;
  /** The scope of the definition. Null for functions of jq itself, whose names mean the same everywhere. */
  env: Env | null;
}

export interface Env {
  readonly parent: Env | null;
  readonly variables: ReadonlyMap<string, JqValue>;
  readonly functions: ReadonlyMap<string, BoundFunction>;
  readonly closures: ReadonlyMap<string, Closure>;
  /** The name of the `label` that this scope belongs to: `break` looks for it. */
  readonly label: string | null;
  readonly world: World;
}

/** The state that all filters of one run share. */
export interface World {
  readonly limits: Limits;
  readonly builtins: ReadonlyMap<string, Definition>;
  /** Takes the next input; undefined at the end. */
  readonly input: () => JqValue | undefined;
  readonly environment: ReadonlyMap<string, string>;
  readonly evaluate: (node: JqNode, env: Env, input: Result) => Generator<Result, void>;
  /** How many calls are under way inside each other. */
  depth: number;
}

export const NO_VARIABLES: ReadonlyMap<string, JqValue> = new Map();
const NO_FUNCTIONS: ReadonlyMap<string, BoundFunction> = new Map();
const NO_CLOSURES: ReadonlyMap<string, Closure> = new Map();

export const scope = (parent: Env, own: Partial<Env>): Env => ({
  parent,
  variables: NO_VARIABLES,
  functions: NO_FUNCTIONS,
  closures: NO_CLOSURES,
  label: null,
  world: parent.world,
  ...own,
});

export const rootEnv = (world: World, variables: ReadonlyMap<string, JqValue>): Env => ({
  parent: null,
  variables,
  functions: NO_FUNCTIONS,
  closures: NO_CLOSURES,
  label: null,
  world,
});

export function labelScope(env: Env, name: string): Env {
  for (let one: Env | null = env; one !== null; one = one.parent)
    if (one.label === name) return one;
  throw new Error(`no label ${name}`);
}

export function variable(env: Env, name: string): JqValue {
  for (let one: Env | null = env; one !== null; one = one.parent) {
    const value = one.variables.get(name);
    if (value !== undefined) return value;
  }
  if (name === '__loc__')
    return new Map<string, JqValue>([
      ['file', '<top-level>'],
      ['line', 1],
    ]);
  if (name === 'ENV') return new Map(env.world.environment);
  throw new Error(`no variable ${name}`);
}

/** Finds the argument or definition that a name with `count` arguments means; undefined for functions of natives.ts and call.ts. */
export function resolve(
  env: Env,
  name: string,
  count: number,
): Closure | BoundFunction | undefined {
  const key = `${name}/${count}`;
  for (let one: Env | null = env; one !== null; one = one.parent) {
    if (count === 0) {
      const closure = one.closures.get(name);
      if (closure !== undefined) return closure;
    }
    const found = one.functions.get(key);
    if (found !== undefined) return found;
  }
  const definition = env.world.builtins.get(key);
  return definition === undefined ? undefined : { definition, env: null };
}
