// shell.ts — The state of one shell process, and how a subshell gets its copy.
import type { Nanos, Prng, Process, Signal, Sim } from '@dmsim/sim';
import type { OpenFile, Directory, ProgramTable } from '@dmsim/vfs';

import type { Builtins } from './builtins/builtin.ts';
import { copyMap } from './copy-map.ts';
import { copyVariables } from './name-references.ts';
import type { Command, FunctionCommand } from './syntax/ir.ts';
import type { Variable } from './variables.ts';
import { copyVariable } from './variables.ts';

/** Settings that all shells of a machine share. */
export interface ShellOptions {
  readonly programs: ProgramTable;
  /** Virtual time from fork to the first step of a program, in ns. @defaultValue 1 ms */
  readonly execCost?: Nanos;
}

/** The options of `set` and `shopt` that this shell has. */
export interface Flags {
  errexit: boolean;
  nounset: boolean;
  xtrace: boolean;
  noglob: boolean;
  monitor: boolean;
  noclobber: boolean;
  allexport: boolean;
  errtrace: boolean;
  functrace: boolean;
  pipefail: boolean;
  nullglob: boolean;
  failglob: boolean;
  nocaseglob: boolean;
  dotglob: boolean;
  extglob: boolean;
  globstar: boolean;
  lastpipe: boolean;
  nocasematch: boolean;
  inherit_errexit: boolean;
  expand_aliases: boolean;
  shift_verbose: boolean;
  xpg_echo: boolean;
}

/** A pending jump out of the running commands, up to a loop or a function. */
export type Jump =
  | { readonly kind: 'break' | 'continue'; levels: number }
  /** `before` is the status that `$?` had. */
  | { readonly kind: 'return'; readonly before: number };

/** Unwinds all running commands: the shell ends, or (`discard`) skips the rest of the line. */
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
  /** The command that each process runs. */
  readonly commands: readonly Command[];
  reported: boolean;
  /** `wait -n` has already returned this job; it returns each job once. */
  waited: boolean;
  /** Its end has been told, or `wait` has returned after it (J_NOTIFIED): the shell forgets its number when it next tidies up. */
  collected: boolean;
  /** The shell has forgotten its number. */
  deleted: boolean;
  /** A signal killed it, and `wait` came before the shell heard of that: bash may or may not tell of it yet. */
  untold: boolean;
  /** A `wait` without operands has forgotten its status. */
  forgotten: boolean;
  coproc: Coproc | null;
}

/** A coprocess as its shell knows it, until the shell hears that it has ended. */
export interface Coproc {
  readonly name: string;
  /** The shell's ends of both pipes, by descriptor. */
  readonly ends: ReadonlyMap<number, OpenFile>;
}

/** `readonly -f`, `declare -ft`, `export -f`. */
export type FunctionAttribute = 'r' | 't' | 'x';

export interface DefinedFunction extends FunctionCommand {
  /** The file that defined it, which its messages name. */
  readonly source: string;
  /** The letters of its attributes, in the order r, t, x. */
  readonly attributes: string;
  /** Its definition as the environment has it, once a program has got it. */
  environmentText?: string;
}

/** A function that runs, or a file that is being sourced. */
export interface Call {
  /** The function's name, or `source`. */
  readonly name: string;
  /** The place of the call. */
  readonly line: number;
  readonly file: string;
}

export interface Frame {
  readonly name: string;
  /** The variables that `local` hides, restored when the function returns. */
  readonly hidden: Map<string, Variable | undefined>;
}

export type TrapName = 'EXIT' | 'DEBUG' | 'ERR' | 'RETURN' | Signal;

/** The use of an expanded text, which decides how its quoted parts are escaped. */
export type Purpose = 'text' | 'pattern' | 'regex' | 'replacement';

export interface RunTextOptions {
  readonly name: string;
  readonly firstLine: number;
  /** A source to name in syntax errors, such as `eval`. */
  readonly source?: string;
}

/**
 * The process in which a program runs: a child (`fork`); in the process that was forked for it (`forked`); or in place of the shell
 * (`replace`), which then counts as one level less in $SHLVL.
 */
export type Place = 'fork' | 'forked' | 'replace';

/** How `command`, `exec` and `builtin` run words that are already expanded. */
export interface RunWordsOptions {
  /** The kinds of command that the name may mean, besides functions. */
  readonly find: 'builtin' | 'program' | 'any';
  readonly place: Place;
  /** Programs come from the directories of the system, not from $PATH. */
  readonly standard?: boolean;
}

export interface Shell {
  readonly sim: Sim;
  readonly process: Process;
  readonly root: Directory;
  readonly options: ShellOptions;
  readonly builtins: Builtins;
  cwd: string;
  /** `$0`. */
  zero: string;
  /** The name in front of error messages. In a sourced file it differs from `$0`. */
  file: string;
  line: number;
  /** Added to the line of each command, since bash numbers the lines of command substitutions differently. */
  lineBase: number;
  /** The shell runs `bash -c`, where some errors have another status. */
  fromCommandLine: boolean;
  positional: readonly string[];
  variables: Map<string, Variable>;
  /** The aliases. Scripts expand them only after `shopt -s expand_aliases`. */
  readonly aliases: Map<string, string>;
  readonly functions: Map<string, DefinedFunction>;
  /** How the functions of `bash -c` and of a script from standard input call their source, for want of a file. */
  textSource: string | undefined;
  /** Programs that were found in $PATH, by name: bash remembers where they are. */
  readonly hashed: Map<string, string>;
  /** How many of the commands that run have a $PATH of their own (`PATH=/x command`): nothing is remembered meanwhile. */
  temporaryPaths: number;
  readonly fds: Map<number, OpenFile>;
  readonly flags: Flags;
  /** The options of `shopt` that nothing here depends on, once a lab has set them. */
  otherOptions: ReadonlyMap<string, boolean>;
  /** The builtins that `enable -n` has disabled. */
  disabled: ReadonlySet<string>;
  readonly frames: Frame[];
  /** The functions of `frames` and, between them, the files that are being sourced; the innermost is last. */
  readonly calls: Call[];
  status: number;
  pipeStatus: readonly number[];
  /** `$_`: the last word of the command that ran before. */
  lastArgument: string;
  /** The last values of computed variables that were read: `set` lists no others. */
  readonly lookedAt: Map<string, string | string[]>;
  /** The status of the last command substitution in the current command. */
  substitutionStatus: number | undefined;
  lastBackground: number | undefined;
  /** The last process substitution, for which `wait` waits if it is what `$!` names. */
  substituted: Process | undefined;
  /** The shell's descriptors of process substitutions, each open until the command that it is a word of has ended. */
  readonly substitutedFiles: number[];
  jobs: Job[];
  /** `%+` and `%-`. Both are one where there is only one; neither is left when only jobs that have ended are. */
  currentJob: Job | undefined;
  previousJob: Job | undefined;
  /** The statuses of processes that were disowned, at that time: 0 if they ran. */
  readonly disowned: Map<number, number>;
  /** The jobs of the shell that this one was forked from, where `jobs` lists them: in `$(…)` and in `jobs | …`, until it has told their end. */
  inheritedJobs: readonly Job[];
  /** The directories that pushd keeps, the latest first, without the current one. */
  directories: readonly string[];
  readonly traps: Map<TrapName, string>;
  /** Signals that were ignored when this bash started: it can't trap them. */
  readonly untrappable: ReadonlySet<Signal>;
  /** Whether INT, while the shell waits for a child, ends it only if it ends the child. So does bash, but not dash. */
  readonly outlivesInterrupts: boolean;
  /** The traps that `trap` lists in a subshell that has set none of its own: those of the shell that it comes from. */
  listedTraps: ReadonlyMap<TrapName, string> | undefined;
  /** Trapped signals that came during the current command. Their traps run after it. */
  readonly trapped: Signal[];
  /** The traps DEBUG, ERR and RETURN that run: none of them runs within itself. */
  runningTraps: readonly TrapName[];
  /** How many traps run, one in the other. */
  trapDepth: number;
  /** The simple command that runs, or that ran when the trap came ($BASH_COMMAND). */
  command: Command | null;
  jump: Jump | null;
  loops: number;
  /** Above 0 inside conditions, where a failure does not trigger `set -e`. */
  unchecked: number;
  /** `$$`: the pid of the first shell; subshells keep it. */
  readonly pid: number;
  readonly subshell: number;
  /** True inside a command substitution, where bash does not report jobs. */
  inSubstitution: boolean;
  /** True inside `( … )`, but not in what that forks for a pipeline or for `&`. */
  inParentheses: boolean;
  /** True inside a command substitution, but not in what that forks: the last command of a function may be the shell's. */
  functionsMayEnd: boolean;
  /** Whether this process runs one command in the background, and it is a program or may still turn out to be one. */
  isOneCommand: boolean;
  /** The process for the program that the builtin `command` is about to name. */
  place: Place;
  /** An enclosing pipe or redirection provides standard input. Then a background command keeps it. */
  inputGiven: boolean;
  /** The number of `+` that xtrace prints. */
  traceDepth: number;
  /** Levels more at which `set -x` traces the EXIT trap: 1 in subshells, but 0 in substitutions. */
  exitTraceLevels: number;
  random: { readonly prng: Prng; seed: number; last: number };
  secondsFrom: Nanos;
  optionIndex: number;
  /** The number of commands since this process last waited. */
  busy: number;
}

/** Makes the state of a subshell: copies everything, shares the files and resets the traps. */
export function forkShell(shell: Shell, process: Process): Shell {
  const variables = copyVariables(shell.variables, copyVariable);
  for (const file of shell.fds.values()) file.retain();
  const traps = new Map<TrapName, string>();
  for (const [name, text] of shell.traps) if (text === '') traps.set(name, text);
  if (shell.flags.errtrace && shell.traps.has('ERR')) {
    traps.set('ERR', shell.traps.get('ERR') as string);
  }
  if (shell.flags.functrace) {
    for (const name of ['RETURN', 'DEBUG'] as const) {
      const text = shell.traps.get(name);
      if (text !== undefined) traps.set(name, text);
    }
  }
  return {
    ...shell,
    process,
    variables,
    functions: copyMap(shell.functions),
    aliases: copyMap(shell.aliases),
    hashed: copyMap(shell.hashed),
    temporaryPaths: shell.temporaryPaths,
    fds: copyMap(shell.fds),
    flags: { ...shell.flags },
    lookedAt: copyMap(shell.lookedAt),
    frames: shell.frames.slice(),
    calls: shell.calls.slice(),
    jobs: [],
    currentJob: undefined,
    previousJob: undefined,
    substituted: undefined,
    substitutedFiles: [],
    disowned: new Map(),
    inheritedJobs: [],
    traps,
    exitTraceLevels: 1,
    listedTraps: shell.listedTraps ?? (shell.traps.size > 0 ? copyMap(shell.traps) : undefined),
    trapped: [],
    trapDepth: 0,
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
