// probe.ts — Probes a device for a file system, as blkid does: with reads at its start and at its end. Mirrors systemd's udev-builtin-blkid.c.
import type { MappedDevice } from '@dmsim/dm';
import { prepareIoctl } from '@dmsim/dm';
import type { Process, Task } from '@dmsim/sim';
import { openPath } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';

const CHUNK = 65536;

/** Waits until the reads end. On a map that queues this may take for ever. */
export function* probe(self: Process, machine: Machine, kernel: string): Task<void> {
  const context = { process: self, root: machine.root, cwd: '/' };
  const flags = { read: true, write: false, nonblock: true };
  const file = yield* openPath(context, `/dev/${kernel}`, flags);
  if (typeof file === 'string') return;
  // blkid asks what kind of drive it is. A map passes this on to the path in use, and chooses one for it.
  const md = mapOf(machine, kernel);
  if (md !== undefined) yield* prepareIoctl(md);
  const size = file.seek(0, 'end');
  if (typeof size === 'number') {
    for (const offset of [0, Math.max(size - CHUNK, 0)]) {
      file.seek(offset, 'set');
      yield* file.read(self, CHUNK);
    }
  }
  file.release(self);
}

const mapOf = ({ dm }: Machine, kernel: string): MappedDevice | undefined =>
  kernel.startsWith('dm-') ? dm.devices.get(Number(kernel.slice('dm-'.length))) : undefined;
