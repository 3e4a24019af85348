// scope.ts — What names mean at a place of a jq filter: variables, functions, arguments, labels.
import type { Limits } from '@dmsim/sim';

import type { Definition, JqNode } from './node.ts';
import type { JqValue } from './value.ts';

/** Keys from the outside to the inside; null where nobody asks. A computed value is on none, and looking into it is an error. */
export type Path = readonly JqValue[] | null;

export interface Result {
  readonly value: JqValue;
  readonly path: Path;
}

/** A filter that is an argument, with the names that it was written among. */
export interface Closure {
  readonly node: JqNode;
  readonly env: Env;
}

export interface BoundFunction {
  readonly definition: Definition;
  /** Null for a function of jq itself and for the innermost definition, whose names are those of its place. */
  env: Env | null;
}

export interface Env {
  readonly parent: Env | null;
  readonly variables: ReadonlyMap<string, JqValue>;
  readonly functions: ReadonlyMap<string, BoundFunction>;
  readonly closures: ReadonlyMap<string, Closure>;
  /** Of `label`: what `break` looks for. */
  readonly label: string | null;
  readonly world: World;
}

/** What filters share. */
export interface World {
  readonly limits: Limits;
  readonly builtins: ReadonlyMap<string, Definition>;
  /** Takes the next input; undefined at the end. */
  readonly input: () => JqValue | undefined;
  readonly environment: ReadonlyMap<string, string>;
  readonly evaluate: (node: JqNode, env: Env, input: Result) => Generator<Result, void>;
  /** Calls within calls. */
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

/** Which definition or argument a name and a count mean. */
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
