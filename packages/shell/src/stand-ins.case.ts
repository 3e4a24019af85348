// stand-ins.case.ts — A minimal machine with minimal programs, for tests only.
import type { Errno, Task } from '@dmsim/sim';
import { createSim, run, seconds, strerror, userWait } from '@dmsim/sim';
import type { ProgramContext, Program } from '@dmsim/vfs';
import {
  createCapture,
  createDirectory,
  createFile,
  createOpenFile,
  fullDevice,
  nullDevice,
  openPath,
  readAll,
  writeAll,
  zeroDevice,
  ready,
} from '@dmsim/vfs';

import { bashProgram, startLab } from './shell-program.ts';
import type { ShellOptions } from './shell.ts';
import { parseLab } from './syntax/parse-lab.ts';

function* put(context: ProgramContext, fd: number, text: string | Uint8Array): Task<number> {
  const error = yield* writeAll(context.process, context.fds.get(fd), text);
  if (error === undefined) return 0;
  const name = context.argv[0] ?? '';
  if (fd === 1) yield* put(context, 2, `${name}: write error: ${strerror(error)}\n`);
  return 1;
}

const sleep: Program = function* ({ process, argv }) {
  const until = process.sim.now + seconds(Number(argv[1]));
  while (process.sim.now < until) {
    yield* userWait(process, { on: 'sleep', queue: null, timeout: until - process.sim.now });
  }
  return 0;
};

const cat: Program = function* (context) {
  const { process, argv, fds } = context;
  const paths = argv.slice(1);
  let status = 0;
  for (const path of paths.length === 0 ? ['-'] : paths) {
    const file = path === '-' ? fds.get(0) : yield* openPath(context, path, READ);
    if (typeof file === 'string') {
      status = yield* complain(context, path, file);
      continue;
    }
    if (file === undefined) continue;
    for (;;) {
      const bytes = yield* file.read(process, 65536);
      if (typeof bytes === 'string') {
        status = yield* complain(context, path, bytes);
        break;
      }
      if (bytes.length === 0) break;
      if ((yield* put(context, 1, bytes)) !== 0) return 1;
    }
    if (path !== '-') file.release(process);
  }
  return status;
};

const READ = { read: true, write: false };

function* complain(context: ProgramContext, path: string, error: Errno): Task<number> {
  yield* put(context, 2, `cat: ${path}: ${strerror(error)}\n`);
  return 1;
}

const printEnvironment: Program = function* (context) {
  const wanted = context.argv.at(1);
  if (wanted === undefined) return 2;
  const value = context.env.get(wanted);
  return value === undefined ? 1 : yield* put(context, 1, `${value}\n`);
};

/** Writes until nobody reads any more. */
const yes: Program = function* (context) {
  for (;;) if ((yield* put(context, 1, 'y\n')) !== 0) return 1;
};

const head: Program = function* (context) {
  const count = Number(context.argv[1]?.slice(1));
  let left = count;
  const input = context.fds.get(0);
  if (input === undefined) return 1;
  while (left > 0) {
    const byte = yield* input.read(context.process, 1);
    if (typeof byte === 'string' || byte.length === 0) break;
    yield* put(context, 1, byte);
    if (byte[0] === 10) left--;
  }
  return 0;
};

const wc: Program = function* (context) {
  const input = context.fds.get(0);
  const bytes = input === undefined ? new Uint8Array(0) : yield* readAll(context.process, input);
  return yield* put(context, 1, `${bytes.length}\n`);
};

const ok: Program = () => ready(0);

const notOk: Program = () => ready(1);

/** The result of a script. */
export interface LabResult {
  readonly output: string;
  readonly bytes: Uint8Array;
  readonly status: number;
  /** The virtual time that it took, in ns. */
  readonly time: number;
  readonly outcome: string;
}

const nothing = (): Task<Uint8Array> => ready(new Uint8Array(0));

/** Runs a script in a new machine. Standard output and error go to one capture. */
export function runLab(
  text: string,
  name = 'lab.sh',
  more: { readonly until?: number } = {},
): LabResult {
  const programs = new Map<string, Program>([
    ['sleep', sleep],
    ['cat', cat],
    ['printenv', printEnvironment],
    ['yes', yes],
    ['head', head],
    ['wc', wc],
    ['true', ok],
    ['false', notOk],
  ]);
  const options: ShellOptions = { programs };
  programs.set('bash', bashProgram(options));
  programs.set('sh', bashProgram(options));
  const root = createDirectory({
    dev: createDirectory({ null: nullDevice(), zero: zeroDevice(), full: fullDevice() }),
    tmp: createDirectory({ t: createDirectory({ [name]: createFile(text) }) }),
    root: createDirectory(),
    usr: createDirectory(),
  });
  const capture = createCapture();
  const input = createOpenFile('/dev/null', READ, { read: nothing });
  const fds = new Map([
    [0, input],
    [1, capture.file],
    [2, capture.file],
  ]);
  const sim = createSim();
  const env = new Map([
    ['HOME', '/root'],
    ['PATH', '/usr/bin:/bin'],
  ]);
  const process = startLab(parseLab(text, name), { sim, env, cwd: '/tmp/t', root, fds }, options);
  const until = more.until ?? seconds(3600);
  const outcome = run(sim, { stop: () => process.state === 'zombie', until, maxEvents: 1e6 });
  return {
    output: capture.text(),
    bytes: capture.bytes(),
    status: process.status,
    time: sim.now,
    outcome: outcome.kind,
  };
}
