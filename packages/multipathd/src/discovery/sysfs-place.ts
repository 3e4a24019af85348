// sysfs-place.ts — Where the SCSI device of a disk stands in sysfs: remembered, since the way there leads over two long links.
import type { Directory } from '@dmsim/vfs';
import { resolvePath } from '@dmsim/vfs';

import type { MultipathHost } from '../host.ts';

/** The attributes are in `node`, as long as it is still found where it was. A disk goes in one step with its device. */
export interface SysfsPlace {
  readonly parent: Directory;
  readonly name: string;
  readonly node: Directory;
}

/** Null where the disk has no SCSI device, or is gone. */
export function findPlace({ root }: MultipathHost, dev: string): SysfsPlace | null {
  const found = resolvePath(`/sys/block/${dev}/device`, { root, cwd: '/' });
  if (typeof found === 'string' || found.node?.kind !== 'directory') return null;
  const { parent, name, node } = found;
  return { parent, name, node };
}

export const isStillThere = ({ parent, name, node }: SysfsPlace): boolean =>
  parent.lookup(name) === node;
