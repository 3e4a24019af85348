// parameters.ts — Reading and setting parameters by name: variables, and those that the shell makes up.
import { fromBytesText } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { uniformInteger, NotSupported } from '@dmsim/sim';

import { complain } from './messages.ts';
import type { Shell } from './shell.ts';
import { Unwind } from './shell.ts';
import type { Value, Variable } from './variables.ts';
import { createVariable, scalarOf } from './variables.ts';

/** `$x`, `$1`, `$?`: undefined when it is not set. Not for `$@` and `$*`. */
export function getParameter(shell: Shell, name: string): string | undefined {
  const variable = shell.variables.get(name);
  if (variable !== undefined) return scalarOf(variable.value);
  const first = name.charCodeAt(0);
  if (first >= 0x30 && first <= 0x39) {
    const n = Number(name);
    return n === 0 ? shell.zero : shell.positional[n - 1];
  }
  return specialParameter(shell, name) ?? dynamicVariable(shell, name);
}

function specialParameter(shell: Shell, name: string): string | undefined {
  switch (name) {
    case '?':
      return String(shell.status);
    case '#':
      return String(shell.positional.length);
    case '$':
      return String(shell.pid);
    case '!':
      return shell.lastBackground === undefined ? undefined : String(shell.lastBackground);
    case '-':
      return flagLetters(shell);
    default:
      return undefined;
  }
}

/** bash shows `hB` besides what was set. */
function flagLetters(shell: Shell): string {
  const { flags } = shell;
  const letters: readonly (readonly [string, boolean])[] = [
    ['a', flags.allexport],
    ['e', flags.errexit],
    ['f', flags.noglob],
    ['h', true],
    ['u', flags.nounset],
    ['x', flags.xtrace],
    ['B', true],
    ['C', flags.noclobber],
    ['E', flags.errtrace],
  ];
  return letters.map(([letter, on]) => (on ? letter : '')).join('');
}

/** Bash sets them and this shell does not: an empty value would be a wrong one. */
const REFUSED: ReadonlySet<string> = new Set(
  (
    '_ BASH BASHOPTS BASH_ALIASES BASH_ARGC BASH_ARGV BASH_ARGV0 BASH_CMDS BASH_COMMAND BASH_VERSINFO ' +
    'COLUMNS DIRSTACK EPOCHREALTIME EPOCHSECONDS GROUPS HOSTNAME HOSTTYPE LINES MACHTYPE OSTYPE ' +
    'SHELLOPTS SHLVL SRANDOM'
  ).split(' '),
);

/** Variables that have another value each time. Once unset or assigned, some become plain; none of the labs does that. */
function dynamicVariable(shell: Shell, name: string): string | undefined {
  switch (name) {
    case 'LINENO':
      return String(shell.line);
    case 'RANDOM':
      return String(nextRandom(shell));
    case 'SECONDS':
      return String(Math.floor((shell.sim.now - shell.secondsFrom) / 1e9));
    case 'BASHPID':
      return String(shell.process.pid);
    case 'PPID':
      return String(shell.process.ppid);
    case 'BASH_SUBSHELL':
      return String(shell.subshell);
    case 'UID':
    case 'EUID':
      return '0';
    default:
      if (REFUSED.has(name)) throw new NotSupported(shell.file, shell.line, `$${name}`);
      return scalarOf(dynamicArray(shell, name));
  }
}

function dynamicArray(shell: Shell, name: string): string[] | undefined {
  switch (name) {
    case 'PIPESTATUS':
      return shell.pipeStatus.map(String);
    case 'FUNCNAME':
      if (shell.frames.length === 0) return undefined;
      return [...shell.frames.map((frame) => frame.name).toReversed(), 'main'];
    case 'BASH_SOURCE':
      return [...shell.frames.map(() => shell.file), shell.file];
    case 'BASH_LINENO':
      return [...shell.frames.map((frame) => String(frame.callLine)).toReversed(), '0'];
    default:
      return undefined;
  }
}

/** The minimal standard generator of Park and Miller, folded to 15 bits, as bash uses it: a seed gives bash's numbers. */
function nextRandom(shell: Shell): number {
  const { random } = shell;
  if (random.seed === 0) random.seed = uniformInteger(random.prng, 1, 0x7ffffffe);
  let n: number;
  do {
    random.seed = (random.seed * 16807) % 0x7fffffff;
    n = ((random.seed >> 16) ^ (random.seed & 0xffff)) & 0x7fff;
  } while (n === random.last);
  random.last = n;
  return n;
}

/** The variable's whole value, arrays too. */
export function getValue(shell: Shell, name: string): Value {
  const variable = shell.variables.get(name);
  if (variable !== undefined) return variable.value;
  return dynamicArray(shell, name) ?? getParameter(shell, name);
}

/** Who wants to change a variable gets it from here; readonly ones end the command. */
export function* writable(shell: Shell, name: string): Task<Variable> {
  const known = shell.variables.get(name);
  if (known === undefined) {
    const made = createVariable();
    made.exported = shell.flags.allexport;
    shell.variables.set(name, made);
    return made;
  }
  if (known.readonly) {
    yield* complain(shell, `${name}: readonly variable`);
    throw new Unwind(shell.flags.errexit ? 'exit' : 'discard', 1);
  }
  if (shell.flags.allexport) known.exported = true;
  return known;
}

/** `x=value`; element 0 of an array. */
export function* setVariable(shell: Shell, name: string, value: string): Task<void> {
  if (assignDynamic(shell, name, value)) return;
  const variable = yield* writable(shell, name);
  storeScalar(variable, value);
}

/** For builtins, where a readonly variable is an error like others: false when it was refused. */
export function* trySetVariable(shell: Shell, name: string, value: string): Task<boolean> {
  if (shell.variables.get(name)?.readonly === true) {
    yield* complain(shell, `${name}: readonly variable`);
    return false;
  }
  yield* setVariable(shell, name, value);
  return true;
}

export function storeScalar(variable: Variable, value: string): void {
  const text = withCase(variable, value);
  if (Array.isArray(variable.value)) variable.value[0] = text;
  else if (variable.value instanceof Map) variable.value.set('0', text);
  else variable.value = text;
}

export function withCase(variable: Variable, value: string): string {
  if (variable.case === undefined) return value;
  return variable.case === 'lower' ? value.toLowerCase() : value.toUpperCase();
}

/** Variables whose assignment does something. */
function assignDynamic(shell: Shell, name: string, value: string): boolean {
  switch (name) {
    case 'RANDOM':
      shell.random.seed = seedOf(value);
      shell.random.last = 0;
      return true;
    case 'SECONDS':
      shell.secondsFrom = shell.sim.now - (Number.parseInt(value, 10) || 0) * 1e9;
      return true;
    case 'LINENO':
    case 'BASHPID':
    case 'PIPESTATUS':
    case 'FUNCNAME':
    case 'BASH_SUBSHELL':
      return true;
    case 'OPTIND':
      shell.optionIndex = 0;
      return false;
    default:
      return false;
  }
}

/** 0 stands for no seed yet, so bash's own replacement of 0 is made here. */
const seedOf = (value: string): number => Number.parseInt(value, 10) >>> 0 || 123459876;

/** The variables a program gets. */
export function environment(shell: Shell): Map<string, string> {
  const env = new Map<string, string>();
  for (const [name, variable] of shell.variables) {
    if (variable.exported && typeof variable.value === 'string')
      env.set(name, fromBytesText(variable.value));
  }
  return env;
}
