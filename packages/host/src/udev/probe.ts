// probe.ts — blkid looks into a device for a file system: reads at its start and at its end. Mirrors systemd's udev-builtin-blkid.c.
import type { MappedDevice } from '@dmsim/dm';
import { prepareIoctl } from '@dmsim/dm';
import type { Process, Task } from '@dmsim/sim';
import { openPath } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';

const CHUNK = 65536;

/** Waits as long as the reads do: on a map that queues, for ever. */
export function* probe(self: Process, machine: Machine, kernel: string): Task<void> {
  const context = { process: self, root: machine.root, cwd: '/' };
  const flags = { read: true, write: false, nonblock: true };
  const file = yield* openPath(context, `/dev/${kernel}`, flags);
  if (typeof file === 'string') return;
  // What kind of drive is it? A map asks the path it uses, and chooses one for that.
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
