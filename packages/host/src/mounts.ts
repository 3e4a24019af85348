// mounts.ts — What is mounted where: the machine's own file systems, and those that a lab mounts. Mirrors fs/proc_namespace.c: show_vfsmnt.
import type { Directory, MemoryDirectory } from '@dmsim/vfs';

import type { Space } from './ext4/space.ts';
import type { Userland } from './userland.ts';

export interface Mount {
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly options: string;
  /** Set if they may change while it is mounted. */
  readonly optionsNow?: () => string;
  /** The directory that a lab mounted over; it is back after umount. */
  readonly covered?: Directory;
  /** The root of a tmpfs, whose pages are counted. */
  readonly root?: MemoryDirectory;
  /** The answer of statfs(2) for an ext4; null if it is not known. */
  readonly space?: () => Space | null;
}

/** The sizes of the file systems of the boot, in KiB, and what the image of the recorded machine takes of its root. */
const ROOT_KIB = 481_108;
const IMAGE_KIB = 49_256;
const RUN_KIB = 494_380;

export const BOOT_MOUNTS: readonly Mount[] = [
  {
    source: 'rootfs',
    target: '/',
    type: 'rootfs',
    options: `rw,size=${ROOT_KIB}k,nr_inodes=120277,inode64`,
  },
  { source: 'proc', target: '/proc', type: 'proc', options: 'rw,relatime' },
  { source: 'sys', target: '/sys', type: 'sysfs', options: 'rw,relatime' },
  {
    source: 'dev',
    target: '/dev',
    type: 'devtmpfs',
    options: `rw,relatime,size=${ROOT_KIB}k,nr_inodes=120277,mode=755,inode64`,
  },
  { source: 'run', target: '/run', type: 'tmpfs', options: 'rw,relatime,inode64' },
];

/** In the order in which they were mounted. */
export const mountsOf = ({ mounts }: Userland): readonly Mount[] => [
  ...BOOT_MOUNTS,
  ...[...mounts.values()].map(asItIs),
];

const asItIs = (mount: Mount): Mount =>
  mount.optionsNow === undefined ? mount : { ...mount, options: mount.optionsNow() };

/** The lines of /proc/mounts. */
export const mountLines = (machine: Userland): string =>
  mountsOf(machine)
    .map(({ source, target, type, options }) => `${source} ${target} ${type} ${options} 0 0\n`)
    .join('');

/** The file system that holds the file with this absolute path. */
export function mountOf(machine: Userland, path: string): Mount {
  const holds = ({ target }: Mount): boolean =>
    target === '/' || path === target || path.startsWith(`${target}/`);
  return mountsOf(machine)
    .filter(holds)
    .reduce((best, mount) => (mount.target.length >= best.target.length ? mount : best));
}

export interface Usage {
  /** In KiB. */
  readonly total: number;
  readonly used: number;
  /** @defaultValue what is not used */
  readonly available?: number;
}

/** The answer of statfs(2) about the file system; nothing for those of the kernel. */
export function usageOf({ root }: Userland, { target, root: own, space }: Mount): Usage {
  const blocks = space?.();
  if (blocks !== undefined && blocks !== null) return usageOfBlocks(blocks);
  const pages = own?.space;
  if (pages !== undefined) return { total: pages.pages * 4, used: pages.used * 4 };
  if (target === '/dev') return { total: ROOT_KIB, used: 0 };
  if (target === '/run') return { total: RUN_KIB, used: 0 };
  if (target !== '/') return { total: 0, used: 0 };
  const used = 'space' in root ? ((root as MemoryDirectory).space?.used ?? 0) : 0;
  return { total: ROOT_KIB, used: IMAGE_KIB + used * 4 };
}

function usageOfBlocks({ blockSize, blocks, free, available }: Space): Usage {
  const kib = blockSize / 1024;
  return { total: blocks * kib, used: (blocks - free) * kib, available: available * kib };
}
