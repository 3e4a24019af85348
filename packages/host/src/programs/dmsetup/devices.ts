// devices.ts — Facts of a device that libdevmapper reads outside its ioctls: names in sysfs, read-ahead.
import { findDevice, readAheadOf } from '@dmsim/block';
import type { HashCell } from '@dmsim/dm';
import { strerror } from '@dmsim/sim';
import { lookupPath } from '@dmsim/vfs';

import { unmangle } from './names.ts';
import type { Run } from './run.ts';

/** The kernel's name of a disk, from /sys/dev/block/M:m. */
export function blockName({ machine }: Run, major: number, minor: number): string | undefined {
  return findDevice(machine.layer, major, minor)?.name;
}

/** The mapped device's name, or the disk's for other devices. */
export function mapName(run: Run, major: number, minor: number): string | undefined {
  const disk = blockName(run, major, minor);
  if (major !== run.dm.major || disk === undefined) return disk;
  return unmangle(run.dm.devices.get(minor)?.cell?.name ?? disk);
}

/** Without a disk in sysfs dmsetup opens the node, which fails: returns the error. */
export function readAhead(
  { tool, machine }: Run,
  { md, name }: HashCell,
): number | { error: string } {
  const disk = findDevice(machine.layer, md.dm.major, md.minor);
  if (disk !== undefined) return readAheadOf(disk);
  const path = `/dev/mapper/${name}`;
  const node = lookupPath(path, { root: tool.context.root, cwd: '/' });
  const errno = typeof node === 'string' ? node : 'ENXIO';
  return { error: `${path}: open failed: ${strerror(errno)}` };
}
