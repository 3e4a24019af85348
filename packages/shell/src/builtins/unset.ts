// unset.ts — unset [-v | -f] name …
import type { Task } from '@dmsim/sim';

import { evaluate } from '../expand/evaluate.ts';
import { expandSubscript, splitElement } from '../expand/subscript.ts';
import { complain } from '../messages.ts';
import { setOwnVariable } from '../name-references.ts';
import { isReadonly } from '../parameters.ts';
import type { Shell } from '../shell.ts';
import { isName } from '../variables.ts';
import type { Builtin } from './builtin.ts';
import { internalGetopt } from './internal-getopt.ts';

export const unset: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: 'fnv' });
  if (typeof parsed === 'number') return parsed;
  const keys = new Set(parsed.given.map(([key]) => key));
  if (keys.size > 1) {
    yield* complain(shell, 'unset: cannot simultaneously unset a function and a variable');
    return 1;
  }
  let status = 0;
  for (const name of parsed.operands) {
    if (keys.has('f')) status = (yield* unsetFunction(shell, name)) ? status : 1;
    else if (keys.has('n')) setOwnVariable(shell, name, undefined);
    else if (!(yield* unsetVariable(shell, name, keys.has('v')))) status = 1;
  }
  return status;
};

function* unsetVariable(shell: Shell, word: string, onlyVariables: boolean): Task<boolean> {
  const element = splitElement(word);
  if (element !== undefined) {
    const key = yield* expandSubscript(shell, element.key);
    return yield* unsetElement(shell, element.name, key);
  }
  if (!isName(word)) {
    // It may be the name of a function.
    if (!onlyVariables) return yield* unsetFunction(shell, word);
    yield* complain(shell, `unset: \`${word}': not a valid identifier`);
    return false;
  }
  const variable = shell.variables.get(word);
  if (isReadonly(shell, word)) {
    yield* complain(shell, `unset: ${word}: cannot unset: readonly variable`);
    return false;
  }
  if (variable === undefined && !onlyVariables) return yield* unsetFunction(shell, word);
  if (word === 'GLOBIGNORE') shell.flags.dotglob = false;
  const local = shell.frames.findLast(({ hidden }) => hidden.has(word));
  if (local !== undefined && local !== shell.frames.at(-1)) {
    // A local variable of a caller uncovers the one that it hides.
    setOwnVariable(shell, word, local.hidden.get(word));
    local.hidden.delete(word);
  } else if (local !== undefined && variable !== undefined) {
    // A local variable stays local until its function returns; it only loses its value.
    variable.value = undefined;
    variable.exported = false;
  } else shell.variables.delete(word);
  return true;
}

function* unsetFunction(shell: Shell, name: string): Task<boolean> {
  if (shell.functions.get(name)?.attributes.includes('r') === true) {
    yield* complain(shell, `unset: ${name}: cannot unset: readonly function`);
    return false;
  }
  shell.functions.delete(name);
  return true;
}

function* unsetElement(shell: Shell, name: string, key: string): Task<boolean> {
  const variable = shell.variables.get(name);
  if (variable === undefined) return true;
  const { value } = variable;
  if (key === '@' || key === '*') variable.value = value instanceof Map ? new Map() : [];
  else if (value instanceof Map) value.delete(key);
  else if (Array.isArray(value)) {
    const n = Number(yield* evaluate(shell, key));
    const index = n < 0 ? value.length + n : n;
    if (index < 0) {
      yield* complain(shell, `unset: [${key}]: bad array subscript`);
      return false;
    }
    Reflect.deleteProperty(value, index);
    if (index === value.length - 1) value.length = lastIndex(value) + 1;
  } else {
    yield* complain(shell, `unset: ${name}: not an array variable`);
    return false;
  }
  return true;
}

const lastIndex = (array: readonly string[]): number => Number(Object.keys(array).at(-1) ?? -1);
