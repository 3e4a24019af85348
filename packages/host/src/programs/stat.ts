// stat.ts — stat(1) of coreutils on a machine, whose file systems `-f` tells of. Mirrors fs/statfs.c.
import type { FileSystemFacts } from '@dmsim/coreutils';
import { statProgram } from '@dmsim/coreutils';
import { createPrng, streamSeed } from '@dmsim/sim';
import type { Directory, Program, Vnode } from '@dmsim/vfs';

import type { Mount } from '../mounts.ts';
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
  const inodes = space ?? inodesOf(mount, total);
  return {
    type,
    magic,
    id: idOf(machine, mount.target),
    blockSize,
    blocks: blocksOf(total),
    free: blocksOf(total - used),
    available: blocksOf(available),
    inodes: inodes.inodes,
    freeInodes: inodes.freeInodes,
  };
}

/** The most inodes of a tmpfs follow from the machine's memory; those that it boots from, and /dev, are given their own. */
const TMPFS_INODES = 123_595;
const BOOT_INODES = 120_277;

/** `freeInodes` is undefined for a tmpfs of the boot, whose use is not known. */
function inodesOf(
  { root, target }: Mount,
  total: number,
): { readonly inodes: number; readonly freeInodes: number | undefined } {
  if (root !== undefined)
    return { inodes: TMPFS_INODES, freeInodes: TMPFS_INODES - nodesIn(root).size };
  if (total === 0) return { inodes: 0, freeInodes: 0 };
  const inodes = target === '/run' ? TMPFS_INODES : BOOT_INODES;
  return { inodes, freeInodes: undefined };
}

/** The directory and all below it; a file with several names is one. */
function nodesIn(directory: Directory, found: Set<Vnode> = new Set([directory])): Set<Vnode> {
  for (const name of directory.entries()) {
    const node = directory.lookup(name);
    if (node === undefined || found.has(node)) continue;
    found.add(node);
    if (node.kind === 'directory') nodesIn(node, found);
  }
  return found;
}

/** Linux draws it, or takes it from the UUID of the file system. */
function idOf({ sim }: Userland, target: string): string {
  const prng = createPrng(streamSeed(sim.seed, `file system at ${target}`));
  return [prng.next(), prng.next()]
    .map((word) => (word >>> 0).toString(16).padStart(8, '0'))
    .join('');
}
