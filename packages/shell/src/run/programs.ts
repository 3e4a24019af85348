// programs.ts — fork and exec: finds a program and starts it with its files and environment.
import { decodeBytes, fromBytesText } from '@dmsim/libc';
import type { Errno, Process, Task } from '@dmsim/sim';
import {
  checkSignals,
  interruptible,
  millis,
  resetHandlers,
  spawn,
  touchDevices,
  traceExec,
  vary,
} from '@dmsim/sim';
import type {
  ExecFailure,
  Directory,
  ExecOptions,
  OpenFile,
  Program,
  ProgramContext,
  RegularFile,
  Resolved,
} from '@dmsim/vfs';
import { isMemoryFile, lookupPath, resolvePath } from '@dmsim/vfs';

import { copyMap } from '../copy-map.ts';
import { hasControl, quoteAlways } from '../expand/quote.ts';
import { getParameter } from '../parameters.ts';
import type { Shell, ShellOptions } from '../shell.ts';

/** Virtual time from exec to a program's first step, unless the options say otherwise. */
export const EXEC_COST: number = millis(1);

/** Directories of programs in a tree that has none of them. */
const PROGRAM_DIRECTORY = /^(?:\/usr(?:\/local)?)?\/s?bin$/;

export type Found =
  | { readonly kind: 'program'; readonly program: Program; readonly path: string }
  /** bash's message and status if no such program can be run. */
  | {
      readonly kind: 'error';
      readonly message: string;
      readonly status: 126 | 127;
      readonly errno: ExecFailure;
    };

/** The path of execvp without $PATH, and of `command -p`. */
const DEFAULT_PATH = '/bin:/usr/bin';

/** The directories in which programs are looked for. */
interface Search {
  readonly root: Directory;
  readonly cwd: string;
  readonly options: ShellOptions;
  /** Directories with colons between them. */
  readonly path: string | undefined;
}

/** Finds the program that `name` runs: where the shell remembers it to be (even if it is gone), or else in $PATH. */
export function findProgram(shell: Shell, name: string): Found {
  const hashed = shell.hashed.get(name);
  if (hashed === undefined) return searchPath(shell, name);
  const { root, cwd, options } = shell;
  return atPath({ root, cwd, options, path: undefined }, hashed);
}

/** Finds the program that `name` runs: a name without a slash in the directories of $PATH. */
export function searchPath(shell: Shell, name: string): Found {
  const { root, cwd, options } = shell;
  const path = getParameter(shell, 'PATH');
  return find({ root, cwd, options, path }, name);
}

/** Finds a program for `command -p`. */
export function searchStandard({ root, cwd, options }: Shell, name: string): Found {
  return find({ root, cwd, options, path: DEFAULT_PATH }, name);
}

function find(search: Search, name: string): Found {
  if (name.includes('/')) return atPath(search, name);
  if (search.path !== undefined && search.path !== '') return findIn(search, search.path, name);
  // With no directory to look in, the name is that of a file here.
  const here = atPath(search, `./${name}`);
  if (here.kind === 'program') return here;
  return { ...here, message: here.message.replace('./', '') };
}

function findIn(search: Search, directories: string, name: string): Found {
  let refused: Found | undefined;
  for (const directory of directories.split(':')) {
    const path = `${directory === '' ? '.' : directory}/${name}`;
    const there = resolvePath(path, search);
    // Most names are in one directory of several.
    if (typeof there !== 'string' && there.node === undefined) continue;
    const found = judge(search, path, there);
    if (found.kind === 'program') return found;
    if (typeof there !== 'string' && there.node?.kind === 'file') refused ??= found;
  }
  const message = `${printable(name)}: command not found`;
  return refused ?? { kind: 'error', message, status: 127, errno: 'ENOENT' };
}

const atPath = (search: Search, path: string): Found =>
  judge(search, path, resolvePath(path, search));

/** Whether what is `there`, at `path`, can be run. */
function judge(search: Search, path: string, there: Resolved | Errno): Found {
  if (typeof there === 'string') {
    const program = outsideTheTree(search, path);
    if (program !== undefined) return { kind: 'program', program, path };
    return there === 'ENOTDIR'
      ? unrunnable(path, 'Not a directory', 'ENOTDIR')
      : unrunnable(path, 'No such file or directory', 'ENOENT');
  }
  const { node } = there;
  if (node === undefined) return unrunnable(path, 'No such file or directory', 'ENOENT');
  if (node.kind === 'directory') return unrunnable(path, 'Is a directory', 'EACCES');
  if (node.kind !== 'file' || (node.mode & 0o111) === 0)
    return unrunnable(path, 'Permission denied', 'EACCES');
  if (node.program !== undefined) return { kind: 'program', program: node.program, path };
  return script(search, path, node);
}

const unrunnable = (path: string, what: string, errno: ExecFailure): Found => ({
  kind: 'error',
  message: `${path}: ${what}`,
  status: errno === 'ENOENT' ? 127 : 126,
  errno,
});

/** A file to be read by the program that its first line names, or by bash. Mirrors fs/binfmt_script.c: load_script. */
function script(search: Search, path: string, file: RegularFile): Found {
  const [, interpreter, word] = /^#![ \t]*(\S+)[ \t]*(.*?)[ \t]*(?:\n|$)/.exec(head(file)) ?? [];
  const found = interpreter === undefined ? undefined : atPath(search, interpreter);
  if (found?.kind === 'error') {
    const message = `${path}: cannot execute: required file not found`;
    return { kind: 'error', message, status: 127, errno: 'ENOENT' };
  }
  const program = found?.program ?? search.options.programs.get('bash');
  if (program === undefined)
    return { kind: 'error', message: `${path}: cannot execute`, status: 126, errno: 'EACCES' };
  const words = [interpreter ?? 'bash', ...(word === undefined || word === '' ? [] : [word]), path];
  return {
    kind: 'program',
    program: (context) => program({ ...context, argv: [...words, ...context.argv.slice(1)] }),
    path,
  };
}

/** BINPRM_BUF_SIZE bytes, the longest first line of a script that names its interpreter. */
const head = (file: RegularFile): string =>
  isMemoryFile(file) ? decodeBytes(file.readAt(0, 256)) : '';

/** A program that has no file, since the tree lacks its directory. */
function outsideTheTree({ root, cwd, options }: Search, path: string): Program | undefined {
  const slash = path.lastIndexOf('/');
  const directory = path.slice(0, slash);
  if (!PROGRAM_DIRECTORY.test(directory)) return undefined;
  if (typeof lookupPath(directory, { root, cwd }) !== 'string') return undefined;
  return options.programs.get(path.slice(slash + 1));
}

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
  const fds = copyMap(start.fds);
  for (const file of fds.values()) file.retain();
  const main = (self: Process): Task<number> => runProgram(self, program, { ...start, fds });
  // With a cost, the first step of `runProgram` ends where that is waited for.
  const quiet = (start.options.execCost ?? EXEC_COST) > 0;
  const name = baseName(start.argv[0] ?? '');
  const child = spawn(parent.sim, name, main, { parent, newGroup, quiet });
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
  process.isShell = false;
  resetHandlers(process);
  traceExec(process, argv);
  const cost = options.execCost ?? EXEC_COST;
  if (cost > 0) {
    yield interruptible(
      'exec',
      null,
      vary(process.sim, cost, () => commandText(argv)),
    );
    checkSignals(process);
  } else {
    // The program's first step is the rest of this one.
    touchDevices(process.sim);
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
  const status = yield* program(context);
  for (const file of fds.values()) yield* file.linger(process);
  return status;
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
): Process | ExecFailure {
  const { root, cwd, options } = start;
  const found = find({ root, cwd, options, path: env.get('PATH') ?? DEFAULT_PATH }, argv[0] ?? '');
  if (found.kind === 'error') return found.errno;
  return forkProgram(process, found.program, { ...start, argv, env, fds }, newGroup);
}
