// make.ts — Makes a file system on a disk, as mkfs.ext4 does.
import { submitAndWait } from '@dmsim/bdev';
import type { BlockDevice } from '@dmsim/block';
import { BLK_STS, REQ, REQ_OP } from '@dmsim/block';
import { clockOf } from '@dmsim/libc';
import type { Errno, Task } from '@dmsim/sim';
import { createPrng, uniformInteger } from '@dmsim/sim';
import { createDirectory, createTmpfs } from '@dmsim/vfs';

import { createExt4 } from './file-system.ts';
import type { MadeFileSystem, Mounts } from './mounts.ts';
import { placeOf } from './mounts.ts';
import { lostFoundBlocks } from './space.ts';
import { FIRST_BLOCK, formatFirstBlock } from './superblock.ts';
import { treeDirectory } from './tree.ts';
import { createFlusher } from './write-back.ts';

export interface MakeOptions {
  /** @defaultValue none */
  readonly label?: string | undefined;
  /** In bytes. @defaultValue by the size of the disk */
  readonly blockSize?: number | undefined;
  /** The percentage kept for root. @defaultValue 5 */
  readonly reservedPercent?: number | undefined;
  /** @defaultValue one that the machine's seed gives */
  readonly uuid?: string | undefined;
}

/** mkfs.ext4: writes the superblock. EIO if the disk does not take it. */
export function* makeFileSystem(
  mounts: Mounts,
  dev: BlockDevice,
  { label = '', blockSize, reservedPercent = 5, uuid = makeUuid(mounts) }: MakeOptions = {},
): Task<Errno | MadeFileSystem> {
  const data = formatFirstBlock({ uuid, label });
  const status = yield* submitAndWait(dev, [
    { op: REQ_OP.WRITE, flags: REQ.SYNC | REQ.FUA, ...FIRST_BLOCK, data },
  ]);
  if (status !== BLK_STS.OK) return 'EIO';
  const { sim } = mounts.machine();
  const fs = createExt4(sim, dev, {
    panic: mounts.panic,
    rateLimits: mounts.rateLimits,
    blockSize,
  });
  fs.firstBlock.set(data);
  fs.reservedPercent = reservedPercent;
  // The space is counted in blocks of the disk; memory only keeps the names, and stamps the files.
  const names = createTmpfs(Infinity, clockOf(sim));
  const kept = { fs, flusher: createFlusher(fs) };
  const tree = treeDirectory(kept, names);
  const lost = lostFoundBlocks(fs.blockSize) * fs.blockSize;
  names.link('lost+found', treeDirectory(kept, createDirectory({}, 0o700), lost));
  const made: MadeFileSystem = { uuid, label, place: placeOf(dev), fs, tree };
  mounts.made.set(uuid, made);
  return made;
}

function makeUuid({ machine, made }: Mounts): string {
  const prng = createPrng(machine().sim.seed + made.size);
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => uniformInteger(prng, 0, 15).toString(16)).join('');
  return [hex(8), hex(4), `4${hex(3)}`, `8${hex(3)}`, hex(12)].join('-');
}
