// loop-of-file.ts — The loop device that stands for a file in a call of kpartx. As kpartx/lopart.c of multipath-tools does it.
import { clearLoop, configureLoop, freeLoop } from '@dmsim/block';
import type { Loop } from '@dmsim/block';
import type { Tool } from '@dmsim/coreutils';
import { Failure } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import type { MemoryFile } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import { triggerUevent } from '../../udev/trigger.ts';
import { backingName } from '../util-linux/backing-name.ts';
import { mediumOf } from '../util-linux/loop-backing.ts';

/** The name of a file that the old LOOP_GET_STATUS has room for. */
const NAME_LENGTH = 63;

/** find_loop_by_file. It opens the devices by links of udev, and finds none without udevd. */
export function findLoop({ loops, udev }: Machine, path: string): Loop | undefined {
  if (!udev.running) return undefined;
  const isOf = ({ setup }: Loop): boolean => setup?.nameOf().slice(0, NAME_LENGTH) === path;
  return [...loops.loops.values()].find(isOf);
}

interface File {
  readonly node: MemoryFile;
  readonly path: string;
  readonly readOnly: boolean;
}

/** set_loop: puts the file behind the first free device. */
export function* setLoop(
  { process }: Tool,
  machine: Machine,
  { node, path, readOnly }: File,
): Task<Loop> {
  const loop = freeLoop(machine.loops);
  const file = yield* node.open(process, path, { read: true, write: !readOnly });
  if (typeof file === 'string') throw new Failure("can't set up loop\n", 1);
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
  triggerUevent(machine, loop.disk.name, 'change');
  return loop;
}

/** del_loop. It goes when the last opener leaves it. */
export function deleteLoop(machine: Machine, loop: Loop): void {
  clearLoop(loop);
  triggerUevent(machine, loop.disk.name, 'change');
}
