// interpreter.ts — The state of a running awk program: variables, arrays, the record and its fields.
import { compileRegex } from '@dmsim/libc';
import type { Regex } from '@dmsim/libc';
import type { Limits, Prng, Task } from '@dmsim/sim';
import { withinLimit } from '@dmsim/sim';

import type { FunctionNode } from './node.ts';
import type { Value } from './value.ts';
import { Input, toNumber, toText } from './value.ts';

export type AwkArray = Map<string, Value>;

/** A local variable. It has no type until it is assigned or used as an array. */
export interface Cell {
  value: Value;
  array: AwkArray | undefined;
}

export interface Interpreter {
  readonly globals: Map<string, Cell>;
  locals: Map<string, Cell> | undefined;
  readonly functions: ReadonlyMap<string, FunctionNode>;
  record: string;
  /** FS as it was when the record came: a change of it is for the next record. */
  separator: string;
  /** The fields $1 …; undefined until one is used. */
  fields: Value[] | undefined;
  /** The fields of this record, and those behind them that were read. */
  reached: number;
  /** Fields up to this one have had a value, or were reached in an earlier record. Without one they are empty texts, not unset. */
  touched: number;
  /** A field changed, so $0 must be rebuilt from the fields. */
  stale: boolean;
  readonly io: AwkIo;
  readonly prng: Prng;
  seed: number;
  readonly limits: Limits;
  steps: number;
  depth: number;
  readonly utf8: boolean;
  /** Returns the nanoseconds since 1970 in virtual time, for systime() and srand(). */
  readonly now: () => number;
}

/** The I/O of a program, which waits where Linux waits. */
export interface AwkIo {
  /** Prints to `to`, or else to standard output. */
  readonly print: (text: string, to: Target | undefined) => Task<void>;
  /** Reads a record of `from`, or else the next record of the input. */
  readonly getline: (
    from: Target | undefined,
  ) => Task<{ readonly text: string } | 'end' | 'failed'>;
  /** Closes a stream. Returns 0, or a command's status in the form of wait(2). */
  readonly close: (name: string) => Task<number>;
  readonly system: (command: string) => Task<number>;
}

/** The name of a file or command, and the operator that opens it. */
export interface Target {
  readonly op: '>' | '>>' | '<' | '|';
  readonly name: string;
}

export function countStep(m: Interpreter): void {
  withinLimit(m.limits, 'loopSteps', ++m.steps);
}

export function cellOf(m: Interpreter, name: string): Cell {
  const local = m.locals?.get(name);
  if (local !== undefined) return local;
  let cell = m.globals.get(name);
  if (cell === undefined) {
    cell = { value: undefined, array: undefined };
    m.globals.set(name, cell);
  }
  return cell;
}

export function arrayOf(m: Interpreter, name: string): AwkArray {
  const cell = cellOf(m, name);
  cell.array ??= new Map();
  return cell.array;
}

export const setGlobal = (m: Interpreter, name: string, value: Value): void => {
  const cell = m.globals.get(name);
  if (cell === undefined) m.globals.set(name, { value, array: undefined });
  else cell.value = value;
};

export function textOf(m: Interpreter, name: string): string {
  return toText(m.globals.get(name)?.value, '%.6g');
}

export const convertFormat = (m: Interpreter): string => textOf(m, 'CONVFMT');

export const asText = (m: Interpreter, value: Value): string =>
  typeof value === 'string' ? value : toText(value, convertFormat(m));

export function regexOf(m: Interpreter, source: string): Regex {
  return compileRegex(source, { extended: true, awk: true, utf8: m.utf8 });
}

export function setRecord(m: Interpreter, text: string): void {
  m.record = text;
  m.separator = textOf(m, 'FS');
  m.fields = undefined;
  m.stale = false;
}

export function splitRecord(m: Interpreter): Value[] {
  if (m.fields === undefined) {
    m.fields = splitText(m, m.record, m.separator).map((text) => new Input(text));
    if (textOf(m, 'RS') === '' && m.separator !== ' ') {
      m.fields = m.fields.flatMap((f) =>
        toText(f, '')
          .split('\n')
          .map((text) => new Input(text)),
      );
    }
    m.touched = Math.max(m.touched, m.reached, m.fields.length);
    m.reached = m.fields.length;
    setGlobal(m, 'NF', m.fields.length);
  }
  return m.fields;
}

/** Splits by FS: a blank means runs of white space, an empty text every character, another character itself, a longer text a regular expression. */
export function splitText(m: Interpreter, text: string, separator: string): string[] {
  if (text === '') return [];
  if (separator === ' ') {
    const trimmed = text.replace(/^[ \t-\r]+|[ \t-\r]+$/g, '');
    return trimmed === '' ? [] : trimmed.split(/[ \t-\r]+/);
  }
  if (separator.length <= 1) return text.split(separator);
  return splitByRegex(text, regexOf(m, separator));
}

export function splitByRegex(text: string, regex: Regex): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let from = 0; from <= text.length;) {
    const match = regex.exec(text, from);
    if (match === undefined) break;
    if (match.end === match.start) {
      from = match.end + 1;
      continue;
    }
    parts.push(text.slice(start, match.start));
    start = match.end;
    from = match.end;
  }
  parts.push(text.slice(start));
  return parts;
}

export function recordText(m: Interpreter): string {
  if (m.stale) {
    m.stale = false;
    const format = convertFormat(m);
    m.record = (m.fields ?? []).map((f) => toText(f, format)).join(textOf(m, 'OFS'));
  }
  return m.record;
}

export function fieldValue(m: Interpreter, index: number): Value {
  if (index === 0) return new Input(recordText(m));
  const fields = splitRecord(m);
  if (index <= fields.length) return fields[index - 1];
  m.reached = Math.max(m.reached, index);
  return withoutValue(m, index);
}

/** A field behind the last one that has a value. For busybox it is unset only if no record has had it. */
const withoutValue = (m: Interpreter, index: number): Value =>
  index <= m.touched ? '' : undefined;

export function setField(m: Interpreter, index: number, value: Value): void {
  if (index === 0) {
    setRecord(m, asText(m, value));
    return;
  }
  const fields = splitRecord(m);
  while (fields.length < index - 1) fields.push(withoutValue(m, fields.length + 1));
  fields[index - 1] = value;
  m.reached = Math.max(m.reached, fields.length);
  m.stale = true;
  setGlobal(m, 'NF', fields.length);
}

/** Handles an assignment to NF, which truncates the record or adds empty fields. */
export function setFieldCount(m: Interpreter, value: Value): void {
  const count = Math.max(0, Math.trunc(toNumber(value)));
  const fields = splitRecord(m);
  while (fields.length < count) fields.push(withoutValue(m, fields.length + 1));
  fields.length = count;
  m.reached = Math.max(m.reached, count);
  m.stale = true;
  setGlobal(m, 'NF', value);
}
