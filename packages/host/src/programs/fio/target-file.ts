// target-file.ts — A file or disk that a job works on, as its options have it opened. After fio's filesetup.c: setup_files, get_file_size.
import { pageCacheOf, writeBack } from '@dmsim/bdev';
import type { PageCache } from '@dmsim/bdev';
import type { BlockDevice } from '@dmsim/block';
import { findDevice } from '@dmsim/block';
import { openPath, resolve } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import type { Errno, Task } from '@dmsim/sim';
import { NotSupported } from '@dmsim/sim';
import type { OpenFile, Vnode } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import type { JobOptions, Size } from './job-options.ts';
import { WORKLOADS } from './job-options.ts';
import type { Extent } from './offsets.ts';
import type { JobFailure } from './thread-stats.ts';

/** A disk past the page cache takes bios, many at a time; anything else is read and written one call after the other. */
export interface TargetFile {
  readonly name: string;
  readonly file: OpenFile;
  readonly extent: Extent;
  /** Null: not a disk. */
  readonly dev: BlockDevice | null;
  readonly cache: PageCache | null;
  readonly direct: boolean;
}

/** Messages as fio has them. Without a failure nothing but the messages is said of the job. */
export interface SetupError {
  readonly messages: readonly string[];
  readonly failure: JobFailure | null;
}

export interface SetupContext {
  readonly t: Tool;
  readonly machine: Machine;
  readonly options: JobOptions;
  readonly job: string;
}

const bytesOf = (size: Size, whole: number): number =>
  size.kind === 'bytes' ? size.bytes : Math.floor((whole * size.percent) / 100);

/** Opens every file of the job. */
export function* openTargets(context: SetupContext): Task<readonly TargetFile[] | SetupError> {
  const names = (context.options.filename ?? `${context.job}.0.0`).split(':');
  const targets: TargetFile[] = [];
  for (const name of names) {
    const target = yield* openTarget(context, name, names.length);
    if ('messages' in target) return target;
    targets.push(target);
  }
  return targets;
}

function* openTarget(
  context: SetupContext,
  name: string,
  files: number,
): Task<TargetFile | SetupError> {
  const { t, machine, options } = context;
  const node = resolve(t, name);
  const vnode = typeof node === 'string' ? undefined : node.node;
  const dev =
    vnode?.kind === 'block' ? findDevice(machine.layer, vnode.major, vnode.minor) : undefined;
  const writes = WORKLOADS[options.rw]?.directions.some((way) => way !== 'read') === true;
  const extent = extentOf(context, { name, vnode, dev, files });
  if ('messages' in extent) return extent;
  if (vnode === undefined && !writes) yield* layOut(context, name, extent);
  const flags = { read: true, write: writes, create: writes, direct: options.direct };
  const file = yield* openPath(t, name, flags);
  if (typeof file === 'string') return openFailed(name, file);
  if (dev === undefined) return { name, file, extent, dev: null, cache: null, direct: false };
  const cache = pageCacheOf(machine, dev);
  if (options.direct && cache.dirtyPages > 0) yield* writeBack(cache);
  return { name, file, extent, dev, cache, direct: options.direct };
}

const openFailed = (name: string, errno: Errno): SetupError => ({
  messages: [],
  failure: { errno, where: 'file:filesetup.c:805', func: `open(${name})` },
});

interface Asked {
  readonly name: string;
  readonly vnode: Vnode | undefined;
  readonly dev: BlockDevice | undefined;
  readonly files: number;
}

const tooFew = (job: string): SetupError => ({
  messages: [`${job}: you need to specify size=`],
  failure: { errno: 'EINVAL', where: 'file:filesetup.c:1155', func: 'total_file_size' },
});

/** `size` is of all files together. */
function extentOf(context: SetupContext, asked: Asked): Extent | SetupError {
  const { options, job } = context;
  const { name, vnode, dev, files } = asked;
  if (dev !== undefined) return extentOfDisk(context, asked, dev);
  if (vnode?.kind === 'block') return openFailed(name, 'ENXIO');
  const { size, offset } = options;
  const real = fileSize(vnode);
  const start = bytesOf(offset, real);
  if (size === null && real === 0) return tooFew(job);
  return { start, length: size === null ? real - start : lengthOf(size, real, files) };
}

/** A disk does not grow: a job ends at its end. */
function extentOfDisk(
  { t, options, job }: SetupContext,
  { name, files }: Asked,
  dev: BlockDevice,
): Extent | SetupError {
  const { size, offset } = options;
  const real = dev.capacity * 512;
  const start = bytesOf(offset, real);
  const left = real - start;
  if (size === null && real === 0) return tooFew(job);
  if (left < 0) return saysOnly(`${job}: you need to specify valid offset=`);
  if (left === 0 && size === null) {
    t.out.put(`fio: file ${name} may be ignored\n`);
    return saysOnly('fio: blocksize is larger than data set range');
  }
  const length = size === null ? left : lengthOf(size, real, files);
  // The job would end where the first offset beyond the disk is drawn: by chance after an I/O or after a hundred.
  if (length > left && start > 0 && left > 0 && WORKLOADS[options.rw]?.random === true)
    throw new NotSupported(
      'fio',
      0,
      `random I/O beyond the end of ${name}, which offset= and size= ask for`,
    );
  return { start, length: Math.min(length, left) };
}

const lengthOf = (size: Size, real: number, files: number): number =>
  Math.floor(bytesOf(size, real) / files);

const saysOnly = (message: string): SetupError => ({ messages: [message], failure: null });

const fileSize = (vnode: Vnode | undefined): number => (vnode?.kind === 'file' ? vnode.size() : 0);

/** A file that is to be read is written first, with zeroes. */
function* layOut({ t }: SetupContext, name: string, { start, length }: Extent): Task<void> {
  const file = yield* openPath(t, name, { read: false, write: true, create: true });
  if (typeof file === 'string') return;
  yield* file.write(t.process, new Uint8Array(start + length));
  t.opened.delete(file);
  file.release(t.process);
}
