// proc.ts — /proc, as far as scripts about storage read it.
import type { Directory, RegularFile } from '@dmsim/vfs';
import { attributeFile } from '@dmsim/vfs';

import type { Userland } from '../userland.ts';
import { fixedDirectory } from './kernel-directory.ts';

const procFile = (show: () => string): (() => RegularFile) => {
  const file = attributeFile({ show, size: 0 });
  return () => file;
};

export function procDirectory(machine: Userland): Directory {
  const { sim } = machine;
  return fixedDirectory({
    partitions: procFile(() => partitions(machine)),
    devices: procFile(() => devices(machine)),
    uptime: procFile(() => `${(sim.now / 1e9).toFixed(2)} 0.00\n`),
    mounts: procFile(() => MOUNTS),
    version: procFile(() => 'Linux version 6.12.117+deb12-amd64\n'),
    cmdline: procFile(() => 'console=ttyS0 quiet panic=-1\n'),
    sys: () =>
      fixedDirectory({ kernel: () => fixedDirectory({ printk: procFile(() => '1\t4\t1\t7\n') }) }),
  });
}

const MOUNTS = `proc /proc proc rw,relatime 0 0
sys /sys sysfs rw,relatime 0 0
dev /dev devtmpfs rw,relatime 0 0
run /run tmpfs rw,relatime 0 0
`;

/** Disks of size zero are left out, as are those without a name yet. */
function partitions({ layer }: Userland): string {
  const rows = [...layer.devices.values()]
    .filter((dev) => dev.capacity > 0)
    .map((dev) => {
      const [major, minor, blocks] = [dev.major, dev.minor, Math.floor(dev.capacity / 2)];
      return `${String(major).padStart(4)}  ${String(minor).padStart(7)} ${String(blocks).padStart(10)} ${dev.name}\n`;
    });
  return rows.length === 0 ? '' : `major minor  #blocks  name\n\n${rows.join('')}`;
}

/** Those of a kernel with the modules that labs use; brd and sd register when they are loaded. */
const CHARACTER = [
  [1, 'mem'],
  [4, '/dev/vc/0'],
  [4, 'tty'],
  [4, 'ttyS'],
  [5, '/dev/tty'],
  [5, '/dev/console'],
  [5, '/dev/ptmx'],
  [7, 'vcs'],
  [10, 'misc'],
  [13, 'input'],
  [21, 'sg'],
  [29, 'fb'],
  [128, 'ptm'],
  [136, 'pts'],
] as const;

const row = ([major, name]: readonly [number, string]): string =>
  `${String(major).padStart(3)} ${name}\n`;

function devices(machine: Userland): string {
  const block = new Map<number, string>([[259, 'blkext']]);
  if (machine.dm !== null) block.set(machine.dm.major, 'device-mapper');
  if (machine.modules.has('brd')) block.set(1, 'ramdisk');
  for (const major of [8, 65, 66, 67, 68, 69, 70, 71, 128, 129, 130, 131, 132, 133, 134, 135])
    block.set(major, 'sd');
  const rows = [...block]
    .toSorted(([a], [b]) => a - b)
    .map(row)
    .join('');
  return `Character devices:\n${CHARACTER.map(row).join('')}\nBlock devices:\n${rows}`;
}
