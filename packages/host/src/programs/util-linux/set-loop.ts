// set-loop.ts — Puts a whole file behind the first free loop device, as mount and kpartx do.
import type { Loop } from '@dmsim/block';
import { configureLoop, freeLoop } from '@dmsim/block';
import type { Errno, Process, Task } from '@dmsim/sim';
import type { MemoryFile } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import { changeUevent } from '../../udev/disk-uevents.ts';
import { backingName } from './backing-name.ts';
import { mediumOf } from './loop-backing.ts';

export interface WholeFile {
  readonly node: MemoryFile;
  readonly path: string;
  readonly readOnly: boolean;
}

/** Returns the device, or why the file can't be opened. */
export function* setLoop(
  machine: Machine,
  process: Process,
  { node, path, readOnly }: WholeFile,
): Task<Loop | Errno> {
  const loop = freeLoop(machine.loops);
  const file = yield* node.open(process, path, { read: true, write: !readOnly });
  if (typeof file === 'string') return file;
  configureLoop(loop, {
    file: mediumOf(machine, node, file),
    nameOf: backingName(machine, node, path),
    offset: 0,
    sizeLimit: 0,
    blockSize: 512,
    readOnly,
    partScan: false,
    release: () => file.release(process),
  });
  changeUevent(machine, loop.disk);
  return loop;
}
