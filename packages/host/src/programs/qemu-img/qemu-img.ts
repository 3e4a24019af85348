// qemu-img.ts — qemu-img: images of VMs, made and looked at.
import { complain, Failure, fail, refuse, tool } from '@dmsim/coreutils';
import type { HostFiles } from '@dmsim/qemu';
import { refuseOverwriting } from '@dmsim/qemu';
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { MemoryFile, Program } from '@dmsim/vfs';
import { createFile, lookupPath, resolvePath } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import { blockDevicesOf, filesOf } from '../qemu/tree-files.ts';
import { amend } from './amend.ts';
import { bench } from './bench.ts';
import { bitmap } from './bitmap.ts';
import { commit, rebase } from './chain.ts';
import { check } from './check.ts';
import { compare } from './compare.ts';
import { convert } from './convert.ts';
import { create } from './create.ts';
import { dd } from './dd.ts';
import { unlockAll } from './image-locks.ts';
import { TRY } from './img-options.ts';
import type { ImgTool } from './img-tool.ts';
import { startRun } from './img-tool.ts';
import { info, map } from './info.ts';
import { measure } from './measure.ts';
import { resize } from './resize.ts';
import { SECTOR } from './sizes.ts';
import { snapshot } from './snapshot.ts';

const HELP = `Usage: qemu-img COMMAND [OPTION]... [FILE]...
Makes raw and qcow2 images of regular files, and looks at them: create, info, map, check, compare, resize, commit,
rebase, convert, dd, measure, bitmap, amend, snapshot, bench.
`;

const VERSION = `qemu-img version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)
Copyright (c) 2003-2022 Fabrice Bellard and the QEMU Project developers
`;

const ABOUT: Readonly<Record<string, string>> = {
  '--help': HELP,
  '-h': HELP,
  '--version': VERSION,
  '-V': VERSION,
};

type Command = (t: ImgTool, files: HostFiles, args: readonly string[]) => number;

const COMMANDS: Readonly<Record<string, Command>> = {
  amend,
  bench,
  bitmap,
  check,
  commit,
  compare,
  info,
  map,
  measure,
  rebase,
  resize,
  snapshot,
};
/** These make a file. */
const MAKING: Readonly<Record<string, typeof create>> = { convert, create, dd };

const FIRST_BLOCK = 4096;

function fileOf(content: Uint8Array | number): MemoryFile {
  if (typeof content !== 'number') return createFile(content);
  const file = createFile();
  file.truncate(content);
  // The first block is written, so that the alignment of the file system can be probed.
  if (content > 0) file.writeAt(0, new Uint8Array(content < FIRST_BLOCK ? SECTOR : FIRST_BLOCK));
  return file;
}

export const qemuImgProgram = (machine: Machine): Program =>
  tool((t) => main(startRun(t), machine));

function* main(t: ImgTool, machine: Machine): Task<number> {
  try {
    const status = yield* qemuImg(t, machine);
    yield* complain(t, t.notes.join(''));
    return status;
  } catch (error) {
    if (error instanceof Failure) yield* complain(t, t.notes.join(''));
    throw error;
  } finally {
    unlockAll(t);
  }
}

function* qemuImg(t: ImgTool, machine: Machine): Task<number> {
  const [name, ...args] = t.args;
  if (name === undefined)
    fail(t, "Not enough arguments\nTry 'qemu-img --help' for more information");
  const about = ABOUT[name];
  if (about !== undefined) {
    t.out.put(about);
    return 0;
  }
  if (/^(?:-T|--trace)/.test(name)) refuse(t, name);
  if (name.startsWith('-')) fail(t, `unrecognized option '${name}'${TRY}`);
  const { cwd } = t.context;
  const isDevice = blockDevicesOf(machine, cwd);
  const device = args.find((arg) => arg.startsWith('/dev/') && isDevice(arg) !== undefined);
  if (device !== undefined) refuse(t, `qemu-img of a block device (${device})`);
  const files = filesOf(machine, cwd);
  const making = MAKING[name];
  if (making !== undefined) {
    return making(t, files, args, (path, content, failing) => {
      const old = files.get(path);
      const locked = old === undefined ? null : refuseOverwriting(old);
      if (locked !== null) fail(t, `${failing}: ${locked}`);
      const at = resolvePath(path, t.context);
      const there = lookupPath(path, t.context);
      const isFolder = typeof there !== 'string' && there.kind === 'directory';
      const made = (): Errno | undefined =>
        typeof at === 'string' ? at : at.parent.link(at.name, fileOf(content));
      const errno = isFolder ? 'EISDIR' : made();
      if (errno !== undefined)
        fail(t, `${failing}: Could not create '${path}': ${strerror(errno)}`);
    });
  }
  const command = COMMANDS[name];
  if (command !== undefined) return command(t, files, args);
  return fail(t, `Command not found: ${name}\nTry 'qemu-img --help' for more information`);
}
