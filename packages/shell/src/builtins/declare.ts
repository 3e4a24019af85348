// declare.ts — declare, typeset, local, export, readonly.
import type { Task } from '@dmsim/sim';
import { NotSupported } from '@dmsim/sim';

import { declarationsOf, localDeclarations, variablesText } from '../all-variables.ts';
import { attributesOf, declaration } from '../declaration.ts';
import { asArray } from '../expand/assign.ts';
import { complain, discard, printOutput } from '../messages.ts';
import { makeReference, ownVariable, setOwnVariable } from '../name-references.ts';
import { ownVariableNamed } from '../own-variables.ts';
import { expandElements, performAssignment } from '../run/assignment.ts';
import type { Prepared } from '../run/assignment.ts';
import type { Shell } from '../shell.ts';
import type { ArrayLiteral } from '../syntax/ir.ts';
import { parseList } from '../syntax/parse-lab.ts';
import type { Variable } from '../variables.ts';
import { createVariable, isName } from '../variables.ts';
import type { DeclarationBuiltin } from './builtin.ts';
import { declareFunctions } from './declare-function.ts';
import { invalidOption } from './usage.ts';

interface Request {
  readonly command: string;
  readonly on: Set<string>;
  readonly off: Set<string>;
  readonly items: readonly (string | Prepared)[];
}

const LETTERS = 'aAfFilnrtxupg';

export const declare: DeclarationBuiltin = function* (shell, name, items) {
  if (name === 'local' && shell.frames.length === 0) {
    yield* complain(shell, 'local: can only be used in a function');
    return 1;
  }
  return yield* run(shell, name, items, LETTERS);
};

export const declareExported: DeclarationBuiltin = (shell, name, items) =>
  run(shell, name, items, 'fnp');

export const declareReadonly: DeclarationBuiltin = (shell, name, items) =>
  run(shell, name, items, 'aAfp');

function* run(
  shell: Shell,
  command: string,
  items: readonly (string | Prepared)[],
  letters: string,
): Task<number> {
  const on = new Set<string>();
  const off = new Set<string>();
  let i = 0;
  for (; i < items.length; i++) {
    const item = items[i];
    if (typeof item !== 'string' || !/^[-+]./.test(item)) break;
    if (item === '--') {
      i++;
      break;
    }
    for (const letter of item.slice(1)) {
      if (!letters.includes(letter)) return yield* badOption(shell, command, item, letter);
      (item.startsWith('-') ? on : off).add(letter);
    }
  }
  if (command === 'readonly') on.add('r');
  if (command === 'export') (on.has('n') ? off : on).add('x');
  return yield* declareAll(shell, { command, on, off, items: items.slice(i) });
}

function* badOption(shell: Shell, command: string, item: string, letter: string): Task<number> {
  if (/[fnIFtgp]/.test(letter)) {
    throw new NotSupported(shell.file, shell.line, `${command} ${item}`);
  }
  return yield* invalidOption(shell, command, `${item.charAt(0)}${letter}`);
}

function* declareAll(shell: Shell, request: Request): Task<number> {
  const { command, on, items } = request;
  if (on.has('f') || on.has('F')) return yield* ofFunctions(shell, request);
  if (on.has('p') && items.length > 0 && command !== 'export' && command !== 'readonly') {
    return yield* printNamed(shell, command, items);
  }
  if (on.has('t')) throw new NotSupported(shell.file, shell.line, `${command} -t`);
  if (items.length === 0) return yield* printAll(shell, request);
  let status = 0;
  for (const item of items) {
    const one = yield* declareOne(shell, request, toPrepared(item));
    if (one !== 0) status = one;
  }
  return status;
}

function* ofFunctions(shell: Shell, { command, on, off, items }: Request): Task<number> {
  const names = items.map((item) => (typeof item === 'string' ? item : writtenOut(item)));
  return yield* declareFunctions(shell, { command, on, off, names });
}

const writtenOut = ({ name, value }: Prepared): string =>
  `${name}=${typeof value === 'string' ? value : ''}`;

interface Declared extends Partial<Prepared> {
  readonly name: string;
  readonly source: string;
}

/** Splits an argument that the parser saw as a word, as in `export "x=$y"`. */
function toPrepared(item: string | Prepared): Declared {
  if (typeof item !== 'string') {
    const { name, key } = item;
    return { ...item, source: key === undefined ? name : `${name}[${key}]` };
  }
  const match = /^([^=[]*?)(?:\[([^\]]*)\])?(\+?)=([^]*)$/.exec(item);
  if (match === null) return { name: item, source: item };
  const [, name, key, plus, value] = match as unknown as [string, string, string, string, string];
  return { name, key, append: plus === '+', value, source: item };
}

function* declareOne(shell: Shell, request: Request, declared: Declared): Task<number> {
  const { command, on } = request;
  const { name, value } = declared;
  if (name === '-') throw new NotSupported(shell.file, shell.line, `${command} -`);
  const noElement = declared.key !== undefined && !isLocalCommand(command);
  if (!isName(name) || noElement) {
    yield* complain(shell, `${command}: \`${declared.source}': not a valid identifier`);
    return 1;
  }
  if (shell.variables.get(name)?.readonly === true && changes(request, declared)) {
    const named = value === undefined || isLocalCommand(command);
    yield* complain(shell, `${named ? `${command}: ` : ''}${name}: readonly variable`);
    return 1;
  }
  if (on.has('n') && isLocalCommand(command)) return makeNameReference(shell, request, declared);
  return yield* assign(shell, request, declared);
}

/** Gives the variable its attributes and its value. */
function* assign(shell: Shell, request: Request, declared: Declared): Task<number> {
  const { command, on } = request;
  const { name, value } = declared;
  const variable = variableFor(shell, request, name);
  // readonly does not make an array that is given no elements.
  const wrong = command === 'readonly' && value === undefined ? undefined : makeArray(variable, on);
  if (wrong !== undefined) {
    if (typeof value === 'object') yield* discard(shell, `${name}: ${wrong}`);
    yield* complain(shell, `${command}: ${name}: ${wrong}`);
    return 1;
  }
  setAttributes(variable, request);
  if (value !== undefined) {
    const { key, append = false } = declared;
    const list = key === undefined ? listIn(shell, variable, value) : undefined;
    const assigned = list === undefined ? value : yield* expandElements(shell, list);
    yield* performAssignment(shell, { name, key, append, value: assigned });
  }
  if (on.has('r')) variable.readonly = true;
  return 0;
}

/** The list that a text such as `(1 2)` becomes when it is assigned to an array. */
function listIn(
  shell: Shell,
  variable: Variable,
  value: Prepared['value'],
): ArrayLiteral | undefined {
  if (typeof value !== 'string' || typeof variable.value !== 'object') return undefined;
  return /^\([^]*\)$/.test(value) ? parseList(value, shell) : undefined;
}

/** `declare -n name=target`. Without a target, the first assignment would give it one. */
function makeNameReference(shell: Shell, request: Request, { name, value }: Declared): number {
  if (typeof value !== 'string')
    throw new NotSupported(
      shell.file,
      shell.line,
      `${request.command} -n without a name to refer to`,
    );
  if (shell.frames.length > 0 && !request.on.has('g')) hide(shell, name);
  makeReference(shell, name, value);
  return 0;
}

/** Whether the command declares a function's own variable when a function runs. */
const isLocalCommand = (command: string): boolean => /^(?:declare|typeset|local)$/.test(command);

/** Whether a readonly variable is in the way. */
const changes = ({ command, off }: Request, { value }: Declared): boolean =>
  value !== undefined || off.has('r') || command === 'local';

function variableFor(shell: Shell, { command, on }: Request, name: string): Variable {
  const local = isLocalCommand(command) && !on.has('g') && shell.frames.length > 0;
  return local ? makeLocal(shell, name) : makeKnown(shell, name);
}

/** Makes the variable the array that -a or -A asks for. Returns what is wrong if it is an array of the other kind. */
function makeArray(variable: Variable, on: ReadonlySet<string>): string | undefined {
  const { value } = variable;
  if (value === undefined && (on.has('A') || on.has('a'))) variable.unassigned = true;
  if (on.has('A')) {
    if (Array.isArray(value)) return 'cannot convert indexed to associative array';
    if (!(value instanceof Map))
      variable.value = new Map(value === undefined ? [] : [['0', value]]);
  } else if (on.has('a')) {
    if (value instanceof Map) return 'cannot convert associative to indexed array';
    asArray(variable);
  }
  return undefined;
}

/** The first `local` of a name hides the outer variable until the function returns. */
function makeLocal(shell: Shell, name: string): Variable {
  const { hidden } = shell.frames.at(-1) as Shell['frames'][number];
  const known = ownVariable(shell, name);
  if (hidden.has(name) && known !== undefined) return known;
  hide(shell, name);
  const made = createVariable();
  made.exported = known?.exported ?? false;
  setOwnVariable(shell, name, made);
  return made;
}

/** Remembers the outer variable, which comes back when the function returns. */
function hide(shell: Shell, name: string): void {
  const { hidden } = shell.frames.at(-1) as Shell['frames'][number];
  if (!hidden.has(name)) hidden.set(name, ownVariable(shell, name));
}

function makeKnown(shell: Shell, name: string): Variable {
  const known = shell.variables.get(name);
  if (known !== undefined) return known;
  const made = createVariable();
  shell.variables.set(name, made);
  return made;
}

function setAttributes(variable: Variable, { on, off }: Request): void {
  if (on.has('x')) variable.exported = true;
  if (off.has('x')) variable.exported = false;
  if (on.has('i')) variable.integer = true;
  if (off.has('i')) variable.integer = false;
  if (on.has('l')) variable.case = 'lower';
  if (on.has('u')) variable.case = 'upper';
  if (off.has('l') || off.has('u')) variable.case = undefined;
}

function* printNamed(
  shell: Shell,
  command: string,
  items: readonly (string | Prepared)[],
): Task<number> {
  let status = 0;
  for (const item of items) {
    const name = typeof item === 'string' ? item : writtenOut(item);
    const variable = ownVariable(shell, name) ?? ownVariableNamed(shell, name);
    if (variable === undefined) {
      yield* complain(shell, `${command}: ${name}: not found`);
      status = 1;
    } else yield* printOutput(shell, command, declaration(name, variable));
  }
  return status;
}

/** Without a name: all variables, those with an attribute (`export -p`, `declare -x`), or those of the function. */
function* printAll(shell: Shell, { command, on, off }: Request): Task<number> {
  if (off.size > 0 || on.has('g'))
    throw new NotSupported(shell.file, shell.line, `${command} without a name`);
  if (command === 'local') return yield* printOutput(shell, command, localDeclarations(shell));
  const letters = [...on].filter((letter) => letter !== 'p');
  if (letters.length === 0 && !on.has('p'))
    return yield* printOutput(shell, command, variablesText(shell));
  // `readonly -a` and `export -p` ask for what they would make: all of the attributes, of `declare` any.
  const all = command === 'readonly' || command === 'export';
  const text = declarationsOf(shell, (variable) => {
    const has = attributesOf(variable);
    const isWanted = (letter: string): boolean => has.includes(letter);
    if (letters.length === 0) return true;
    return all ? letters.every(isWanted) : letters.some(isWanted);
  });
  return yield* printOutput(shell, command, text);
}
