// proc.ts — /proc, as far as scripts about storage use it.
import { disksAndPartitions, formatDiskStats } from '@dmsim/block';
import type { Directory, RegularFile, Vnode } from '@dmsim/vfs';
import { attributeFile } from '@dmsim/vfs';

import { exactSectors } from '../exact-sectors.ts';
import { mountLines } from '../mounts.ts';
import { unsimulatedDirectory, unsimulatedFile } from '../unsimulated.ts';
import type { Userland } from '../userland.ts';
import { fixedDirectory, kernelDirectory } from './kernel-directory.ts';
import { listModules } from './loaded-modules.ts';
import { countReferences } from './module-references.ts';
import { memoryInfo } from './proc-meminfo.ts';
import { isListed, processDirectory, selfLink } from './proc-pid.ts';
import { settingsDirectory } from './proc-sys.ts';

const CMDLINE = 'console=ttyS0 quiet panic=-1\n';

const procFile = (show: () => string, size = 0): (() => RegularFile) => {
  const file = attributeFile({ show, size });
  return () => file;
};

/** Formats seconds with two decimals, which are cut off and not rounded (uptime_proc_show). */
function uptime(ns: number): string {
  const hundredths = Math.floor(ns / 1e7);
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
}

export function procDirectory(machine: Userland): Directory {
  const { sim } = machine;
  const files = fixedDirectory({
    partitions: procFile(() => partitions(machine)),
    devices: procFile(() => devices(machine)),
    diskstats: procFile(() => diskStats(machine)),
    filesystems: procFile(() => FILE_SYSTEMS),
    loadavg: procFile(() => `0.00 0.00 0.00 1/${sim.processes.size} ${sim.nextPid - 1}\n`),
    meminfo: procFile(() => memoryInfo(machine)),
    misc: procFile(() => MISC),
    modules: procFile(() => modules(machine)),
    swaps: procFile(() => 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n'),
    uptime: procFile(() => `${uptime(sim.now)} 0.00\n`),
    mounts: procFile(() => mountLines(machine)),
    version: procFile(() => VERSION),
    // Its length is known, unlike that of other files here (fs/proc/cmdline.c).
    cmdline: procFile(() => CMDLINE, CMDLINE.length),
    sys: () => settingsDirectory(machine),
  });
  const lookup = (name: string): Vnode | undefined => {
    if (name === 'self') return selfLink(sim);
    const process = /^\d+$/.test(name) ? sim.processes.get(Number(name)) : undefined;
    if (process !== undefined) return processDirectory(process, () => mountLines(machine));
    const path = `/proc/${name}`;
    // init can be seen by who knows its number.
    if (DIRECTORIES.has(name) || name === '1') return unsimulatedDirectory(path);
    return files.lookup(name) ?? (FILES.has(name) ? unsimulatedFile(path) : undefined);
  };
  const entries = (): string[] => [
    ...[...sim.processes.values()].filter(isListed).map(({ pid }) => String(pid)),
    'self',
    ...DIRECTORIES,
    ...new Set([...files.entries(), ...FILES]),
  ];
  return { ...kernelDirectory(entries, lookup), link: () => 'ENOENT' };
}

const DIRECTORIES: ReadonlySet<string> = new Set(
  'acpi bus driver dynamic_debug fs irq net pressure sysvipc thread-self tty'.split(' '),
);
const FILES: ReadonlySet<string> = new Set(
  (
    'buddyinfo cgroups consoles cpuinfo crypto dma execdomains fb interrupts iomem ioports kallsyms kcore key-users keys ' +
    'kmsg kpagecgroup kpagecount kpageflags locks mtrr pagetypeinfo schedstat slabinfo softirqs stat sysrq-trigger ' +
    'timer_list vmallocinfo vmstat zoneinfo'
  ).split(' '),
);

const VERSION =
  'Linux version 6.12.117+deb12-amd64 (debian-kernel@lists.debian.org) (x86_64-linux-gnu-gcc-12 (Debian 12.2.0-14+deb12u1) ' +
  '12.2.0, GNU ld (GNU Binutils for Debian) 2.40) #1 SMP PREEMPT_DYNAMIC Debian 6.12.117-1~deb12u1 (2026-11-14)\n';

const FILE_SYSTEMS = (
  'sysfs tmpfs proc cgroup cgroup2 devtmpfs debugfs tracefs securityfs sockfs bpf pipefs ramfs hugetlbfs devpts fuseblk ' +
  'fuse fusectl virtiofs mqueue pstore configfs'
)
  .split(' ')
  .map((name) => `${name === 'fuseblk' ? '' : 'nodev'}\t${name}\n`)
  .join('');

const MISC = [
  [237, 'loop-control'],
  [236, 'device-mapper'],
  [259, 'cpu_dma_latency'],
  [1, 'psaux'],
  [258, 'udmabuf'],
  [228, 'hpet'],
  [229, 'fuse'],
  [257, 'userfaultfd'],
  [231, 'snapshot'],
  [183, 'hw_random'],
  [256, 'vga_arbiter'],
]
  .map(([minor, name]) => `${String(minor).padStart(3)} ${name}\n`)
  .join('');

/** A line for each disk: its numbers, its name, and what /sys/block/X/stat says, one blank between (diskstats_show). */
const diskStats = ({ layer, sim }: Userland): string =>
  [...disksAndPartitions(layer)]
    .map(({ major, minor, name, shownStats }) => {
      const numbers = formatDiskStats(shownStats, sim.now).trim().split(/\s+/).join(' ');
      return `${String(major).padStart(4)} ${String(minor).padStart(7)} ${name} ${numbers}\n`;
    })
    .join('');

function modules(machine: Userland): string {
  const references = countReferences(machine);
  return listModules(machine.modules.keys())
    .map(({ name, size, users }) => {
      const list = users.length === 0 ? '-' : users.map((user) => `${user},`).join('');
      const uses = users.length + (references.get(name) ?? 0);
      return `${name} ${size} ${uses} ${list} Live 0x0000000000000000\n`;
    })
    .join('');
}

/** Leaves out disks of size zero, and those without a name yet. */
function partitions({ layer }: Userland): string {
  const rows = [...disksAndPartitions(layer)]
    .filter((dev) => dev.capacity > 0)
    .map((dev) => {
      const [major, minor, blocks] = [
        dev.major,
        dev.minor,
        Math.floor(exactSectors(dev.capacity) / 2),
      ];
      return `${String(major).padStart(4)}  ${String(minor).padStart(7)} ${String(blocks).padStart(10)} ${dev.name}\n`;
    });
  return `major minor  #blocks  name\n\n${rows.join('')}`;
}

/** The drivers of a kernel with the modules that labs use; brd and sd register when they are loaded. */
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
  [153, 'spi'],
  [246, 'bsg'],
  [247, 'ptp'],
  [248, 'pps'],
  [249, 'rtc'],
  [250, 'cxl'],
  [251, 'dma_heap'],
  [252, 'dax'],
  [253, 'tpm'],
  [254, 'gpiochip'],
] as const;

const row = ([major, name]: readonly [number, string]): string =>
  `${String(major).padStart(3)} ${name}\n`;

function devices(machine: Userland): string {
  const block = new Map<number, string>([
    [7, 'loop'],
    [253, 'virtblk'],
    [259, 'blkext'],
  ]);
  if (machine.dm !== null) block.set(machine.dm.major, 'device-mapper');
  if (machine.modules.has('null_blk')) block.set(252, 'nullb');
  if (machine.modules.has('brd')) block.set(1, 'ramdisk');
  for (const major of [8, 65, 66, 67, 68, 69, 70, 71, 128, 129, 130, 131, 132, 133, 134, 135])
    block.set(major, 'sd');
  const rows = [...block]
    .toSorted(([a], [b]) => a - b)
    .map(row)
    .join('');
  return `Character devices:\n${CHARACTER.map(row).join('')}\nBlock devices:\n${rows}`;
}
