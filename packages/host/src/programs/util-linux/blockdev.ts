// blockdev.ts — blockdev(8) of util-linux 2.38: shows and sets values of disks in the kernel.
//
// Its commands look like long options, but util-linux reads them without getopt, and so does this: `--getra` can't be shortened, a
// value is the next word, commands run in order for each device, and everything from the first other word on is a device.
import { invalidate, pageCacheOf, setBlockSize, writeAndWait } from '@dmsim/bdev';
import type { BlockDevice } from '@dmsim/block';
import {
  closeDevice,
  disksAndPartitions,
  findDevice,
  openDevice,
  readAheadOf,
  setReadAhead,
  setReadOnly,
  shownAlignment,
} from '@dmsim/block';
import { openPath, complain, err, failUsage, tool } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import { textOf } from '@dmsim/libc';
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program, Vnode } from '@dmsim/vfs';
import { lookupPath, ready } from '@dmsim/vfs';

import { exactSectors } from '../../exact-sectors.ts';
import type { Userland } from '../../userland.ts';
import { USAGE } from './blockdev-usage.ts';
import { rereadPartitions } from './reread-partitions.ts';

export function blockdevProgram(machine: Userland): Program {
  return tool((t) => main(t, machine));
}

interface Command {
  /** The kernel's name of the ioctl, for errors. */
  readonly ioctl: string;
  /** The description in `blockdev --help`, for -v. */
  readonly what: string;
  readonly get?: (dev: BlockDevice, machine: Userland) => number;
  readonly act?: (machine: Userland, dev: BlockDevice) => Task<Errno | undefined>;
}

function protect(readOnly: boolean): NonNullable<Command['act']> {
  return function* set(_machine, dev) {
    setReadOnly(dev, 'administrator', readOnly);
    return undefined;
  };
}

/** Writes dirty pages; errors are not reported. */
function* flushBuffers(machine: Userland, dev: BlockDevice): Task<undefined> {
  const cache = pageCacheOf(machine, dev);
  yield* writeAndWait(cache);
  invalidate(cache);
  return undefined;
}

/** Returns the size of a block in the disk's page cache, in bytes. */
const blockSize = (dev: BlockDevice, machine: Userland): number =>
  pageCacheOf(machine, dev).blockSize;

const get = (
  ioctl: string,
  what: string,
  fn: (dev: BlockDevice, machine: Userland) => number,
): Command => ({
  ioctl,
  what,
  get: fn,
});

const COMMANDS: Readonly<Record<string, Command>> = {
  '--setro': { ioctl: 'BLKROSET', what: 'set read-only', act: protect(true) },
  '--setrw': { ioctl: 'BLKROSET', what: 'set read-write', act: protect(false) },
  '--getro': get('BLKROGET', 'get read-only', (dev) => (dev.readOnly ? 1 : 0)),
  '--getdiscardzeroes': get('BLKDISCARDZEROES', 'get discard zeroes support status', () => 0),
  '--getss': get(
    'BLKSSZGET',
    'get logical block (sector) size',
    ({ limits }) => limits.logicalBlockSize,
  ),
  '--getpbsz': get(
    'BLKPBSZGET',
    'get physical block (sector) size',
    ({ limits }) => limits.physicalBlockSize,
  ),
  '--getiomin': get('BLKIOMIN', 'get minimum I/O size', ({ limits }) => limits.ioMin),
  '--getioopt': get('BLKIOOPT', 'get optimal I/O size', ({ limits }) => limits.ioOpt),
  '--getalignoff': get('BLKALIGNOFF', 'get alignment offset in bytes', ({ limits }) =>
    shownAlignment(limits),
  ),
  '--getmaxsect': get('BLKSECTGET', 'get max sectors per request', ({ limits }) =>
    Math.min(limits.maxSectors, 0xffff),
  ),
  '--getbsz': get('BLKBSZGET', 'get blocksize', blockSize),
  '--getsize': get(
    'BLKGETSIZE',
    'get 32-bit sector count (deprecated, use --getsz)',
    ({ capacity }) => exactSectors(capacity),
  ),
  '--getsize64': get(
    'BLKGETSIZE64',
    'get size in bytes',
    ({ capacity }) => exactSectors(capacity) * 512,
  ),
  '--getra': get('BLKRAGET', 'get readahead', readAheadOf),
  '--getfra': get('BLKFRAGET', 'get filesystem readahead', readAheadOf),
  '--flushbufs': { ioctl: 'BLKFLSBUF', what: 'flush buffers', act: flushBuffers },
  '--rereadpt': {
    ioctl: 'BLKRRPART',
    what: 'reread partition table',
    act: (machine, dev) => ready(rereadPartitions(machine, dev)),
  },
};

/** The commands that take a value. */
const SETTERS: Readonly<Record<string, string>> = {
  '--setra': 'set readahead',
  '--setfra': 'set filesystem readahead',
  '--setbsz': 'set blocksize on file descriptor opening the block device',
};

function* main(t: Tool, machine: Userland): Task<number> {
  const { args } = t;
  const [first] = args;
  if (first === undefined) failUsage(t, 'not enough arguments');
  if (first === '-V' || first === '--version') {
    t.out.put('blockdev from util-linux 2.38.1\n');
    return 0;
  }
  if (first === '-h' || first === '--help') {
    t.out.put(USAGE);
    return 0;
  }
  if (first === '--report') return yield* report(t, machine, args.slice(1));
  const devices = args.findIndex(
    (word, i) => !word.startsWith('-') && !Object.hasOwn(SETTERS, args[i - 1] ?? ''),
  );
  if (devices < 0) failUsage(t, 'no device specified');
  for (const path of args.slice(devices)) {
    const file = yield* openPath(t, path, { read: true, write: false, nonblock: true });
    if (typeof file === 'string') err(t, `cannot open ${path}: ${strerror(file)}`);
    yield* carryOut(t, machine, path, args.slice(0, devices));
    t.opened.delete(file);
    file.release(t.process);
  }
  return 0;
}

function nodeAt({ context }: Tool, path: string): Vnode | undefined {
  const node = lookupPath(textOf(path), { root: context.root, cwd: context.cwd });
  return typeof node === 'string' ? undefined : node;
}

function diskAt(t: Tool, { layer }: Userland, path: string): BlockDevice | undefined {
  const node = nodeAt(t, path);
  return node?.kind === 'block' ? findDevice(layer, node.major, node.minor) : undefined;
}

/** Carries out all commands for one device, in order; the first that fails ends it. */
function* carryOut(
  t: Tool,
  machine: Userland,
  path: string,
  commands: readonly string[],
): Task<void> {
  const dev = diskAt(t, machine, path);
  let verbose = false;
  for (let i = 0; i < commands.length; i++) {
    const word = commands[i] as string;
    if (word === '-v' || word === '-q') verbose = word === '-v';
    else if (Object.hasOwn(SETTERS, word)) {
      const what = SETTERS[word] as string;
      const value = sectorsOf(t, commands[++i] ?? '');
      const command = word === '--setbsz' ? blockSizeSetter(what, value) : setter(what, value);
      yield* perform(t, machine, dev, { command, verbose });
    } else if (word === '--getsz') t.out.put(`${sectorsAt(t, dev, path)}\n`);
    else {
      const command = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined;
      if (command === undefined) err(t, `Unknown command: ${word}\n${HINT}`);
      yield* perform(t, machine, dev, { command, verbose });
    }
  }
}

/** What util-linux says after a wrong call. */
const HINT = "Try 'blockdev --help' for more information.";

function sectorsOf(t: Tool, word: string): number {
  if (/^\s*[+-]?(0[xX][0-9a-fA-F]+|\d+)$/.test(word)) return Number(word);
  return err(t, `failed to parse command argument: '${word}'`);
}

const setter = (what: string, sectors: number): Command => ({
  ioctl: what === SETTERS['--setra'] ? 'BLKRASET' : 'BLKFRASET',
  what,
  *act(_machine, dev) {
    setReadAhead(dev, sectors);
    return undefined;
  },
});

const blockSizeSetter = (what: string, size: number): Command => ({
  ioctl: 'BLKBSZSET',
  what,
  act: (machine, dev) => claimed(dev, () => setBlockSize(pageCacheOf(machine, dev), size)),
});

/** Holds a disk alone meanwhile; EBUSY if that can't be (blkdev_bszset). */
function* claimed(dev: BlockDevice, act: () => Task<Errno | undefined>): Task<Errno | undefined> {
  if (openDevice(dev, 'blkdev_bszset') !== undefined) return 'EBUSY';
  const error = yield* act();
  closeDevice(dev, 'blkdev_bszset');
  return error;
}

/** Returns the size of a disk or a plain file. A directory has none. */
function sectorsAt(t: Tool, dev: BlockDevice | undefined, path: string): number {
  if (dev !== undefined) return exactSectors(dev.capacity);
  const node = nodeAt(t, path);
  if (node?.kind === 'file') return Math.floor(node.size() / 512);
  return err(t, 'could not get device size');
}

function* perform(
  t: Tool,
  machine: Userland,
  dev: BlockDevice | undefined,
  { command, verbose }: { readonly command: Command; readonly verbose: boolean },
): Task<void> {
  const { ioctl, what } = command;
  const error = dev === undefined ? 'ENOTTY' : yield* command.act?.(machine, dev) ?? nothing();
  if (error !== undefined) {
    if (verbose) t.out.put(`${what} failed.\n`);
    err(t, `ioctl error on ${ioctl}: ${strerror(error)}`);
  }
  if (command.get !== undefined && dev !== undefined) {
    t.out.put(`${verbose ? `${what}: ` : ''}${BigInt(command.get(dev, machine))}\n`);
  } else if (verbose) t.out.put(`${what} succeeded.\n`);
}

function* nothing(): Task<undefined> {
  return undefined;
}

/** Reports the named devices, or all that have a size. */
function* report(t: Tool, machine: Userland, paths: readonly string[]): Task<number> {
  t.out.put('RO    RA   SSZ   BSZ        StartSec            Size   Device\n');
  const all = [...disksAndPartitions(machine.layer)]
    .filter(({ capacity }) => capacity > 0)
    .map(({ name }) => `/dev/${name}`);
  for (const path of paths.length > 0 ? paths : all) {
    const file = yield* openPath(t, path, { read: true, write: false, nonblock: true });
    if (typeof file === 'string') {
      yield* complain(t, `${t.name}: cannot open ${path}: ${strerror(file)}\n`);
      continue;
    }
    const dev = diskAt(t, machine, path);
    if (dev === undefined) yield* complain(t, `${t.name}: ioctl error on ${path}\n`);
    else t.out.put(reportLine(machine, dev, path));
    t.opened.delete(file);
    file.release(t.process);
  }
  return 0;
}

function reportLine(machine: Userland, dev: BlockDevice, path: string): string {
  const columns = [
    dev.readOnly ? 'ro' : 'rw',
    String(readAheadOf(dev)).padStart(5),
    String(dev.limits.logicalBlockSize).padStart(5),
    String(blockSize(dev, machine)).padStart(5),
    String(dev.partition?.start ?? 0).padStart(15),
    String(BigInt(exactSectors(dev.capacity) * 512)).padStart(15),
  ];
  return `${columns.join(' ')}   ${path}\n`;
}
