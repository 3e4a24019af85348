// programs.ts — fork and exec: finds a program and starts it with its files and environment.
import { fromBytesText } from '@dmsim/libc';
import type { Process, Task } from '@dmsim/sim';
import { checkSignals, interruptible, millis, spawn, traceExec, vary } from '@dmsim/sim';
import type { OpenFile, Directory, ExecOptions, Program, ProgramContext } from '@dmsim/vfs';
import { lookupPath } from '@dmsim/vfs';

import { hasControl, quoteAlways } from '../expand/quote.ts';
import type { Shell, ShellOptions } from '../shell.ts';

/** Virtual time from exec to a program's first step, unless the options say otherwise. */
export const EXEC_COST: number = millis(1);

/** The directories in which a path may name a program: `/usr/sbin/dmsetup` is `dmsetup`. */
const PROGRAM_DIRECTORIES = /^(?:\/usr(?:\/local)?)?\/s?bin\/([^/]+)$/;

export type Found =
  | { readonly kind: 'program'; readonly program: Program }
  /** bash's message and status if no such program can be run. */
  | { readonly kind: 'error'; readonly message: string; readonly status: 126 | 127 };

/** Finds the program that `name` runs. Names are flat, but a path may also lead to a script in the tree. */
export function findProgram(shell: Shell, name: string): Found {
  const { programs } = shell.options;
  if (!name.includes('/')) {
    const program = programs.get(name);
    if (program !== undefined) return { kind: 'program', program };
    return { kind: 'error', message: `${printable(name)}: command not found`, status: 127 };
  }
  const node = lookupPath(name, shell);
  if (typeof node === 'string') {
    const program = programs.get(PROGRAM_DIRECTORIES.exec(name)?.[1] ?? '');
    if (program !== undefined) return { kind: 'program', program };
    const message = node === 'ENOTDIR' ? 'Not a directory' : 'No such file or directory';
    return {
      kind: 'error',
      message: `${name}: ${message}`,
      status: node === 'ENOTDIR' ? 126 : 127,
    };
  }
  if (node.kind === 'directory') {
    return { kind: 'error', message: `${name}: Is a directory`, status: 126 };
  }
  if (node.kind !== 'file' || (node.mode & 0o111) === 0) {
    return { kind: 'error', message: `${name}: Permission denied`, status: 126 };
  }
  return { kind: 'program', program: scriptRunner(shell) };
}

const scriptRunner =
  ({ bash }: Shell): Program =>
  (context) =>
    bash({ ...context, argv: ['bash', ...context.argv] });

/** Quotes a name that has control characters. */
const printable = (name: string): string => (hasControl(name) ? quoteAlways(name) : name);

/** The arguments, environment and files of a program. The caller owns the files. */
export interface ProgramStart {
  readonly argv: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly fds: ReadonlyMap<number, OpenFile>;
  readonly cwd: string;
  readonly root: Directory;
  readonly options: ShellOptions;
}

/** Starts a child that runs `program`. */
export function forkProgram(
  parent: Process,
  program: Program,
  start: ProgramStart,
  newGroup = false,
): Process {
  const fds = new Map(start.fds);
  for (const file of fds.values()) file.retain();
  const main = (self: Process): Task<number> => runProgram(self, program, { ...start, fds });
  const child = spawn(parent.sim, baseName(start.argv[0] ?? ''), main, { parent, newGroup });
  child.atExit.push(() => {
    for (const file of fds.values()) file.release(child);
  });
  return child;
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** exec: runs the program in this process. */
export function* runProgram(process: Process, program: Program, start: ProgramStart): Task<number> {
  const { argv, env, fds, cwd, root, options } = start;
  process.name = baseName(argv[0] ?? '');
  process.args = argv;
  traceExec(process, argv);
  const cost = options.execCost ?? EXEC_COST;
  if (cost > 0) {
    yield interruptible(
      'exec',
      null,
      vary(process.sim, cost, () => commandText(argv)),
    );
    checkSignals(process);
  }
  const context: ProgramContext = {
    sim: process.sim,
    process,
    argv: argv.map(fromBytesText),
    env,
    cwd,
    root,
    fds,
    exec: (words, more = {}) => execFrom(process, start, words, more),
  };
  return yield* program(context);
}

const LONGEST_COMMAND = 70;

function commandText(argv: readonly string[]): string {
  const text = argv.join(' ');
  const shown = text.length > LONGEST_COMMAND ? `${text.slice(0, LONGEST_COMMAND)}…` : text;
  return `the start of \`${shown.replaceAll('\n', ' ')}\``;
}

function execFrom(
  process: Process,
  start: ProgramStart,
  argv: readonly string[],
  { env = start.env, fds = start.fds, newGroup = false }: ExecOptions,
): Process | 'not found' {
  const name = argv[0] ?? '';
  const { programs } = start.options;
  const known = programs.get(name) ?? programs.get(PROGRAM_DIRECTORIES.exec(name)?.[1] ?? '');
  if (known === undefined) return 'not found';
  return forkProgram(process, known, { ...start, argv, env, fds }, newGroup);
}
