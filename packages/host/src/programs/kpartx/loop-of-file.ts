// loop-of-file.ts — The loop device that stands for a file in a call of kpartx. As kpartx/lopart.c of multipath-tools does it.
import { clearLoop } from '@dmsim/block';
import type { Loop } from '@dmsim/block';

import type { Machine } from '../../machine.ts';
import { changeUevent } from '../../udev/disk-uevents.ts';

/** The name of a file that the old LOOP_GET_STATUS has room for. */
const NAME_LENGTH = 63;

/** find_loop_by_file. It opens the devices by links of udev, and finds none without udevd. */
export function findLoop({ loops, udev }: Machine, path: string): Loop | undefined {
  if (!udev.running) return undefined;
  const isOf = ({ setup }: Loop): boolean => setup?.nameOf().slice(0, NAME_LENGTH) === path;
  return [...loops.loops.values()].find(isOf);
}

/** del_loop. It goes when the last opener leaves it. */
export function deleteLoop(machine: Machine, loop: Loop): void {
  clearLoop(loop);
  changeUevent(machine, loop.disk);
}
