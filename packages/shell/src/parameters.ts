// parameters.ts — Reads and sets parameters by name: variables, and parameters that the shell computes.
import { formatTime, fromBytesText, momentOf } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { uniformInteger, NotSupported } from '@dmsim/sim';

import { complain } from './messages.ts';
import { headText } from './run/command-text.ts';
import { exportFunctions } from './run/exported-functions.ts';
import { setOptions, shoptOptions } from './shell-options.ts';
import type { Shell } from './shell.ts';
import { Unwind } from './shell.ts';
import type { Value, Variable } from './variables.ts';
import { createVariable, scalarOf } from './variables.ts';

/** Returns `$x`, `$1` or `$?`, or undefined if it is not set. Does not handle `$@` and `$*`. */
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

/** Returns `$-`. bash always includes `hB`. */
function flagLetters(shell: Shell): string {
  const { flags } = shell;
  const letters: readonly (readonly [string, boolean])[] = [
    ['a', flags.allexport],
    ['e', flags.errexit],
    ['f', flags.noglob],
    ['h', true],
    ['m', flags.monitor],
    ['u', flags.nounset],
    ['x', flags.xtrace],
    ['B', true],
    ['C', flags.noclobber],
    ['E', flags.errtrace],
    ['T', flags.functrace],
    ['c', shell.fromCommandLine],
    ['s', shell.textSource === 'main'],
  ];
  return letters.map(([letter, on]) => (on ? letter : '')).join('');
}

/** Variables that bash sets and this shell does not. Reading one is refused, since an empty value would be wrong. */
const REFUSED: ReadonlySet<string> = new Set(
  'BASH_ALIASES BASH_ARGC BASH_ARGV BASH_CMDS COMP_WORDBREAKS DIRSTACK HISTCMD'.split(' '),
);

/** Variables that are readonly from the start. */
const READONLY: ReadonlySet<string> = new Set(
  'BASHOPTS BASH_VERSINFO EUID PPID SHELLOPTS UID'.split(' '),
);

/** Variables that bash sets when it starts, and that say what machine this is. */
const FIXED: Readonly<Record<string, string>> = {
  BASH: '/usr/bin/bash',
  BASH_LOADABLES_PATH:
    '/usr/local/lib/bash:/usr/lib/bash:/opt/local/lib/bash:/usr/pkg/lib/bash:/opt/pkg/lib/bash:.',
  HOSTNAME: '(none)',
  HOSTTYPE: 'x86_64',
  MACHTYPE: 'x86_64-pc-linux-gnu',
  OSTYPE: 'linux-gnu',
  SHELL: '/bin/sh',
  TERM: 'dumb',
};

/** Variables whose value is computed on each read. In bash, some become ordinary once set or unset; here not. */
function dynamicVariable(shell: Shell, name: string): string | undefined {
  const value = computed(shell, name);
  if (value !== undefined) shell.lookedAt.set(name, dynamicArray(shell, name) ?? value);
  return value;
}

function computed(shell: Shell, name: string): string | undefined {
  switch (name) {
    case '_':
      return shell.lastArgument;
    case 'SHELLOPTS':
      return namesOn(setOptions(shell));
    case 'BASHOPTS':
      return namesOn(shoptOptions(shell));
    case 'LINENO':
      return String(shell.line);
    case 'RANDOM':
      return String(nextRandom(shell));
    case 'SECONDS':
      return String(Math.floor((shell.sim.now - shell.secondsFrom) / 1e9));
    case 'BASH_COMMAND':
      return shell.command === null ? '' : headText(shell.command);
    case 'BASHPID':
      return String(shell.process.pid);
    case 'BASH_ARGV0':
      return shell.zero;
    case 'PPID':
      return String(shell.process.ppid);
    case 'UID':
    case 'EUID':
      return '0';
    case 'BASH_SUBSHELL':
      return String(shell.subshell);
    case 'EPOCHSECONDS':
      return String(momentOf(shell.sim).seconds);
    case 'EPOCHREALTIME':
      return formatTime('%s.%6N', momentOf(shell.sim).seconds, momentOf(shell.sim).nanos);
    case 'SRANDOM':
      return String(shell.random.prng.next() >>> 0);
    default:
      if (Object.hasOwn(FIXED, name)) return FIXED[name];
      if (REFUSED.has(name)) throw new NotSupported(shell.file, shell.line, `$${name}`);
      return scalarOf(dynamicArray(shell, name));
  }
}

const namesOn = (options: readonly (readonly [name: string, on: boolean])[]): string =>
  options.flatMap(([name, on]) => (on ? [name] : [])).join(':');

function dynamicArray(shell: Shell, name: string): string[] | undefined {
  switch (name) {
    case 'PIPESTATUS':
      return shell.pipeStatus.map(String);
    case 'BASH_VERSINFO':
      return ['5', '2', '15', '1', 'release', 'x86_64-pc-linux-gnu'];
    case 'GROUPS':
      return ['0'];
    case 'FUNCNAME':
      if (shell.frames.length === 0) return undefined;
      return withMain(shell, shell.calls.map(({ name: called }) => called).toReversed(), 'main');
    case 'BASH_SOURCE':
      return withMain(shell, sourcesOf(shell), shell.calls[0]?.file ?? shell.file);
    case 'BASH_LINENO':
      return withMain(shell, shell.calls.map(({ line }) => String(line)).toReversed(), '0');
    default:
      return undefined;
  }
}

/** Adds what stands for the script itself, which `bash -c` and standard input have not. */
const withMain = ({ textSource }: Shell, calls: readonly string[], main: string): string[] =>
  textSource === undefined ? [...calls, main] : [...calls];

/** The files of the running functions, and those that are being sourced. */
const sourcesOf = ({ calls, file }: Shell): string[] =>
  calls.map((_, i) => calls[i + 1]?.file ?? file).toReversed();

/** Park and Miller's minimal standard generator, folded to 15 bits as in bash, so that a seed gives bash's numbers. */
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

/** Returns the whole value of a variable, which may be an array. */
export function getValue(shell: Shell, name: string): Value {
  const variable = shell.variables.get(name);
  if (variable !== undefined) return variable.value;
  return dynamicArray(shell, name) ?? getParameter(shell, name);
}

/** Returns a variable that the caller will change. A readonly variable ends the command with an error. */
export function* writable(shell: Shell, name: string): Task<Variable> {
  const known = shell.variables.get(name);
  if (known === undefined) {
    if (READONLY.has(name)) return yield* refuseWrite(shell, name);
    const made = createVariable();
    made.exported = shell.flags.allexport;
    shell.variables.set(name, made);
    return made;
  }
  if (known.readonly) return yield* refuseWrite(shell, name);
  if (shell.flags.allexport) known.exported = true;
  known.unassigned = false;
  return known;
}

function* refuseWrite(shell: Shell, name: string): Task<never> {
  yield* complain(shell, `${name}: readonly variable`);
  throw new Unwind(shell.flags.errexit ? 'exit' : 'discard', 1);
}

export const isReadonly = (shell: Shell, name: string): boolean =>
  shell.variables.get(name)?.readonly ?? READONLY.has(name);

/** Assigns `x=value`; in an array this sets element 0. */
export function* setVariable(shell: Shell, name: string, value: string): Task<void> {
  if (assignDynamic(shell, name, value)) return;
  const variable = yield* writable(shell, name);
  storeScalar(variable, value);
}

/** Sets a variable for a builtin. If it is readonly, this prints an error and returns false. */
export function* trySetVariable(shell: Shell, name: string, value: string): Task<boolean> {
  if (isReadonly(shell, name)) {
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

/** Handles variables whose assignment has an effect; returns false for others. */
function assignDynamic(shell: Shell, name: string, value: string): boolean {
  switch (name) {
    case 'RANDOM':
      shell.random.seed = seedOf(value);
      shell.random.last = 0;
      return true;
    case 'SECONDS':
      shell.secondsFrom = shell.sim.now - (Number.parseInt(value, 10) || 0) * 1e9;
      return true;
    case '_':
      shell.lastArgument = value;
      return true;
    case 'LINENO':
    case 'BASHPID':
    case 'PIPESTATUS':
    case 'FUNCNAME':
    case 'BASH_SUBSHELL':
      return true;
    case 'BASH_ARGV0':
      shell.zero = value;
      return true;
    case 'BASH_XTRACEFD':
      if (value !== '' && !(/^\d+$/.test(value) && shell.fds.has(Number(value))))
        throw new NotSupported(shell.file, shell.line, 'BASH_XTRACEFD of a file that is not open');
      return false;
    case 'PATH':
      shell.hashed.clear();
      return false;
    case 'GLOBIGNORE':
      // Names with a dot in front are no longer hidden, until the variable is unset.
      if (value !== '') shell.flags.dotglob = true;
      return false;
    case 'OPTIND':
      shell.optionIndex = 0;
      return false;
    default:
      return false;
  }
}

/** Parses a seed. bash replaces seed 0 by this number. Doing it here lets 0 mean that no seed was given. */
const seedOf = (value: string): number => Number.parseInt(value, 10) >>> 0 || 123459876;

/** Returns the environment for a program: the exported variables. */
export function environment(shell: Shell): Map<string, string> {
  const env = new Map<string, string>();
  shell.variables.forEach(({ exported, value }, name) => {
    if (exported && typeof value === 'string') env.set(name, fromBytesText(value));
  });
  exportFunctions(shell, env);
  return env;
}
