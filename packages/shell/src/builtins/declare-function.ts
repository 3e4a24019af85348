// declare-function.ts — declare -f, export -f, readonly -f: functions, printed and given attributes. Mirrors bash's setattr.def: show_func_attributes.
import type { Task } from '@dmsim/sim';

import { complain, printOutput } from '../messages.ts';
import { functionText } from '../run/command-text.ts';
import { environmentText } from '../run/exported-functions.ts';
import type { DefinedFunction, Shell } from '../shell.ts';
import type { FunctionAttribute } from '../shell.ts';

export interface FunctionRequest {
  readonly command: string;
  readonly on: ReadonlySet<string>;
  readonly off: ReadonlySet<string>;
  readonly names: readonly string[];
}

const ATTRIBUTES: readonly FunctionAttribute[] = ['r', 't', 'x'];

/** Runs `declare`, `export` or `readonly` with -f or -F. Returns its status. */
export function* declareFunctions(shell: Shell, request: FunctionRequest): Task<number> {
  const { command, on, off, names } = request;
  const other = [...on, ...off].find((letter) => /[aAiln]/.test(letter));
  if (other !== undefined && command !== 'export') {
    yield* complain(shell, `${command}: -${other}: invalid option`);
    return 1;
  }
  if (names.length === 0) return yield* printAll(shell, request);
  const changes = ATTRIBUTES.some((letter) => on.has(letter) || off.has(letter));
  let status = 0;
  for (const name of names) {
    const one = yield* changes ? change(shell, request, name) : printOne(shell, request, name);
    if (one !== 0) status = one;
  }
  return status;
}

const isDeclare = (command: string): boolean => command !== 'export' && command !== 'readonly';

/** Gives a function attributes, or takes them. */
function* change(shell: Shell, { command, on, off }: FunctionRequest, name: string): Task<number> {
  const known = shell.functions.get(name);
  if (known === undefined) {
    if (isDeclare(command)) return yield* refuseAssignment(shell, command, name);
    yield* complain(shell, `${command}: ${name}: not a function`);
    return 1;
  }
  if (off.has('r') && known.attributes.includes('r')) {
    yield* complain(shell, `${command}: ${name}: readonly function`);
    return 1;
  }
  const attributes = ATTRIBUTES.filter(
    (letter) => !off.has(letter) && (on.has(letter) || known.attributes.includes(letter)),
  ).join('');
  const changed: DefinedFunction = { ...known, attributes };
  if (attributes.includes('x') && name.includes('=')) {
    yield* complain(shell, `${command}: ${name}: cannot export`);
    return 1;
  }
  // A function that no environment can hold is refused here, where its author sees it.
  if (attributes.includes('x')) environmentText(shell, changed);
  shell.functions.set(name, changed);
  return 0;
}

function* refuseAssignment(shell: Shell, command: string, name: string): Task<number> {
  if (name.includes('=')) yield* complain(shell, `${command}: cannot use \`-f' to make functions`);
  return 1;
}

function* printOne(shell: Shell, { command, on }: FunctionRequest, name: string): Task<number> {
  const known = shell.functions.get(name);
  if (known === undefined) return yield* refuseAssignment(shell, command, name);
  const isNamed = on.has('F') && !on.has('p');
  const text = isNamed ? `${name}\n` : shown(known, on);
  return yield* printOutput(shell, command, text);
}

/** All functions with the attributes that were asked for, in the order of their names. */
function* printAll(shell: Shell, { command, on }: FunctionRequest): Task<number> {
  const wanted = ATTRIBUTES.filter((letter) => on.has(letter));
  const print = new Set([...on, 'p']);
  const text = [...shell.functions.values()]
    .filter(({ attributes }) => wanted.every((letter) => attributes.includes(letter)))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((known) => shown(known, print));
  return yield* printOutput(shell, command, text.join(''));
}

/** -p adds a line with the attributes; -F prints that line alone. */
function shown(known: DefinedFunction, on: ReadonlySet<string>): string {
  const { attributes, name } = known;
  if (on.has('F')) return `declare -f${attributes} ${name}\n`;
  const line = on.has('p') && attributes !== '' ? `declare -f${attributes} ${name}\n` : '';
  return `${functionText(known)}\n${line}`;
}
