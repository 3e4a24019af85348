// evaluate.ts — Runs a jq filter: it yields any number of values, each with the path that leads to it where one is asked for.
import { withinLimit } from '@dmsim/sim';

import { binary } from './arithmetic.ts';
import { assign } from './assign.ts';
import { callNative } from './builtins.ts';
import { applyFormat } from './formats.ts';
import type { JqNode, Pattern } from './node.ts';
import { getPath, indexValue, iterate, sliceValue } from './places.ts';
import type { BoundFunction, Closure, Env, Result } from './scope.ts';
import { labelScope, NO_VARIABLES, resolve, rootEnv, scope, variable } from './scope.ts';
import type { JqObject, JqValue } from './value.ts';
import { isTrue, JqError, raise } from './value.ts';
import { pathsOf, plain, valuesOf } from './values.ts';

type Results = Generator<Result, void>;

/** Ends all up to the `label` whose scope it names. */
class Break extends Error {
  override readonly name = 'Break';
  readonly scope: Env;
  constructor(scope: Env) {
    super('break');
    this.scope = scope;
  }
}

export function* evaluate(node: JqNode, env: Env, input: Result): Results {
  switch (node.kind) {
    case 'identity':
      return void (yield input);
    case 'descend':
      return yield* descend(input);
    case 'literal':
      return void (yield { value: node.value, path: node.value === null ? input.path : null });
    case 'index':
    case 'slice':
    case 'iterate':
      return yield* look(node, env, input);
    case 'pipe':
      for (const left of evaluate(node.left, env, input)) yield* evaluate(node.right, env, left);
      return;
    case 'comma':
      yield* evaluate(node.left, env, input);
      return yield* evaluate(node.right, env, input);
    case 'alternative':
      return yield* alternative(node, env, input);
    case 'if':
      for (const condition of valuesOf(node.condition, env, input.value))
        yield* evaluate(isTrue(condition) ? node.yes : node.otherwise, env, input);
      return;
    case 'optional':
      return yield* attempt(node.of, null, env, input);
    case 'try':
      return yield* attempt(node.body, node.handler, env, input);
    default:
      return yield* evaluateBinding(node, env, input);
  }
}

/** What makes names, and what computes. */
function* evaluateBinding(node: JqNode, env: Env, input: Result): Results {
  switch (node.kind) {
    case 'bind':
      for (const value of valuesOf(node.source, env, input.value))
        for (const inner of bind(node.pattern, value, env, input.value))
          yield* evaluate(node.body, inner, input);
      return;
    case 'reduce':
    case 'foreach':
      return yield* fold(node, env, input);
    case 'define': {
      const bound: BoundFunction = { definition: node.definition, env: null };
      const key = `${node.definition.name}/${node.definition.parameters.length}`;
      const inner = scope(env, { functions: new Map([[key, bound]]) });
      bound.env = inner;
      return yield* evaluate(node.body, inner, input);
    }
    case 'label':
      return yield* labelled(node.name, node.body, env, input);
    case 'break':
      throw new Break(labelScope(env, node.name));
    case 'call':
      return yield* call(node.name, node.args, env, input);
    case 'assign':
      return yield* assign(node.operator, node.left, node.right, env, input.value);
    default:
      return yield* compute(node, env, input);
  }
}

function* compute(node: JqNode, env: Env, input: Result): Results {
  switch (node.kind) {
    case 'variable':
      return void (yield plain(variable(env, node.name)));
    case 'array':
      return void (yield plain([...valuesOf(node.of, env, input.value)]));
    case 'object':
      return yield* objects(node.entries, 0, new Map(), env, input.value);
    case 'negate':
      for (const value of valuesOf(node.of, env, input.value)) yield plain(binary('-', 0, value));
      return;
    case 'and':
    case 'or':
      for (const left of valuesOf(node.left, env, input.value)) {
        if (isTrue(left) !== (node.kind === 'and')) yield plain(node.kind === 'or');
        else for (const right of valuesOf(node.right, env, input.value)) yield plain(isTrue(right));
      }
      return;
    case 'binary':
      for (const right of valuesOf(node.right, env, input.value))
        for (const left of valuesOf(node.left, env, input.value))
          yield plain(binary(node.operator, left, right));
      return;
    case 'string':
      return yield* interpolated(node.parts, node.format, 0, '', env, input.value);
    case 'format':
      return void (yield plain(applyFormat(node.name, input.value)));
    default:
      throw new Error(`a filter of another kind: ${node.kind}`);
  }
}

function* descend(input: Result): Results {
  yield input;
  const { value } = input;
  if (typeof value !== 'object' || value === null) return;
  for (const child of iterate(input)) yield* descend(child);
}

type Look = Extract<JqNode, { readonly kind: 'index' | 'slice' | 'iterate' }>;

function* look(node: Look, env: Env, input: Result): Results {
  if (node.kind === 'iterate') {
    for (const of of evaluate(node.of, env, input)) yield* iterate(of);
    return;
  }
  for (const of of evaluate(node.of, env, input)) {
    if (node.kind === 'index') {
      for (const by of valuesOf(node.by, env, input.value)) yield indexValue(of, by);
      continue;
    }
    for (const to of boundsOf(node.to, env, input.value))
      for (const from of boundsOf(node.from, env, input.value)) yield sliceValue(of, from, to);
  }
}

function* boundsOf(node: JqNode | null, env: Env, input: JqValue): Generator<JqValue, void> {
  if (node === null) yield null;
  else yield* valuesOf(node, env, input);
}

function* alternative(
  node: Extract<JqNode, { readonly kind: 'alternative' }>,
  env: Env,
  input: Result,
): Results {
  let any = false;
  try {
    for (const left of evaluate(node.left, env, input)) {
      if (!isTrue(left.value)) continue;
      any = true;
      yield left;
    }
  } catch (error) {
    if (!(error instanceof JqError)) throw error;
  }
  if (!any) yield* evaluate(node.right, env, input);
}

// oxlint-disable-next-line max-params -- the handler may be missing
function* attempt(body: JqNode, handler: JqNode | null, env: Env, input: Result): Results {
  const results = evaluate(body, env, input);
  for (;;) {
    let step: IteratorResult<Result, void>;
    try {
      step = results.next();
    } catch (error) {
      if (!(error instanceof JqError)) throw error;
      if (handler !== null) yield* evaluate(handler, env, plain(error.value));
      return;
    }
    if (step.done === true) return;
    yield step.value;
  }
}

function* bind(pattern: Pattern, value: JqValue, env: Env, input: JqValue): Generator<Env, void> {
  switch (pattern.kind) {
    case 'variable':
      yield scope(env, { variables: new Map([[pattern.name, value]]) });
      return;
    case 'array':
      if (value !== null && !Array.isArray(value))
        raise(`Cannot index ${kindText(value)} with number`);
      return yield* bindAll(
        pattern.items.map((item, i) => [() => [i][Symbol.iterator](), item] as const),
        value,
        env,
        input,
      );
    case 'object':
      return yield* bindAll(
        pattern.entries.map(([key, item]) => [() => valuesOf(key, env, input), item] as const),
        value,
        env,
        input,
      );
  }
}

type Parts = readonly (readonly [() => Iterable<JqValue>, Pattern])[];

// oxlint-disable-next-line max-params -- recursion over the parts
function* bindAll(parts: Parts, value: JqValue, env: Env, input: JqValue): Generator<Env, void> {
  const [first, ...rest] = parts;
  if (first === undefined) return void (yield env);
  const [keys, pattern] = first;
  for (const key of keys())
    for (const inner of bind(pattern, indexValue(plain(value), key).value, env, input))
      yield* bindAll(rest, value, inner, input);
}

const kindText = (value: JqValue): string => (typeof value === 'object' ? 'object' : typeof value);

type Fold = Extract<JqNode, { readonly kind: 'reduce' | 'foreach' }>;

function* fold(node: Fold, env: Env, input: Result): Results {
  for (const start of evaluate(node.start, env, input)) {
    let state: Result | undefined = start;
    for (const value of valuesOf(node.source, env, input.value)) {
      for (const inner of bind(node.pattern, value, env, input.value)) {
        const before: Result = state ?? plain(null);
        state = undefined;
        for (const after of evaluate(node.update, inner, before)) {
          state = after;
          if (node.kind === 'foreach')
            yield* node.extract === null ? [after] : evaluate(node.extract, inner, after);
        }
      }
    }
    if (node.kind === 'reduce') yield state ?? plain(null);
  }
}

// oxlint-disable-next-line max-params -- name, body and where they stand
function* labelled(name: string, body: JqNode, env: Env, input: Result): Results {
  const inner = scope(env, { label: name });
  try {
    yield* evaluate(body, inner, input);
  } catch (error) {
    if (!(error instanceof Break && error.scope === inner)) throw error;
  }
}

// oxlint-disable-next-line max-params -- name, arguments and where they stand
function* call(name: string, args: readonly JqNode[], env: Env, input: Result): Results {
  const { world } = env;
  withinLimit(world.limits, 'calls', ++world.depth);
  try {
    const found = resolve(env, name, args.length);
    if (found === undefined) yield* callSpecial(name, args, env, input);
    else if ('node' in found) yield* evaluate(found.node, found.env, input);
    else yield* callDefined(found, args, env, input);
  } finally {
    world.depth--;
  }
}

// oxlint-disable-next-line max-params -- as above
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

/** A parameter `$name` is bound to each value of its argument in turn. */
// oxlint-disable-next-line max-params -- recursion over the names
function* withValues(names: readonly string[], body: JqNode, env: Env, input: Result): Results {
  const [first, ...rest] = names;
  if (first === undefined) return yield* evaluate(body, env, input);
  const name = first.slice(1);
  const closure = resolve(env, name, 0) as Closure;
  for (const value of valuesOf(closure.node, closure.env, input.value))
    yield* withValues(rest, body, scope(env, { variables: new Map([[name, value]]) }), input);
}

/** The functions that need more than values: places, other inputs, no result at all. */
// oxlint-disable-next-line max-params -- as above
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
      return yield* callWithValues(name, args, [], env, input.value);
  }
}

function* range(from: JqValue, to: JqValue): Results {
  if (typeof from !== 'number' || typeof to !== 'number') raise('Range bounds must be numeric');
  for (let i = from; i < to; i++) yield plain(i);
}

/** Calls a function of values with each combination of its arguments. */
// oxlint-disable-next-line max-params -- recursion over the arguments
function* callWithValues(
  name: string,
  args: readonly JqNode[],
  values: readonly JqValue[],
  env: Env,
  input: JqValue,
): Results {
  const node = args[values.length];
  if (node === undefined) return void (yield plain(callNative(name, input, values)));
  for (const value of valuesOf(node, env, input))
    yield* callWithValues(name, args, [...values, value], env, input);
}

// oxlint-disable-next-line max-params -- recursion over the entries
function* objects(
  entries: readonly (readonly [JqNode, JqNode])[],
  at: number,
  made: JqObject,
  env: Env,
  input: JqValue,
): Results {
  const entry = entries[at];
  if (entry === undefined) return void (yield plain(made));
  for (const key of valuesOf(entry[0], env, input)) {
    if (typeof key !== 'string') raise('Object keys must be strings');
    for (const value of valuesOf(entry[1], env, input))
      yield* objects(entries, at + 1, new Map([...made, [key, value]]), env, input);
  }
}

// oxlint-disable-next-line max-params -- recursion over the parts
function* interpolated(
  parts: readonly (string | JqNode)[],
  format: string | null,
  at: number,
  made: string,
  env: Env,
  input: JqValue,
): Results {
  const part = parts[at];
  if (part === undefined) yield plain(made);
  else if (typeof part === 'string')
    yield* interpolated(parts, format, at + 1, made + part, env, input);
  else
    for (const value of valuesOf(part, env, input)) {
      const text = applyFormat(format ?? 'text', value);
      yield* interpolated(parts, format, at + 1, made + text, env, input);
    }
}
