// evaluate.ts — Evaluates arithmetic expressions with the variables of a shell.
import type { Task } from '@dmsim/sim';

import { complain, die } from '../messages.ts';
import { getParameter, getValue, storeScalar } from '../parameters.ts';
import type { Shell } from '../shell.ts';
import { Unwind } from '../shell.ts';
import { createVariable, scalarOf } from '../variables.ts';
import type { ArithmeticScope } from './arithmetic.ts';
import { ArithmeticError, evaluateArithmetic } from './arithmetic.ts';

/** Returns the value, or prints the error and returns undefined: `((`, `let` and `[[` then fail with a status. */
export function* tryEvaluate(shell: Shell, text: string, command = ''): Task<bigint | undefined> {
  if (/^[0-9]{1,15}$/.test(text) && !text.startsWith('0')) return BigInt(text);
  const scope = scopeOf(shell);
  try {
    const value = evaluateArithmetic(scope, text);
    for (const message of scope.complaints) yield* complain(shell, message);
    return value;
  } catch (error) {
    for (const message of scope.complaints) yield* complain(shell, message);
    if (error instanceof UnboundName) return yield* die(shell, error.message);
    if (error instanceof ReadonlyName) {
      yield* complain(shell, error.message);
      return undefined;
    }
    if (!(error instanceof ArithmeticError)) throw error;
    yield* complain(shell, command === '' ? error.message : `${command}: ${error.message}`);
    return undefined;
  }
}

/** Evaluates `$((…))`. An error discards the rest of the line. */
export function* evaluate(shell: Shell, text: string): Task<bigint> {
  const value = yield* tryEvaluate(shell, text);
  if (value === undefined) throw new Unwind('discard', 1);
  return value;
}

class UnboundName extends Error {}

class ReadonlyName extends Error {}

interface Scope extends ArithmeticScope {
  /** Said once the expression is evaluated; they are no errors. */
  complaints: readonly string[];
}

function scopeOf(shell: Shell): Scope {
  const scope: Scope = {
    complaints: NONE,
    get(name, key) {
      const value = readElement(shell, scope, name, key);
      if (value === undefined && shell.flags.nounset) {
        throw new UnboundName(`${name}: unbound variable`);
      }
      return value ?? '';
    },
    set: (name, key, value) => writeElement(shell, scope, { name, key, value }),
  };
  return scope;
}

const NONE: readonly string[] = [];

function readElement(
  shell: Shell,
  scope: Scope,
  name: string,
  key: string | undefined,
): string | undefined {
  if (key === undefined) return getParameter(shell, name);
  const value = getValue(shell, name);
  if (value instanceof Map) return value.get(key);
  const index = Number(evaluateArithmetic(scope, key));
  if (!Array.isArray(value)) return index === 0 ? scalarOf(value) : undefined;
  if (index + value.length < 0)
    scope.complaints = [...scope.complaints, `${name}: bad array subscript`];
  return value.at(index);
}

interface Write {
  readonly name: string;
  readonly key: string | undefined;
  readonly value: string;
}

function writeElement(shell: Shell, scope: ArithmeticScope, { name, key, value }: Write): void {
  let variable = shell.variables.get(name);
  if (variable === undefined) {
    variable = createVariable();
    shell.variables.set(name, variable);
  }
  if (variable.readonly) throw new ReadonlyName(`${name}: readonly variable`);
  if (key === undefined) storeScalar(variable, value);
  else if (variable.value instanceof Map) variable.value.set(key, value);
  else {
    const index = Number(evaluateArithmetic(scope, key));
    if (!Array.isArray(variable.value)) {
      variable.value = variable.value === undefined ? [] : [variable.value];
    }
    if (index < 0 && index + variable.value.length < 0) {
      throw new ArithmeticError(`${name}[${key}]: bad array subscript`);
    }
    variable.value[index < 0 ? index + variable.value.length : index] = value;
  }
}
