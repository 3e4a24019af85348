// blkdiscard.ts — blkdiscard(8) of util-linux 2.38: discards or zeroes what a disk holds.
import { discardRange, zeroRange, invalidateRange, writeBack, pageCacheOf } from '@dmsim/bdev';
import type { BlockDevice } from '@dmsim/block';
import { findDevice } from '@dmsim/block';
import {
  parseSize,
  parseOptions,
  openPath,
  resolve,
  fail,
  failUsage,
  tool,
} from '@dmsim/coreutils';
import type { OptionSpec, Tool } from '@dmsim/coreutils';
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';

const SPEC: OptionSpec = {
  short: 'fo:l:p:zv',
  long: { force: 'f', offset: 'o:', length: 'l:', step: 'p:', zeroout: 'z', verbose: 'v' },
  refused: 's',
  refusedLong: ['secure'],
};

export function blkdiscard(machine: Machine): Program {
  return tool((t) => main(t, machine));
}

function* main(t: Tool, machine: Machine): Task<number> {
  const { value, has, operands } = parseOptions(t, SPEC);
  const [path, ...rest] = operands;
  if (path === undefined) failUsage(t, 'no device specified');
  if (rest.length > 0) failUsage(t, 'unexpected number of arguments');
  const dev = yield* openDisk(t, machine, { path, force: has('f') });
  const size = dev.capacity * 512;
  const offset = bytesOf(t, value('o') ?? '0', 'offset');
  const wanted = value('l');
  const length = Math.min(
    wanted === undefined ? size : bytesOf(t, wanted, 'length'),
    Math.max(size - offset, 0),
  );
  checkRange(t, dev, { path, offset, length, size });
  const step = Math.min(bytesOf(t, value('p') ?? '0', 'step') || length, length);
  for (let at = offset; at < offset + length; at += step) {
    const bytes = Math.min(step, offset + length - at);
    const error = yield* act(machine, dev, { at, bytes, zero: has('z') });
    const ioctl = has('z') ? 'BLKZEROOUT' : 'BLKDISCARD';
    if (error !== undefined) fail(t, `${path}: ${ioctl} ioctl failed: ${strerror(error)}`);
    if (!has('v')) continue;
    const what = has('z') ? 'Zero-filled' : 'Discarded';
    t.out.put(`${path}: ${what} ${bytes} bytes from the offset ${at}\n`);
  }
  return 0;
}

function bytesOf(t: Tool, word: string, what: string): number {
  return parseSize(word) ?? fail(t, `failed to parse ${what}: '${word}': Invalid argument`);
}

interface Asked {
  readonly path: string;
  readonly force: boolean;
}

/** Opens the disk exclusively (O_EXCL), unless -f is given. */
function* openDisk(t: Tool, machine: Machine, { path, force }: Asked): Task<BlockDevice> {
  const node = resolve(t, path);
  if (typeof node !== 'string' && node.node?.kind === 'directory') {
    fail(t, `cannot open ${path}: ${strerror('EISDIR')}`);
  }
  const file = yield* openPath(t, path, { read: true, write: true });
  if (typeof file === 'string') fail(t, `cannot open ${path}: ${strerror(file)}`);
  const vnode = typeof node === 'string' ? undefined : node.node;
  if (vnode?.kind !== 'block') fail(t, `${path}: not a block device`);
  const dev = findDevice(machine.layer, vnode.major, vnode.minor);
  if (dev === undefined) fail(t, `cannot open ${path}: ${strerror('ENXIO')}`);
  if (dev.holder !== null && !force) fail(t, `cannot open ${path}: ${strerror('EBUSY')}`);
  return dev;
}

interface Wanted {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
  readonly size: number;
}

function checkRange(
  t: Tool,
  { limits }: BlockDevice,
  { path, offset, length, size }: Wanted,
): void {
  const block = limits.logicalBlockSize;
  if (offset > size) fail(t, `${path}: offset is greater than device size`);
  if (offset % block !== 0)
    fail(t, `${path}: offset ${offset} is not aligned to sector size ${block}`);
  if (length % block !== 0)
    fail(t, `${path}: length ${length} is not aligned to sector size ${block}`);
}

/** Drops cached pages of the range first, as any write past the cache does. */
function* act(
  machine: Machine,
  dev: BlockDevice,
  { at, bytes, zero }: { readonly at: number; readonly bytes: number; readonly zero: boolean },
): Task<Errno | undefined> {
  if (dev.readOnly) return 'EPERM';
  const cache = pageCacheOf(machine, dev);
  yield* writeBack(cache);
  invalidateRange(cache, at, bytes);
  const range = { sector: at / 512, nrSectors: bytes / 512 };
  return yield* zero ? zeroRange(dev, range) : discardRange(dev, range);
}
