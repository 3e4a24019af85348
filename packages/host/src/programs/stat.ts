// stat.ts — stat(1) of coreutils on a machine, whose file systems `-f` tells of. Mirrors fs/statfs.c.
import type { FileSystemFacts } from '@dmsim/coreutils';
import { statProgram } from '@dmsim/coreutils';
import type { Program } from '@dmsim/vfs';

import { mountOf, usageOf } from '../mounts.ts';
import type { Userland } from '../userland.ts';

export const stat = (machine: Userland): Program => statProgram((path) => factsOf(machine, path));

/** The name and the number that stat(1) knows a file system by, by the type of the mount. */
const TYPES: Readonly<Record<string, readonly [name: string, magic: number]>> = {
  configfs: ['configfs', 0x62656570],
  debugfs: ['debugfs', 0x64626720],
  ext4: ['ext2/ext3', 0xef53],
  proc: ['proc', 0x9fa0],
  sysfs: ['sysfs', 0x62656572],
};
const IN_MEMORY = ['tmpfs', 0x01021994] as const;

function factsOf(machine: Userland, path: string): FileSystemFacts {
  const mount = mountOf(machine, path);
  const [type, magic] = TYPES[mount.type] ?? IN_MEMORY;
  const space = mount.space?.() ?? null;
  const blockSize = space?.blockSize ?? 4096;
  const { total, used, available = total - used } = usageOf(machine, mount);
  const blocksOf = (kib: number): number => (kib * 1024) / blockSize;
  const hasNone = total === 0 ? 0 : undefined;
  return {
    type,
    magic,
    id: idOf(machine, mount.target),
    blockSize,
    blocks: blocksOf(total),
    free: blocksOf(total - used),
    available: blocksOf(available),
    inodes: space?.inodes ?? hasNone,
    freeInodes: space?.freeInodes ?? hasNone,
  };
}

/** Linux draws it, or takes it from the UUID of the file system. */
function idOf({ sim }: Userland, target: string): string {
  let hash = sim.seed >>> 0;
  for (const char of target) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) >>> 0;
  return hash.toString(16);
}
