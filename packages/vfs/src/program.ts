// program.ts — What an executable is here: a generator that is given its arguments, its files and its process.
import type { Process, Sim, Task } from '@dmsim/sim';

import type { OpenFile } from './open-file.ts';
import type { Directory } from './vnode.ts';

export interface ProgramContext {
  readonly sim: Sim;
  readonly process: Process;
  /** argv[0] is the name it was called by. */
  readonly argv: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  readonly root: Directory;
  /** 0, 1 and 2 are there unless the caller closed them; owned by the caller, who releases them. */
  readonly fds: ReadonlyMap<number, OpenFile>;
  /** Runs another program as a child with these files, as fork + execvp (`timeout`, `xargs`, `env`); 127 when there is none. */
  readonly exec: (argv: readonly string[], options?: ExecOptions) => Process | 'not found';
}

export interface ExecOptions {
  readonly env?: ReadonlyMap<string, string>;
  readonly fds?: ReadonlyMap<number, OpenFile>;
  readonly newGroup?: boolean;
}

/** Returns the exit status, 0 … 255. */
export type Program = (context: ProgramContext) => Task<number>;

/** Finds a program by its name; PATH is not searched: names are flat here (`/usr/bin/dd` is `dd`). */
export type ProgramTable = ReadonlyMap<string, Program>;
