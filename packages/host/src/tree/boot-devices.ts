// boot-devices.ts — The character devices of every PC: random numbers, the kernel's log, terminals. Mirrors drivers/char/random.c, drivers/char/mem.c: devlist; kernel/printk/printk.c: devkmsg_write.
import { decodeUtf8 } from '@dmsim/libc';
import type { Errno, Sim, Task } from '@dmsim/sim';
import { createPrng, printk, streamSeed } from '@dmsim/sim';
import type { DeviceNode, Directory, FileOperations, Vnode } from '@dmsim/vfs';
import { characterDevice, createDirectory, ready } from '@dmsim/vfs';

import { refusePath, unsimulatedDevice } from '../unsimulated.ts';

const ROOT_ONLY: Readonly<Record<string, readonly [major: number, minor: number]>> = {
  console: [5, 1],
  cpu_dma_latency: [10, 259],
  fuse: [10, 229],
  hpet: [10, 228],
  hwrng: [10, 183],
  'loop-control': [10, 237],
  mem: [1, 1],
  port: [1, 4],
  psaux: [10, 1],
  rtc0: [249, 0],
  snapshot: [10, 231],
  udmabuf: [10, 258],
  userfaultfd: [10, 257],
  vcs: [7, 0],
  vcs1: [7, 1],
  vcsa: [7, 128],
  vcsa1: [7, 129],
  vcsu: [7, 64],
  vcsu1: [7, 65],
  vga_arbiter: [10, 256],
};

const NR_CONSOLES = 64;
const NR_SERIAL = 4;

type Make = (sim: Sim) => Vnode;

const consoles = Array.from({ length: NR_CONSOLES }, (_, i) => node(`tty${i}`, 4, i));
const serialLines = Array.from({ length: NR_SERIAL }, (_, i) => node(`ttyS${i}`, 4, 64 + i));

/** The makers of all nodes on a machine that has just booted, by name. */
export const BOOT_DEVICES: ReadonlyMap<string, Make> = new Map<string, Make>([
  ['random', (sim) => randomDevice(sim, 8)],
  ['urandom', (sim) => randomDevice(sim, 9)],
  ['kmsg', logDevice],
  // No process has a controlling terminal, and no devpts is mounted.
  ['tty', () => deviceWithout('ENXIO', 5, 0)],
  ['ptmx', () => deviceWithout('ENOENT', 5, 2)],
  ['dma_heap', () => folder('/dev/dma_heap', 'system', [251, 0])],
  ['input', () => folder('/dev/input', 'mice', [13, 63])],
  ...Object.entries(ROOT_ONLY).map(([name, [major, minor]]) => node(name, major, minor)),
  ...consoles,
  ...serialLines,
]);

function node(name: string, major: number, minor: number): [name: string, make: Make] {
  return [name, () => unsimulatedDevice(`/dev/${name}`, major, minor)];
}

const folder = (path: string, name: string, [major, minor]: readonly [number, number]): Directory =>
  createDirectory({ [name]: unsimulatedDevice(`${path}/${name}`, major, minor) });

const deviceWithout = (error: Errno, major: number, minor: number): DeviceNode => ({
  kind: 'character',
  mode: 0o666,
  major,
  minor,
  open: () => ready(error),
});

/** Bytes from a stream of the machine's seed. Writes do not stir it, so that a run can be repeated. */
function randomDevice({ seed }: Sim, minor: number): DeviceNode {
  const rng = createPrng(streamSeed(seed, `random bytes ${minor}`));
  return characterDevice(1, minor, () => ({
    read(_process, max) {
      const bytes = new Uint8Array(max);
      for (let i = 0; i < max; i += 4) {
        const word = rng.next();
        for (let k = 0; k < 4 && i + k < max; k++) bytes[i + k] = word >>> (8 * k);
      }
      return ready(bytes);
    },
    write: (_process, bytes) => ready(bytes.length),
    seek: () => 0,
  }));
}

/** PRINTKRB_RECORD_MAX */
const LONGEST_RECORD = 1024;
/** How many records one open file may write in five seconds; the kernel drops more (devkmsg_log, ratelimit). */
const BURST = 10;

/** Each write is a record. `<N>` before it is its level and facility, which this log does not keep. */
function logDevice(sim: Sim): DeviceNode {
  const operations = (): FileOperations => {
    let records = 0;
    return {
      read: () => refusePath('/dev/kmsg'),
      write(_process, bytes): Task<number | Errno> {
        if (bytes.length > LONGEST_RECORD) return ready('EINVAL');
        if (++records > BURST) refusePath('/dev/kmsg');
        printk(
          sim,
          decodeUtf8(bytes)
            .replace(/^<\d*>/, '')
            .replace(/\n$/, ''),
        );
        return ready(bytes.length);
      },
      seek: () => 0,
    };
  };
  return { ...characterDevice(1, 11, operations), mode: 0o644 };
}
