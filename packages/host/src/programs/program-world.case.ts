// program-world.case.ts — A machine with two ram disks, and programs run on it with files in memory, for the tests of programs.
import { run, spawn } from '@dmsim/sim';
import type { Errno, Process, Task } from '@dmsim/sim';
import type { OpenFile, ProgramContext } from '@dmsim/vfs';
import { createCapture, createFile } from '@dmsim/vfs';

import { createMachine } from '../create-machine.ts';
import type { Machine } from '../machine.ts';
import { loadModule } from '../modules.ts';

export interface Result {
  readonly out: string;
  readonly err: string;
  readonly status: number;
}

export interface Running {
  readonly process: Process;
  result(): Result;
}

export interface ProgramWorld {
  readonly machine: Machine;
  /** Runs it to its end, or until nothing more happens. */
  call(words: string | readonly string[], stdin?: string): Result;
  start(words: string | readonly string[], stdin?: string): Running;
  /** Until nothing is due. */
  settle(): void;
  file(path: string, text: string): void;
}

/** `1:0` and `1:1` have 4 MiB each. */
export function programWorld(): ProgramWorld {
  const machine = createMachine();
  // Each call runs until nothing is due.
  machine.hungTasks.timeoutSecs = 0;
  machine.hungTasks.restart();
  loadModule(
    machine,
    'brd',
    new Map([
      ['rd_nr', '2'],
      ['rd_size', '4096'],
    ]),
  );
  const settle = (): void => void run(machine.sim);
  const start: ProgramWorld['start'] = (words, stdin = '') => {
    const argv = typeof words === 'string' ? words.split(' ') : words;
    const out = createCapture();
    const err = createCapture();
    const program = machine.programs.get(argv[0] ?? '');
    if (program === undefined) throw new Error(`no program ${argv[0]}`);
    const process = spawn(machine.sim, argv[0] ?? '', function* main(self) {
      const input = yield* openInput(self, stdin);
      return yield* program(contextOf(machine, self, { argv, fds: [input, out.file, err.file] }));
    });
    const result = (): Result => ({
      out: out.text(),
      err: err.text(),
      status: process.state === 'zombie' ? process.status : -1,
    });
    return { process, result };
  };
  return {
    machine,
    settle,
    start,
    call(words, stdin) {
      const running = start(words, stdin);
      settle();
      return running.result();
    },
    file(path, text) {
      const directory = machine.root.lookup('tmp');
      if (directory?.kind === 'directory')
        directory.link(path.replace('/tmp/', ''), createFile(text));
    },
  };
}

function* openInput(self: Process, text: string): Task<OpenFile | Errno> {
  return yield* createFile(text).open(self, 'stdin', { read: true, write: false });
}

function contextOf(
  { sim, root }: Machine,
  process: Process,
  { argv, fds }: { argv: readonly string[]; fds: readonly (OpenFile | string)[] },
): ProgramContext {
  const files = fds.flatMap((file, fd) => (typeof file === 'string' ? [] : [[fd, file] as const]));
  return {
    sim,
    process,
    argv,
    env: new Map([['DM_DISABLE_UDEV', '1']]),
    cwd: '/',
    root,
    fds: new Map(files),
    exec: () => 'ENOENT',
  };
}
