// program.ts — An executable is a generator function that takes its arguments, files and process.
import type { Process, Sim, Task } from '@dmsim/sim';

import type { OpenFile } from './open-file.ts';
import type { Directory } from './vnode.ts';

export interface ProgramContext {
  readonly sim: Sim;
  readonly process: Process;
  /** argv[0] is the name that the program was called by. */
  readonly argv: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  readonly root: Directory;
  /** Holds 0, 1 and 2 unless the caller closed them. The caller owns these files and releases them. */
  readonly fds: ReadonlyMap<number, OpenFile>;
  /** Runs another program as a child with these files, like fork and execvp. `timeout`, `xargs` and `env` use it. */
  readonly exec: (argv: readonly string[], options?: ExecOptions) => Process | ExecFailure;
}

/** Why a program can't be run: there is none; it is a directory, or may not be executed. */
export type ExecFailure = 'ENOENT' | 'ENOTDIR' | 'EACCES';

export interface ExecOptions {
  readonly env?: ReadonlyMap<string, string>;
  readonly fds?: ReadonlyMap<number, OpenFile>;
  readonly newGroup?: boolean;
}

/** Returns the exit status, 0 … 255. */
export type Program = (context: ProgramContext) => Task<number>;

/** Programs by name. A tree may show them as files; where it has no /usr/bin, `/usr/bin/dd` and `dd` are both `dd`. */
export interface ProgramTable {
  get(name: string): Program | undefined;
  has(name: string): boolean;
  keys(): Iterable<string>;
}
