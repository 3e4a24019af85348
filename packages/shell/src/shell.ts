// shell.ts — The state of one shell process, and how a subshell gets its copy.
import type { Nanos, Prng, Process, Signal, Sim } from '@dmsim/sim';
import type { OpenFile, Directory, ProgramTable } from '@dmsim/vfs';

import type { Command, FunctionCommand } from './syntax/ir.ts';
import type { Variable } from './variables.ts';
import { copyVariable } from './variables.ts';

/** What all shells of a machine have in common. */
export interface ShellOptions {
  readonly programs: ProgramTable;
  /** Virtual time from fork to the first step of a program, in ns. @defaultValue 1 ms */
  readonly execCost?: Nanos;
  /** Where a program is, for `type` and `command -v`. @defaultValue `/usr/bin/` + name */
  readonly locate?: (name: string) => string;
}

/** `set` and `shopt`, as far as they are here. */
export interface Flags {
  errexit: boolean;
  nounset: boolean;
  xtrace: boolean;
  noglob: boolean;
  noclobber: boolean;
  allexport: boolean;
  errtrace: boolean;
  pipefail: boolean;
  nullglob: boolean;
  dotglob: boolean;
  nocasematch: boolean;
  inherit_errexit: boolean;
}

/** A way out of the commands that are running, up to a loop or a function. */
export type Jump =
  | { readonly kind: 'break' | 'continue'; levels: number }
  | { readonly kind: 'return' };

/** Out of everything: the shell ends, or (`discard`) the rest of the line is dropped. */
export class Unwind extends Error {
  override readonly name = 'Unwind';
  readonly kind: 'exit' | 'discard';
  readonly status: number;
  constructor(kind: 'exit' | 'discard', status: number) {
    super(kind);
    this.kind = kind;
    this.status = status;
  }
}

export interface Job {
  readonly number: number;
  /** The processes of a pipeline; the last one's status is the job's. */
  readonly processes: readonly Process[];
  /** What each of them runs. */
  readonly commands: readonly Command[];
  reported: boolean;
  /** `wait -n` tells of a job once. */
  waited: boolean;
}

export interface Frame {
  readonly name: string;
  readonly callLine: number;
  /** What `local` hides, to be put back. */
  readonly hidden: Map<string, Variable | undefined>;
}

export type TrapName = 'EXIT' | 'ERR' | Signal;

/** What a text is expanded for says how its quoted parts are marked. */
export type Purpose = 'text' | 'pattern' | 'regex' | 'replacement';

export interface RunTextOptions {
  readonly name: string;
  readonly firstLine: number;
  /** Shown in syntax errors: `eval`. */
  readonly source?: string;
}

/** `command`, `exec`, `builtin`: words that are expanded already. */
export interface RunWordsOptions {
  /** What the name may be, besides a function. */
  readonly find: 'builtin' | 'program' | 'any';
  /** In place of this process, whose last act it is. */
  readonly replace: boolean;
}

export interface Shell {
  readonly sim: Sim;
  readonly process: Process;
  readonly root: Directory;
  readonly options: ShellOptions;
  cwd: string;
  /** `$0`. */
  zero: string;
  /** In front of error messages; another than `$0` in sourced files. */
  file: string;
  line: number;
  /** Added to the lines of the commands that run: command substitutions are counted in their own way. */
  lineBase: number;
  /** `bash -c`: some errors have another status. */
  fromCommandLine: boolean;
  positional: readonly string[];
  readonly variables: Map<string, Variable>;
  readonly functions: Map<string, FunctionCommand>;
  readonly fds: Map<number, OpenFile>;
  readonly flags: Flags;
  readonly frames: Frame[];
  status: number;
  pipeStatus: readonly number[];
  /** Status of the last command substitution in the command at hand. */
  substitutionStatus: number | undefined;
  lastBackground: number | undefined;
  jobs: Job[];
  readonly traps: Map<TrapName, string>;
  /** Signals that came for a trap and wait for the command at hand to end. */
  readonly trapped: Signal[];
  inTrap: boolean;
  jump: Jump | null;
  loops: number;
  sourced: number;
  /** Where a failure is looked at by someone, `set -e` does not end the shell. */
  unchecked: number;
  /** `$$`: of the first shell, in subshells too. */
  readonly pid: number;
  readonly subshell: number;
  /** In a command substitution nothing is said of jobs. */
  inSubstitution: boolean;
  /** Standard input comes from a pipe or a redirection around: a background command keeps it. */
  inputGiven: boolean;
  /** How many `+` xtrace prints. */
  traceDepth: number;
  random: { readonly prng: Prng; seed: number; last: number };
  secondsFrom: Nanos;
  optionIndex: number;
  /** Commands since this process last waited for anything. */
  busy: number;
}

/** A subshell's own state: everything is copied, files are shared, traps are reset. */
export function forkShell(shell: Shell, process: Process): Shell {
  const variables = new Map<string, Variable>();
  for (const [name, variable] of shell.variables) variables.set(name, copyVariable(variable));
  for (const file of shell.fds.values()) file.retain();
  const traps = new Map<TrapName, string>();
  for (const [name, text] of shell.traps) if (text === '') traps.set(name, text);
  if (shell.flags.errtrace && shell.traps.has('ERR')) {
    traps.set('ERR', shell.traps.get('ERR') as string);
  }
  return {
    ...shell,
    process,
    variables,
    functions: new Map(shell.functions),
    fds: new Map(shell.fds),
    flags: { ...shell.flags },
    frames: shell.frames.slice(),
    jobs: [],
    traps,
    trapped: [],
    inTrap: false,
    jump: null,
    loops: 0,
    subshell: shell.subshell + 1,
    random: { ...shell.random, seed: 0 },
    busy: 0,
  };
}

/** Closes all files, at the end of the shell's process. */
export function closeAll(shell: Shell): void {
  for (const file of shell.fds.values()) file.release(shell.process);
  shell.fds.clear();
}
