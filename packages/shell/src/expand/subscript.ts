// subscript.ts — An element that a text names, as in `unset 'a[$key]'`. Mirrors bash's arrayfunc.c: expand_subscript_string.
import type { Task } from '@dmsim/sim';

import { complain } from '../messages.ts';
import { getParameter, getValue, trySetVariable } from '../parameters.ts';
import type { Shell } from '../shell.ts';
import { parseSubscript } from '../syntax/parse-lab.ts';
import { elementsOf } from '../variables.ts';
import { assignElement } from './assign.ts';
import { evaluate } from './evaluate.ts';
import { expandText } from './expand-word.ts';

export interface NamedElement {
  readonly name: string;
  /** As written, to be expanded. */
  readonly key: string;
}

/** Splits `name[key]`; undefined if the text is no element. */
export function splitElement(text: string): NamedElement | undefined {
  const match = /^([A-Za-z_][A-Za-z0-9_]*)\[(.+)\]$/s.exec(text);
  if (match === null) return undefined;
  const [, name, key] = match as unknown as [string, string, string];
  return { name, key };
}

export const expandSubscript = (shell: Shell, key: string): Task<string> =>
  expandText(shell, parseSubscript(key, shell));

/** Sets the variable or the element that `word` names. False, with a message, if the variable is read-only. */
export function* setNamed(shell: Shell, word: string, value: string): Task<boolean> {
  const element = splitElement(word);
  if (element === undefined) return yield* trySetVariable(shell, word, value);
  const key = yield* expandSubscript(shell, element.key);
  yield* assignElement(shell, { name: element.name, key, value, append: false });
  return true;
}

/** The value of the variable or of the element that `word` names; undefined if it has none. */
export function* getNamed(shell: Shell, word: string): Task<string | undefined> {
  const element = splitElement(word);
  if (element === undefined) return getParameter(shell, word);
  const value = getValue(shell, element.name);
  const key = yield* expandSubscript(shell, element.key);
  if (value instanceof Map) return value.get(key);
  const index = Number(yield* evaluate(shell, key));
  if (Array.isArray(value)) return value.at(index);
  return index === 0 ? value : undefined;
}

/** `-v` of test and `[[`: whether a variable, or an element, has a value. */
export function* isSet(shell: Shell, operand: string): Task<boolean> {
  const element = splitElement(operand);
  if (element === undefined) return getParameter(shell, operand) !== undefined;
  const { name } = element;
  const value = getValue(shell, name);
  const key = yield* expandSubscript(shell, element.key);
  if (key === '@' || key === '*') return elementsOf(value).length > 0;
  if (value instanceof Map) return value.has(key);
  const index = Number(yield* evaluate(shell, key));
  if (!Array.isArray(value)) return index === 0 && value !== undefined;
  if (index + value.length < 0) yield* complain(shell, `${name}: bad array subscript`);
  return value.at(index) !== undefined;
}
