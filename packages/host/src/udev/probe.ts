// probe.ts — Probes a device for a file system or a partition table, with the reads that libblkid makes. Mirrors systemd's udev-builtin-blkid.c.
import type { MappedDevice } from '@dmsim/dm';
import { prepareIoctl } from '@dmsim/dm';
import type { Process, Task } from '@dmsim/sim';
import { openPath } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import { probeReads } from '../programs/util-linux/signature-probe.ts';

/** Waits until `most` reads have ended, or the first of them fails. On a map that queues this may take for ever. */
export function* probe(
  self: Process,
  machine: Machine,
  kernel: string,
  most: number = Infinity,
): Task<void> {
  const context = { process: self, root: machine.root, cwd: '/' };
  const flags = { read: true, write: false, nonblock: true };
  const file = yield* openPath(context, `/dev/${kernel}`, flags);
  if (typeof file === 'string') return;
  file.advise('random');
  // blkid asks what kind of drive it is. A map passes this on to the path in use, and chooses one for it.
  const md = mapOf(machine, kernel);
  if (md !== undefined) yield* prepareIoctl(md);
  const size = file.seek(0, 'end');
  const isPartition = machine.layer.byName.get(kernel)?.partition != null;
  const reads = typeof size === 'number' ? probeReads(size, isPartition) : [];
  for (const { offset, length } of reads.slice(0, most)) {
    file.seek(offset, 'set');
    const bytes = yield* file.read(self, length);
    if (typeof bytes === 'string') break;
  }
  file.release(self);
}

const mapOf = ({ dm }: Machine, kernel: string): MappedDevice | undefined =>
  kernel.startsWith('dm-') ? dm.devices.get(Number(kernel.slice('dm-'.length))) : undefined;
