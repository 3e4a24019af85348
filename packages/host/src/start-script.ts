// start-script.ts — Starts a machine's first process: bash on a script, with empty input and its output going to the caller.
import { parseCommandLine, parseLab, startLab } from '@dmsim/shell';
import type { Nanos, Process, Task } from '@dmsim/sim';
import type { Directory, OpenFile, OpenFlags } from '@dmsim/vfs';
import { createDirectory, createFile, createOpenFile, linkLater, ready } from '@dmsim/vfs';

import type { Userland } from './userland.ts';

/** Receives what a script writes to descriptors 1 and 2, as it is written. */
export type OnOutput = (fd: 1 | 2, bytes: Uint8Array) => void;

export interface Script {
  /** Its name in messages. */
  readonly name: string;
  readonly text: string;
  /** `bash -c` runs it, and it stands in no file. */
  readonly fromCommandLine?: boolean | undefined;
  readonly argv: readonly string[];
  /** Variables beside those of every login. */
  readonly env?: readonly (readonly [string, string])[];
  readonly onOutput: OnOutput;
  /** Virtual time from exec to a program's first step, in ns. @defaultValue that of every shell */
  readonly execCost?: Nanos;
  /** Descriptor 0. @defaultValue /dev/null */
  readonly input?: OpenFile;
}

const READ: OpenFlags = { read: true, write: false };
const WRITE: OpenFlags = { read: false, write: true };

/** Starts bash on a script, with the environment of a login on a console. */
export function startScript(
  { sim, root, programs }: Userland,
  { name, text, fromCommandLine, argv, env = [], onOutput, input, execCost }: Script,
): Process {
  const start = {
    sim,
    root,
    cwd: '/',
    env: new Map([
      ['PATH', '/usr/bin:/usr/sbin'],
      ['HOME', '/'],
      ['TERM', 'linux'],
      ['SHLVL', '1'],
      ...env,
    ]),
    fds: new Map([
      [0, input ?? createOpenFile('/dev/console', READ, { isApart: true, read: nothing })],
      [1, outputFile(1, onOutput)],
      [2, outputFile(2, onOutput)],
    ]),
    argv,
  };
  const options = execCost === undefined ? { programs } : { programs, execCost };
  const parse = fromCommandLine === true ? parseCommandLine : parseLab;
  return startLab(parse(text, name, sim.limits), start, options);
}

/** Lets a script read itself: its text stands where `$0` says. Not so for standard input, and for `-c`. */
export function placeScript(
  { root }: Userland,
  { name, text, fromCommandLine }: Pick<Script, 'name' | 'text' | 'fromCommandLine'>,
): void {
  if (name === '-' || fromCommandLine === true) return;
  const words = name.split('/').filter((word) => !['', '.', '..'].includes(word));
  const last = words.pop();
  let at: Directory = root;
  for (const word of words) {
    const known = at.lookup(word);
    if (known !== undefined && known.kind !== 'directory') return;
    const next: Directory = known ?? createDirectory();
    if (known === undefined) at.link(word, next);
    at = next;
  }
  if (last !== undefined && at.lookup(last) === undefined) {
    linkLater(at, last, () => createFile(text));
  }
}

const nothing = (): Task<Uint8Array> => ready(new Uint8Array(0));

function outputFile(fd: 1 | 2, onOutput: OnOutput): OpenFile {
  return createOpenFile(fd === 1 ? '/dev/stdout' : '/dev/stderr', WRITE, {
    isApart: true,
    write(_process, bytes) {
      onOutput(fd, bytes);
      return ready(bytes.length);
    },
  });
}
