// sysfs-place.ts — Finds the SCSI device of a disk in sysfs, and remembers it: the way there leads through two long links.
import type { Directory } from '@dmsim/vfs';
import { resolvePath } from '@dmsim/vfs';

import type { MultipathHost } from '../host.ts';

/** `node` holds the attributes as long as it is still found at the same place. A disk and its device are removed in one step. */
export interface SysfsPlace {
  readonly parent: Directory;
  readonly name: string;
  readonly node: Directory;
}

/** Returns null if the disk has no SCSI device, or is gone. */
export function findPlace({ root }: MultipathHost, dev: string): SysfsPlace | null {
  const found = resolvePath(`/sys/block/${dev}/device`, { root, cwd: '/' });
  if (typeof found === 'string' || found.node?.kind !== 'directory') return null;
  const { parent, name, node } = found;
  return { parent, name, node };
}

export const isStillThere = ({ parent, name, node }: SysfsPlace): boolean =>
  parent.lookup(name) === node;
