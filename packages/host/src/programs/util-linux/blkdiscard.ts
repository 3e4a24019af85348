// blkdiscard.ts — blkdiscard(8) of util-linux 2.38: discards or zeroes what a disk holds.
import { discardRange, pageCacheOf, truncateRange, zeroRange } from '@dmsim/bdev';
import type { BlockDevice } from '@dmsim/block';
import { findDevice } from '@dmsim/block';
import {
  parseSize,
  parseOptions,
  openPath,
  resolve,
  err,
  failUsage,
  refuse,
  warn,
  tool,
} from '@dmsim/coreutils';
import type { OptionSpec, Tool } from '@dmsim/coreutils';
import type { Errno, Task } from '@dmsim/sim';
import { seconds, strerror } from '@dmsim/sim';
import type { OpenFile, Program } from '@dmsim/vfs';

import type { Userland } from '../../userland.ts';
import { readContent } from './read-signature.ts';

const SPEC: OptionSpec = {
  short: 'fo:l:p:szv',
  long: {
    force: 'f',
    offset: 'o:',
    length: 'l:',
    step: 'p:',
    secure: 's',
    zeroout: 'z',
    verbose: 'v',
  },
  refused: 'hV',
};

export function blkdiscard(machine: Userland): Program {
  return tool((t) => main(t, machine));
}

function* main(t: Tool, machine: Userland): Task<number> {
  const { value, has, operands } = parseOptions(t, SPEC);
  const [path, ...rest] = operands;
  if (path === undefined) err(t, 'no device specified');
  if (rest.length > 0) failUsage(t, 'unexpected number of arguments');
  const offset = bytesOf(t, value('o') ?? '0', 'offset');
  const wanted = value('l') === undefined ? Infinity : bytesOf(t, value('l') ?? '', 'length');
  const stepGiven = bytesOf(t, value('p') ?? '0', 'step');
  const { dev, file } = yield* openDisk(t, machine, { path, force: has('f') });
  const size = dev.capacity * 512;
  const length = Math.min(wanted, size, Math.max(size - offset, 0));
  checkRange(t, dev, { path, offset, length, size });
  if (has('f')) yield* warn(t, 'Operation forced, data will be lost!');
  else yield* probe(t, file, { path, dev });
  if (has('s')) err(t, `${path}: BLKSECDISCARD ioctl failed: ${strerror('EOPNOTSUPP')}`);
  const step = Math.min(stepGiven || length, length);
  const verbose = has('v');
  yield* actOn(t, machine, dev, { path, offset, length, step, zero: has('z'), verbose });
  return 0;
}

interface Wanted {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
  readonly step: number;
  readonly zero: boolean;
  readonly verbose: boolean;
}

/** Acts on the range step by step. With `verbose` it tells once a second, and at the end, how far it is. */
function* actOn(t: Tool, machine: Userland, dev: BlockDevice, wanted: Wanted): Task<void> {
  const { path, offset, length, step, zero, verbose } = wanted;
  const { sim } = machine.layer;
  const done = { from: offset, bytes: 0, since: sim.now };
  for (let at = offset; at < offset + length; at += step) {
    const bytes = Math.min(step, offset + length - at);
    const error = yield* act(machine, dev, { at, bytes, zero });
    const ioctl = zero ? 'BLKZEROOUT' : 'BLKDISCARD';
    if (error !== undefined) err(t, `${path}: ${ioctl} ioctl failed: ${strerror(error)}`);
    done.bytes += bytes;
    const isLast = at + bytes === offset + length;
    if (!verbose || (!isLast && sim.now - done.since < SECOND)) continue;
    const what = zero ? 'Zero-filled' : 'Discarded';
    t.out.put(`${path}: ${what} ${done.bytes} bytes from the offset ${done.from}\n`);
    Object.assign(done, { from: at + bytes, bytes: 0, since: sim.now });
  }
}

const SECOND = seconds(1);

interface Step {
  readonly at: number;
  readonly bytes: number;
  readonly zero: boolean;
}

function bytesOf(t: Tool, word: string, what: string): number {
  return parseSize(word) ?? err(t, `failed to parse ${what}: '${word}': Invalid argument`);
}

interface Asked {
  readonly path: string;
  readonly force: boolean;
}

interface Disk {
  readonly dev: BlockDevice;
  readonly file: OpenFile;
}

/** Opens the disk exclusively (O_EXCL), unless -f is given. */
function* openDisk(t: Tool, machine: Userland, { path, force }: Asked): Task<Disk> {
  const node = resolve(t, path);
  if (typeof node !== 'string' && node.node?.kind === 'directory') {
    err(t, `cannot open ${path}: ${strerror('EISDIR')}`);
  }
  const file = yield* openPath(t, path, { read: true, write: true });
  if (typeof file === 'string') err(t, `cannot open ${path}: ${strerror(file)}`);
  const vnode = typeof node === 'string' ? undefined : node.node;
  if (vnode?.kind !== 'block') err(t, `${path}: not a block device`);
  const dev = findDevice(machine.layer, vnode.major, vnode.minor);
  if (dev === undefined) err(t, `cannot open ${path}: ${strerror('ENXIO')}`);
  if (dev.holder !== null && !force) err(t, `cannot open ${path}: ${strerror('EBUSY')}`);
  return { dev, file };
}

/** Reads the places that could tell what is on the disk. If there is something, the lab ends: the program would ask the terminal. */
function* probe(
  t: Tool,
  file: OpenFile,
  { path, dev }: { readonly path: string; readonly dev: BlockDevice },
): Task<void> {
  const content = yield* readContent(t, file, dev);
  if (content === 'something') refuse(t, `a disk with something on it (${path})`);
  if (content !== 'blank') err(t, `failed to probe the device: ${strerror(content)}`);
}

interface Range {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
  readonly size: number;
}

function checkRange(t: Tool, { limits }: BlockDevice, { path, offset, length, size }: Range): void {
  const block = limits.logicalBlockSize;
  if (offset % block !== 0)
    err(t, `${path}: offset ${offset} is not aligned to sector size ${block}`);
  if (offset > size) err(t, `${path}: offset is greater than device size`);
  if (length % block !== 0)
    err(t, `${path}: length ${length} is not aligned to sector size ${block}`);
}

/** Drops cached pages of the range first, unwritten (blk_ioctl_discard, blk_ioctl_zeroout). */
function* act(
  machine: Userland,
  dev: BlockDevice,
  { at, bytes, zero }: Step,
): Task<Errno | undefined> {
  if (!zero && dev.limits.maxDiscardSectors === 0) return 'EOPNOTSUPP';
  if (!zero && dev.readOnly) return 'EPERM';
  const error = yield* truncateRange(pageCacheOf(machine, dev), { offset: at, length: bytes });
  if (error !== undefined) return error;
  // Zeroes are refused only now (blkdev_issue_zeroout).
  if (dev.readOnly) return 'EPERM';
  const range = { sector: at / 512, nrSectors: bytes / 512 };
  return yield* zero ? zeroRange(dev, range) : discardRange(dev, range);
}
