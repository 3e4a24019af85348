// selection.ts — -S: which devices a command is about. Mirrors libdm/libdm-report.c: _parse_or_ex, _parse_selection.
import { compileRegex, RegexError } from '@dmsim/libc';
import { NotSupported } from '@dmsim/sim';

import { SELECTABLE_FIELDS, SELECTION_HELP } from './select-help.ts';

/** A condition on the values of fields. */
export type Selection =
  | { readonly kind: 'or' | 'and'; readonly parts: readonly Selection[] }
  | { readonly kind: 'not'; readonly part: Selection }
  | { readonly kind: 'test'; readonly field: string; readonly holds: (value: string) => boolean };

/** A field that a selection may name. */
export interface Selectable {
  readonly id: string;
  readonly numeric: boolean;
}

/** The message for a selection that makes no sense, without the end of its last line. */
export interface SelectionProblem {
  readonly error: string;
}

class Wrong extends Error {}

/**
 *   OR   := AND (('||' | '#') AND)*          AND  := EX (('&&' | ',') EX)*
 *   EX   := '!' '(' OR ')' | '(' OR ')' | TEST
 *   TEST := FIELD ('=~' | '!~' | '=' | '!=' | '>=' | '>' | '<=' | '<') VALUE
 * `find` knows the fields.
 */
export function parseSelection(
  text: string,
  find: (id: string) => Selectable | undefined,
): Selection | SelectionProblem {
  const input: Input = { rest: text, find };
  try {
    const selection = parseOr(input);
    skipSpace(input);
    if (input.rest === '') return selection;
    throw syntaxError('Expecting logical operator', input.rest);
  } catch (error) {
    if (error instanceof Wrong) return { error: error.message };
    throw error;
  }
}

export function isSelected(selection: Selection, valueOf: (field: string) => string): boolean {
  switch (selection.kind) {
    case 'or':
      return selection.parts.some((part) => isSelected(part, valueOf));
    case 'and':
      return selection.parts.every((part) => isSelected(part, valueOf));
    case 'not':
      return !isSelected(selection.part, valueOf);
    case 'test':
      return selection.holds(valueOf(selection.field));
  }
}

export const fieldsOf = (selection: Selection): string[] => {
  switch (selection.kind) {
    case 'test':
      return [selection.field];
    case 'not':
      return fieldsOf(selection.part);
    case 'or':
    case 'and':
      return selection.parts.flatMap(fieldsOf);
  }
};

interface Input {
  rest: string;
  readonly find: (id: string) => Selectable | undefined;
}

const syntaxError = (why: string, at: string): Wrong =>
  new Wrong(
    `${why}\nSelection syntax error at '${at}'.\nUse 'help' for selection to get more help.`,
  );

function skipSpace(input: Input): void {
  input.rest = input.rest.trimStart();
}

/** Takes one of the words away, if the rest begins with it. */
function take(input: Input, words: RegExp): string | undefined {
  skipSpace(input);
  const word = words.exec(input.rest)?.[0];
  if (word !== undefined) input.rest = input.rest.slice(word.length);
  return word;
}

function parseOr(input: Input): Selection {
  const parts = [parseAnd(input)];
  while (take(input, /^(?:\|\||#)/) !== undefined) parts.push(parseAnd(input));
  return parts.length === 1 ? (parts[0] as Selection) : { kind: 'or', parts };
}

function parseAnd(input: Input): Selection {
  const parts = [parseEx(input)];
  while (take(input, /^(?:&&|,)/) !== undefined) parts.push(parseEx(input));
  return parts.length === 1 ? (parts[0] as Selection) : { kind: 'and', parts };
}

function parseEx(input: Input): Selection {
  const negated = take(input, /^!/) !== undefined;
  if (take(input, /^\(/) === undefined) {
    if (negated) throw new Wrong(`Syntax error: left parenthesis expected at '${input.rest}'`);
    return parseTest(input);
  }
  const part = parseOr(input);
  if (take(input, /^\)/) === undefined)
    throw new Wrong(`Syntax error: right parenthesis expected at '${input.rest}'`);
  return negated ? { kind: 'not', part } : part;
}

const OPERATORS = /^(?:=~|!~|!=|>=|<=|=|>|<|since|after|until|before)/;

function parseTest(input: Input): Selection {
  skipSpace(input);
  const { rest: start, find } = input;
  const id = take(input, /^\w+/);
  if (id === undefined) throw syntaxError('Expecting field name', start);
  const field = find(id);
  if (field === undefined)
    throw syntaxError(`${SELECTABLE_FIELDS}Unrecognised selection field: ${id}`, start);
  skipSpace(input);
  const operator = take(input, OPERATORS);
  if (operator === undefined) {
    const what = `Unrecognised comparison operator: ${input.rest}`;
    throw syntaxError(SELECTION_HELP + what, start);
  }
  skipSpace(input);
  return { kind: 'test', field: field.id, holds: parseValue(input, { field, operator, start }) };
}

interface Test {
  readonly field: Selectable;
  readonly operator: string;
  /** The text from where the test begins. */
  readonly start: string;
}

function parseValue(input: Input, test: Test): (value: string) => boolean {
  const { field, operator, start } = test;
  if (/^[a-z]/.test(operator)) {
    const what = `Operator can be used only with time fields: ${start}`;
    throw syntaxError(SELECTION_HELP + what, start);
  }
  if (operator.endsWith('~')) return regexTest(input, test);
  if (field.numeric) return numberTest(input, test);
  if (/[<>]/.test(operator)) {
    const what = `Operator can be used only with number, size, time or percent fields: ${start}`;
    throw syntaxError(SELECTION_HELP + what, start);
  }
  const wanted = stringValue(input, `string value for selection field ${field.id}`, test, {
    '"': '"',
    "'": "'",
  });
  return (value) => (value === wanted) === (operator === '=');
}

const REGEX_QUOTES = { '"': '"', "'": "'", '(': ')', '{': '}', '[': ']' };

function regexTest(input: Input, test: Test): (value: string) => boolean {
  const { field, operator } = test;
  if (field.numeric)
    throw new Wrong(`dm_report: incompatible comparison type for selection field ${field.id}`);
  const pattern = stringValue(
    input,
    `regex value for selection field ${field.id}`,
    test,
    REGEX_QUOTES,
  );
  // libdm's own expressions have less than POSIX's, and other words for what is wrong.
  if (/[{}]|\[:/.test(pattern))
    throw new NotSupported('dmsetup', 0, `-S ${field.id}${operator}${pattern}`);
  try {
    const regex = compileRegex(pattern, { extended: true });
    return (value) => regex.test(value) === (operator === '=~');
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    throw new NotSupported('dmsetup', 0, `-S ${field.id}${operator}${pattern}`);
  }
}

function stringValue(
  input: Input,
  what: string,
  { start }: Test,
  quotes: Readonly<Record<string, string>>,
): string {
  const close = quotes[input.rest[0] ?? ''];
  if (close === undefined) return take(input, /^(?:(?!&&|,|\|\||#|\))\S)+/) ?? '';
  const end = input.rest.indexOf(close, 1);
  if (end < 0) throw syntaxError(`Missing end quote.\nFailed to parse ${what}.`, start);
  const value = input.rest.slice(1, end);
  input.rest = input.rest.slice(end + 1);
  return value;
}

const COMPARE: Readonly<Record<string, (a: bigint, b: bigint) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>=': (a, b) => a >= b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '<': (a, b) => a < b,
};

function numberTest(input: Input, { field, operator, start }: Test): (value: string) => boolean {
  const word = take(input, /^(?:\d+(?:\.\d*)?|\.\d+)/);
  if (word === undefined)
    throw syntaxError(`Failed to parse numeric value for selection field ${field.id}.`, start);
  if (/^[bskmgtpe]/i.test(input.rest)) {
    const what = 'Found size unit specifier but numeric value expected for selection field';
    throw syntaxError(`${what} ${field.id}.`, start);
  }
  const wanted = BigInt(word.replace(/\..*/, '') || '0');
  if (wanted >= 2n ** 64n)
    throw new Wrong(`Field selection value ${word} out of supported range for field ${field.id}.`);
  const compare = COMPARE[operator] as (a: bigint, b: bigint) => boolean;
  return (value) => compare(BigInt(value === '' ? 0 : value), wanted);
}
