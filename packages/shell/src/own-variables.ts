// own-variables.ts — The variables that bash has from the start and computes when they are read, as `set` and `declare` list them.
// Mirrors bash's variables.c: initialize_shell_variables, initialize_dynamic_variables.
import { getValue } from './parameters.ts';
import type { Shell } from './shell.ts';
import type { Variable } from './variables.ts';
import { createVariable } from './variables.ts';

/**
 * Their names and attributes. `+` has its value from the start; the others are listed with the value that they had when
 * they were last read, and without one before.
 */
const OWN: Readonly<Record<string, string>> = {
  BASH: '+',
  BASHOPTS: '+r',
  BASHPID: 'i',
  BASH_ALIASES: '+A',
  BASH_ARGC: '+a',
  BASH_ARGV: '+a',
  BASH_ARGV0: '',
  BASH_CMDS: '+A',
  BASH_COMMAND: '',
  BASH_LINENO: '+a',
  BASH_LOADABLES_PATH: '+',
  BASH_SOURCE: '+a',
  BASH_SUBSHELL: '',
  BASH_VERSINFO: '+ar',
  COMP_WORDBREAKS: '',
  DIRSTACK: 'a',
  EPOCHREALTIME: '',
  EPOCHSECONDS: '',
  EUID: '+ir',
  FUNCNAME: '+a',
  GROUPS: 'a',
  HISTCMD: 'i',
  HOSTNAME: '+',
  HOSTTYPE: '+',
  LINENO: '',
  MACHTYPE: '+',
  OSTYPE: '+',
  PIPESTATUS: '+a',
  PPID: '+ir',
  RANDOM: 'i',
  SECONDS: 'i',
  SHELL: '+',
  SHELLOPTS: '+r',
  SRANDOM: 'i',
  TERM: '+',
  UID: '+ir',
  _: '+',
};

/** bash lists them as empty arrays until they are read, which this shell refuses. */
const EMPTY = new Set([
  'BASH_ALIASES',
  'BASH_ARGC',
  'BASH_ARGV',
  'BASH_CMDS',
  'DIRSTACK',
  'GROUPS',
]);

/** The variable as `declare -p NAME` shows it: reading it gives it a value. */
export function ownVariableNamed(shell: Shell, name: string): Variable | undefined {
  const letters = OWN[name];
  if (letters === undefined) return undefined;
  return withLetters(letters, getValue(shell, name));
}

/** All that no assignment has made ordinary variables. */
export function* ownVariables(shell: Shell): Generator<readonly [string, Variable]> {
  for (const [name, letters] of Object.entries(OWN)) {
    if (shell.variables.has(name)) continue;
    yield [name, listed(shell, name, letters)];
  }
}

function listed(shell: Shell, name: string, letters: string): Variable {
  const seen = shell.lookedAt.get(name);
  if (name === 'SECONDS' && seen === undefined) return withLetters('', undefined);
  if (EMPTY.has(name) && seen === undefined)
    return withLetters(letters, letters.includes('A') ? new Map() : []);
  return withLetters(letters, letters.startsWith('+') ? getValue(shell, name) : seen);
}

function withLetters(letters: string, value: Variable['value']): Variable {
  const variable = createVariable(value ?? (letters.includes('a') ? [] : undefined));
  variable.integer = letters.includes('i');
  variable.readonly = letters.includes('r');
  variable.unassigned = value === undefined;
  return variable;
}
