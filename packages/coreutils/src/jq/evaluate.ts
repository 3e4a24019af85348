// evaluate.ts — Runs a jq filter, which yields any number of values; each comes with the path that leads to it, if the caller asks for paths.
import { binary } from './arithmetic.ts';
import { assign } from './assign.ts';
import { call } from './call.ts';
import { applyFormat } from './formats.ts';
import type { JqNode, Pattern } from './node.ts';
import { indexValue, iterate, sliceValue } from './places.ts';
import type { BoundFunction, Env, Result } from './scope.ts';
import { labelScope, scope, variable } from './scope.ts';
import type { JqObject, JqValue } from './value.ts';
import { isTrue, JqError, kindOf, raise } from './value.ts';
import { plain, valuesOf } from './values.ts';

type Results = Generator<Result, void>;

/** `break`: ends everything up to the `label` of this scope. */
class Break extends Error {
  override readonly name = 'Break';
  readonly scope: Env;
  constructor(scope: Env) {
    super('break');
    this.scope = scope;
  }
}

/** Nodes whose values are computed, and so lie on no path. */
type Computed = Extract<
  JqNode,
  {
    readonly kind:
      | 'variable'
      | 'array'
      | 'object'
      | 'negate'
      | 'and'
      | 'or'
      | 'binary'
      | 'string'
      | 'format';
  }
>;

/** Nodes that bind names, call functions or assign. */
type Binding = Extract<
  JqNode,
  {
    readonly kind: 'bind' | 'reduce' | 'foreach' | 'define' | 'label' | 'break' | 'call' | 'assign';
  }
>;

/** Yields the values of a filter for one input. Throws a `JqError` for an error that `try` can catch. */
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

function* evaluateBinding(node: Binding | Computed, env: Env, input: Result): Results {
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
      return yield* assign(node, env, input.value);
    default:
      return yield* compute(node, env, input);
  }
}

function* compute(node: Computed, env: Env, input: Result): Results {
  switch (node.kind) {
    case 'variable':
      return void (yield plain(variable(env, node.name)));
    case 'array':
      return void (yield plain([...valuesOf(node.of, env, input.value)]));
    case 'object':
      return yield* objects(node.entries, env, input.value);
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
      return yield* interpolated(node, env, input.value);
    case 'format':
      return void (yield plain(applyFormat(node.name, input.value)));
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
    for (const whole of evaluate(node.of, env, input)) yield* iterate(whole);
    return;
  }
  for (const whole of evaluate(node.of, env, input)) {
    if (node.kind === 'index') {
      for (const by of valuesOf(node.by, env, input.value)) yield indexValue(whole, by);
      continue;
    }
    for (const to of boundsOf(node.to, env, input.value))
      for (const from of boundsOf(node.from, env, input.value)) yield sliceValue(whole, from, to);
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
        raise(`Cannot index ${kindOf(value)} with number`);
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

function* bindAll(parts: Parts, value: JqValue, env: Env, input: JqValue): Generator<Env, void> {
  const [first, ...rest] = parts;
  if (first === undefined) return void (yield env);
  const [keys, pattern] = first;
  for (const key of keys())
    for (const inner of bind(pattern, indexValue(plain(value), key).value, env, input))
      yield* bindAll(rest, value, inner, input);
}

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

function* labelled(name: string, body: JqNode, env: Env, input: Result): Results {
  const inner = scope(env, { label: name });
  try {
    yield* evaluate(body, inner, input);
  } catch (error) {
    if (!(error instanceof Break && error.scope === inner)) throw error;
  }
}

/** Yields an object for each combination of the values of its keys and its entries; `made` has the entries before these. */
function* objects(
  entries: readonly (readonly [JqNode, JqNode])[],
  env: Env,
  input: JqValue,
  made: JqObject = new Map(),
): Results {
  const [entry, ...rest] = entries;
  if (entry === undefined) return void (yield plain(made));
  for (const key of valuesOf(entry[0], env, input)) {
    if (typeof key !== 'string') raise('Object keys must be strings');
    for (const value of valuesOf(entry[1], env, input))
      yield* objects(rest, env, input, new Map([...made, [key, value]]));
  }
}

type Interpolated = Pick<Extract<JqNode, { readonly kind: 'string' }>, 'format' | 'parts'>;

/** Yields a string for each combination of the values within it; `made` is the text before these parts. */
function* interpolated(
  { format, parts: [part, ...parts] }: Interpolated,
  env: Env,
  input: JqValue,
  made = '',
): Results {
  if (part === undefined) yield plain(made);
  else if (typeof part === 'string')
    yield* interpolated({ format, parts }, env, input, made + part);
  else
    for (const value of valuesOf(part, env, input)) {
      const text = applyFormat(format ?? 'text', value);
      yield* interpolated({ format, parts }, env, input, made + text);
    }
}
