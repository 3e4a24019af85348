// declaration.ts — Variables as `declare -p` and `${x@A}` print them. Mirrors bash's builtins/setattr.def: show_var_attributes.
import { doubleQuote, hasControl, needsQuotes, quoteAlways } from './expand/quote.ts';
import type { Value, Variable } from './variables.ts';
import { keysOf } from './variables.ts';

/** The letters of `declare -p`, in its order. */
const ATTRIBUTES: readonly (readonly [letter: string, has: (variable: Variable) => boolean])[] = [
  ['a', ({ value }) => Array.isArray(value)],
  ['A', ({ value }) => value instanceof Map],
  ['i', ({ integer }) => integer],
  ['n', ({ reference }) => reference !== undefined],
  ['r', ({ readonly }) => readonly],
  ['x', ({ exported }) => exported],
  ['l', (variable) => variable.case === 'lower'],
  ['u', (variable) => variable.case === 'upper'],
];

/** The letters of its attributes. */
export const attributesOf = (variable: Variable): string =>
  ATTRIBUTES.map(([letter, has]) => (has(variable) ? letter : '')).join('');

/** `${x@A}` of a variable that is no list: it has single quotes. */
export function assignmentOf(name: string, variable: Variable, value: string): string {
  const letters = attributesOf(variable);
  return `${letters === '' ? '' : `declare -${letters} `}${name}=${quoteAlways(value)}`;
}

/** `${x[@]@K}`: keys and values, as they stand between the parentheses of an assignment. */
export function pairsOf(value: Value): string {
  const pairs = keysOf(value).map((key) => {
    const element = value instanceof Map ? value.get(key) : value?.[Number(key)];
    return `${key} ${doubleQuote(element ?? '')}`;
  });
  return pairs.join(' ') + (value instanceof Map && pairs.length > 0 ? ' ' : '');
}

const keyText = (key: string): string =>
  needsQuotes(key) || hasControl(key) || key === '@' ? doubleQuote(key) : key;

/** The command that makes the variable anew, with its newline. */
export function declaration(name: string, variable: Variable): string {
  const value = variable.reference ?? variable.value;
  const letters = attributesOf(variable);
  const head = `declare -${letters === '' ? '-' : letters} ${name}`;
  if (value === undefined || variable.unassigned) return `${head}\n`;
  if (typeof value === 'string') return `${head}=${doubleQuote(value)}\n`;
  return `${head}=${pairsText(value)}\n`;
}

/** `([0]="a" [1]="b")`. */
export function pairsText(value: string[] | Map<string, string>): string {
  const elements = keysOf(value).map((key) => {
    const element = Array.isArray(value) ? value[Number(key)] : value.get(key);
    return `[${keyText(key)}]=${doubleQuote(element ?? '')}`;
  });
  const tail = value instanceof Map && elements.length > 0 ? ' ' : '';
  return `(${elements.join(' ')}${tail})`;
}
