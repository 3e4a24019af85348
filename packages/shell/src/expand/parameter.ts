// parameter.ts — The value of `$x` and `${x…}`.
import type { Task } from '@dmsim/sim';
import { ready } from '@dmsim/vfs';

import { assignmentOf, attributesOf, declaration, pairsOf } from '../declaration.ts';
import { complain, die, discard } from '../messages.ts';
import { ownVariable } from '../name-references.ts';
import { getParameter, getValue } from '../parameters.ts';
import type { Shell } from '../shell.ts';
import type { Index, Operation, ParameterSegment, Word } from '../syntax/ir.ts';
import { parseSubscript } from '../syntax/parse-lab.ts';
import type { Variable } from '../variables.ts';
import { elementsOf, keysOf, scalarOf } from '../variables.ts';
import { assignElement, assignScalar } from './assign.ts';
import { evaluate } from './evaluate.ts';
import { expandText } from './expand-word.ts';
import { applyOperation } from './parameter-operation.ts';
import { quoteAlways, singleQuote } from './quote.ts';
import { sliceList, sliceText } from './slice.ts';

/** One text, several texts (as for `$@`), or a word that is still to be expanded in place of the parameter. */
export type Expansion = string | readonly string[] | Word;

/** The variable or element that a parameter refers to, after `${!x}` and the subscript are resolved. */
export interface Reference {
  readonly name: string;
  readonly index: Index | undefined;
  /** The name that messages show. */
  readonly shown: string;
}

export function expandParameter(shell: Shell, segment: ParameterSegment): Task<Expansion> {
  const { name, operation, index, indirect } = segment;
  if (operation !== undefined || index !== undefined || indirect || name === '@' || name === '*') {
    return expandWithOperation(shell, segment);
  }
  const value = getParameter(shell, name);
  if (value === undefined && shell.flags.nounset) return unbound(shell, name);
  return ready(segment.length ? String((value ?? '').length) : (value ?? ''));
}

const isBad = ({ operation, index }: ParameterSegment): boolean =>
  operation?.kind === 'bad' || (typeof index === 'object' && index.source === '');

function* expandWithOperation(shell: Shell, segment: ParameterSegment): Task<Expansion> {
  const { name, operation } = segment;
  if (isBad(segment)) yield* discard(shell, `${segment.source}: bad substitution`);
  if (operation?.kind === 'names') return namesWithPrefix(shell, name);
  if (operation?.kind === 'keys') return keysOf(getValue(shell, name));
  if (segment.indirect) return yield* expandIndirect(shell, segment);
  return yield* applyTo(shell, segment, referenceOf(name, segment.index));
}

function* expandIndirect(shell: Shell, segment: ParameterSegment): Task<Expansion> {
  // Of a reference, `!` gives the name that it stands for.
  const named = ownVariable(shell, segment.name)?.reference;
  if (named !== undefined) return named;
  const reference = yield* dereference(shell, segment);
  const expansion = yield* applyTo(shell, segment, reference);
  const isJoined = segment.quoted && (reference.name === '*' || reference.index === '*');
  return isJoined && Array.isArray(expansion)
    ? expansion.join((getParameter(shell, 'IFS') ?? ' ').slice(0, 1))
    : expansion;
}

function applyTo(shell: Shell, segment: ParameterSegment, reference: Reference): Task<Expansion> {
  const { operation } = segment;
  return operation?.kind === 'describe'
    ? describe(shell, reference, operation.operator)
    : expandReference(shell, segment, reference);
}

function* expandReference(
  shell: Shell,
  { quoted, length, operation }: ParameterSegment,
  reference: Reference,
): Task<Expansion> {
  const value = yield* readReference(shell, reference, length);
  if (length) return yield* lengthOfValue(shell, reference, value);
  if (operation?.kind === 'default')
    return yield* useDefault(shell, { reference, quoted }, value, operation);
  if (value === undefined && shell.flags.nounset) yield* unbound(shell, reference.shown);
  if (operation === undefined) return value ?? '';
  if (operation.kind === 'slice') return yield* slice(shell, reference, value ?? '', operation);
  return yield* applyKnown(shell, operation, value);
}

function* applyKnown(
  shell: Shell,
  operation: Operation,
  value: string | readonly string[] | undefined,
): Task<Expansion> {
  // A variable without a value has no quotes either.
  if (value === undefined && operation.kind === 'transform') return '';
  return yield* applyOperation(shell, operation, value ?? '');
}

/** The value of `${x@A}` and its like, which tell of the variable itself. */
function* describe(
  shell: Shell,
  reference: Reference,
  operator: 'A' | 'a' | 'K' | 'k',
): Task<Expansion> {
  const { name, index } = reference;
  const variable = shell.variables.get(name);
  const value = yield* readReference(shell, reference);
  const whole = variable?.value;
  const isList = (index === '@' || index === '*') && typeof whole === 'object';
  if (isMissing(shell, reference, value)) yield* unbound(shell, reference.shown);
  if (operator === 'a') return attributes(reference, variable, isList ? elementsOf(whole) : value);
  if (value === undefined) return '';
  if (operator === 'A') return assignmentText(shell, name, { variable, value, isList });
  if (!isList) return typeof value === 'string' ? quoteAlways(value) : value.map(quoteAlways);
  if (operator === 'K') return pairsOf(whole);
  const values = elementsOf(whole);
  return keysOf(whole).flatMap((key, i) => [key, values[i] ?? '']);
}

const isMissing = (
  { flags }: Shell,
  { index }: Reference,
  value: string | readonly string[] | undefined,
): boolean => value === undefined && index === undefined && flags.nounset;

/** The letters once for each value of a list; the positional parameters have none. */
function attributes(
  { name, index }: Reference,
  variable: Variable | undefined,
  value: string | readonly string[] | undefined,
): string | readonly string[] {
  const letters = variable === undefined ? '' : attributesOf(variable);
  const isList = name === '@' || name === '*' || index === '@' || index === '*';
  return isList && typeof value === 'object' ? value.map(() => letters) : letters;
}

interface Described {
  readonly variable: Variable | undefined;
  readonly value: string | readonly string[];
  readonly isList: boolean;
}

function assignmentText(
  shell: Shell,
  name: string,
  { variable, value, isList }: Described,
): string {
  if (name === '@' || name === '*') return `set -- ${shell.positional.map(singleQuote).join(' ')}`;
  if (variable === undefined) return '';
  if (isList) return declaration(name, variable).trimEnd();
  return assignmentOf(name, variable, typeof value === 'string' ? value : value.join(' '));
}

/** Reports an unbound variable. The message shows parameters such as `$1` with their `$`. */
function unbound(shell: Shell, shown: string): Task<never> {
  return die(shell, `${/^(?:[A-Za-z_]|!.)/.test(shown) ? '' : '$'}${shown}: unbound variable`);
}

function namesWithPrefix(shell: Shell, prefix: string): string[] {
  return [...shell.variables]
    .filter(([name, variable]) => name.startsWith(prefix) && variable.value !== undefined)
    .map(([name]) => name)
    .toSorted();
}

function referenceOf(name: string, index: Index | undefined): Reference {
  const shown = typeof index === 'object' ? `${name}[${index.source}]` : name;
  return { name, index, shown };
}

/** The variable or element that the value of `${!x}` or `${!x[1]}` names. */
function* dereference(shell: Shell, { name, index: at }: ParameterSegment): Task<Reference> {
  const from = referenceOf(name, at);
  const target =
    typeof at === 'object' ? yield* readElement(shell, from, at, false) : getParameter(shell, name);
  if (target === undefined) {
    if (!shell.variables.has(name))
      yield* discard(shell, `${from.shown}: invalid indirect expansion`);
    return { name: '', index: undefined, shown: `!${from.shown}` };
  }
  const match = /^([A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-])(?:\[(.*)\])?$/s.exec(target);
  if (match === null) return yield* discard(shell, `${target}: invalid variable name`);
  const [, base, key] = match;
  if (key === undefined || key === '@' || key === '*') {
    return { name: base as string, index: key, shown: `!${from.shown}` };
  }
  const index = parseSubscript(key, shell);
  return { name: base as string, index, shown: `!${from.shown}` };
}

function* readReference(
  shell: Shell,
  reference: Reference,
  forLength = false,
): Task<string | readonly string[] | undefined> {
  const { name, index } = reference;
  if (name === '@' || name === '*') return shell.positional;
  if (index === '@' || index === '*') return elementsOf(getValue(shell, name));
  if (index === undefined) return getParameter(shell, name);
  return yield* readElement(shell, reference, index, forLength);
}

/** An element before the first one has no value, which is no more than a complaint; but it has no length. */
function* readElement(
  shell: Shell,
  { name }: Reference,
  index: Word,
  forLength: boolean,
): Task<string | undefined> {
  const value = getValue(shell, name);
  const key = yield* expandText(shell, index);
  if (value instanceof Map) return value.get(key);
  const n = Number(yield* evaluate(shell, key));
  if (!Array.isArray(value)) return n === 0 || n === -1 ? scalarOf(value) : undefined;
  if (n < 0 && n + value.length < 0) {
    if (forLength) yield* discard(shell, `${index.source}]: bad array subscript`);
    yield* complain(shell, `${name}: bad array subscript`);
    return undefined;
  }
  return value.at(n);
}

function* lengthOfValue(
  shell: Shell,
  reference: Reference,
  value: string | readonly string[] | undefined,
): Task<string> {
  if (shell.flags.nounset && lacksValue(shell, reference, value)) {
    yield* unbound(shell, reference.shown);
  }
  return String((value ?? '').length);
}

/** For `set -u`: of a list only an array has a length, and a missing element has the length 0. */
function lacksValue(
  shell: Shell,
  { name, index }: Reference,
  value: string | readonly string[] | undefined,
): boolean {
  if (typeof index !== 'string') return value === undefined && index === undefined;
  if (name === '@' || name === '*') return false;
  const isArray = typeof (getValue(shell, name) ?? '') !== 'string';
  return !isArray || shell.variables.get(name)?.unassigned === true;
}

type DefaultOperation = Extract<Operation, { kind: 'default' }>;

function* useDefault(
  shell: Shell,
  { reference, quoted }: { readonly reference: Reference; readonly quoted: boolean },
  value: string | readonly string[] | undefined,
  { operator, colon, operand }: DefaultOperation,
): Task<Expansion> {
  const isSet = Array.isArray(value) ? value.length > 0 : value !== undefined;
  const separator = quoted ? separatorOf(shell, reference) : ' ';
  const useful = isSet && !(colon && isNull(value as string | readonly string[], separator));
  if (operator === '+') return useful ? operand : nothingFor(value);
  if (useful) return value as string | readonly string[];
  if (operator === '-') return operand;
  const text = yield* expandText(shell, operand);
  const { shown } = reference;
  if (operator === '?') {
    const standard = colon ? 'parameter null or not set' : 'parameter not set';
    return yield* die(shell, `${shown}: ${text === '' ? standard : text}`);
  }
  return yield* assignDefault(shell, reference, text);
}

/** The separator of the values of a list when it is looked at as one text. */
const separatorOf = (shell: Shell, { name, index }: Reference): string =>
  name === '*' || index === '*' ? (getParameter(shell, 'IFS') ?? ' ').slice(0, 1) : ' ';

/** A list of empty values is an empty word in quotes; one without values is no word. */
const nothingFor = (value: string | readonly string[] | undefined): Expansion =>
  typeof value === 'object' && value.length > 0 ? [''] : '';

const isNull = (value: string | readonly string[], separator: string): boolean =>
  typeof value === 'string' ? value === '' : value.join(separator) === '';

function* assignDefault(shell: Shell, reference: Reference, text: string): Task<string> {
  const { name, index, shown } = reference;
  if (!/^[A-Za-z_]/.test(name)) {
    return yield* discard(shell, `$${shown}: cannot assign in this way`);
  }
  if (index === undefined) {
    yield* assignScalar(shell, name, text, false);
    return getParameter(shell, name) ?? '';
  }
  if (typeof index === 'string') {
    return yield* discard(shell, `${shown}[${index}]: bad array subscript`);
  }
  const key = yield* expandText(shell, index);
  yield* assignElement(shell, { name, key, value: text, append: false });
  return text;
}

function* numberOf(shell: Shell, word: Word): Task<number> {
  const text = yield* expandText(shell, word);
  return Number(yield* evaluate(shell, text));
}

type SliceOperation = Extract<Operation, { kind: 'slice' }>;

function* slice(
  shell: Shell,
  reference: Reference,
  value: string | readonly string[],
  operation: SliceOperation,
): Task<string | readonly string[]> {
  const offset = yield* numberOf(shell, operation.offset);
  const count = operation.count === undefined ? undefined : yield* numberOf(shell, operation.count);
  const countText = operation.count?.source ?? '';
  const bad = `${countText}: substring expression < 0`;
  if (typeof value === 'string') {
    return sliceText(value, offset, count) ?? (yield* discard(shell, bad));
  }
  if (count !== undefined && count < 0) return yield* discard(shell, bad);
  return sliceList(countable(shell, reference.name, { value, offset }), offset, count);
}

interface Sliced {
  readonly value: readonly string[];
  readonly offset: number;
}

/** The values by the numbers from which a slice counts: positional parameters and associative arrays have 1 first. */
function countable(shell: Shell, name: string, { value, offset }: Sliced): readonly string[] {
  if (name === '@' || name === '*')
    return offset <= 0 ? [shell.zero, ...shell.positional] : ['', ...value];
  const whole = getValue(shell, name);
  if (whole instanceof Map) return offset <= 0 ? value : ['', ...value];
  return Array.isArray(whole) ? whole : value;
}
