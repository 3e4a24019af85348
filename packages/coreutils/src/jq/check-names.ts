// check-names.ts — Finds the first name in a jq filter that is not defined. jq does that before it runs the filter.
import { SPECIAL } from './call.ts';
import { JqSyntaxError } from './lex.ts';
import { isNative } from './natives.ts';
import type { JqNode, Pattern } from './node.ts';
import { preludeOf } from './prelude.ts';

interface Names {
  readonly variables: ReadonlySet<string>;
  /** `name/count` */
  readonly functions: ReadonlySet<string>;
  readonly labels: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

/** Throws for an unknown function or variable. */
export const checkNames = (node: JqNode, variables: ReadonlySet<string>): void =>
  check(node, { variables, functions: NONE, labels: NONE });

const isKnown = (key: string): boolean => {
  const [name = '', count] = key.split('/');
  return preludeOf().has(key) || SPECIAL.has(key) || isNative(name, Number(count));
};

function undefinedName(name: string, at: number): never {
  if (UNSUPPORTED.has(name.replace(/\/.*/, '')))
    throw new JqSyntaxError(`${name}, which is not simulated`, at);
  throw new JqSyntaxError(`${name} is not defined`, at);
}

/** Functions of jq 1.6 that are not simulated. */
const UNSUPPORTED: ReadonlySet<string> = new Set(
  (
    'acos acosh asin asinh atan atan2 atanh builtins cbrt copysign cos cosh date dateadd datesub debug drem erf expm1 ' +
    'fdim fma fmax fmin fmod fromdate fromdateiso8601 frexp fromstream gamma get_search_list gmtime ' +
    'halt halt_error hypot input_filename input_line_number isnormal j0 j1 ldexp lgamma lgamma_r localtime log1p logb ' +
    'mktime modf modulemeta nearbyint nextafter nexttoward normals now rint scalb scalbln significand sin sinh ' +
    'stderr strflocaltime strftime strptime tan tanh tgamma todate todateiso8601 truncate_stream ' +
    'y0 y1'
  ).split(' '),
);

function check(node: JqNode, names: Names): void {
  switch (node.kind) {
    case 'variable':
      if (!names.variables.has(node.name)) undefinedName(`$${node.name}`, node.at);
      return;
    case 'break':
      if (!names.labels.has(node.name)) undefinedName(`$*label-${node.name}`, 0);
      return;
    case 'call': {
      const key = `${node.name}/${node.args.length}`;
      if (!names.functions.has(key) && !isKnown(key)) undefinedName(key, node.at);
      for (const arg of node.args) check(arg, names);
      return;
    }
    case 'label':
      return check(node.body, { ...names, labels: new Set([...names.labels, node.name]) });
    case 'define':
      return checkDefinition(node, names);
    case 'bind':
      check(node.source, names);
      return check(node.body, withPattern(names, node.pattern));
    case 'reduce':
    case 'foreach':
      return checkFold(node, names);
    default:
      for (const child of childrenOf(node)) check(child, names);
  }
}

function checkDefinition(
  { definition, body }: Extract<JqNode, { readonly kind: 'define' }>,
  names: Names,
): void {
  const { name, parameters } = definition;
  const functions = new Set([...names.functions, `${name}/${parameters.length}`]);
  const own = parameters.map((parameter) => parameter.replace(/^\$/, ''));
  const values = parameters.filter((one) => one.startsWith('$')).map((one) => one.slice(1));
  check(definition.body, {
    ...names,
    functions: new Set([...functions, ...own.map((parameter) => `${parameter}/0`)]),
    variables: new Set([...names.variables, ...values]),
  });
  check(body, { ...names, functions });
}

function checkFold(
  node: Extract<JqNode, { readonly kind: 'reduce' | 'foreach' }>,
  names: Names,
): void {
  check(node.source, names);
  check(node.start, names);
  const inner = withPattern(names, node.pattern);
  check(node.update, inner);
  if (node.kind === 'foreach' && node.extract !== null) check(node.extract, inner);
}

const withPattern = (names: Names, pattern: Pattern): Names => ({
  ...names,
  variables: new Set([...names.variables, ...variablesOf(pattern)]),
});

function variablesOf(pattern: Pattern): string[] {
  switch (pattern.kind) {
    case 'variable':
      return [pattern.name];
    case 'array':
      return pattern.items.flatMap(variablesOf);
    case 'object':
      return pattern.entries.flatMap(([, item]) => variablesOf(item));
  }
}

/** The filters directly inside a filter. */
function childrenOf(node: JqNode): JqNode[] {
  return Object.values(node).flatMap(nodesIn);
}

function nodesIn(part: unknown): JqNode[] {
  if (Array.isArray(part)) return part.flatMap(nodesIn);
  if (typeof part !== 'object' || part === null || !('kind' in part)) return [];
  return [part as JqNode];
}
