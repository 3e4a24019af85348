// loop-backing.ts — Disks, and files on disks, behind loop devices. Mirrors drivers/block/loop.c: lo_write_simple, lo_read_simple, lo_req_flush.
import type { Bio, BlkStatus, BlockLayer, LoopBacking, LoopFile } from '@dmsim/block';
import { BLK_STS, findDevice, REQ_OP } from '@dmsim/block';
import type { Errno, Process, Task } from '@dmsim/sim';
import { NotSupported } from '@dmsim/sim';
import type { DeviceNode, MemoryFile, OpenFile } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';

const SECTOR = 512;
const NOTHING = new Uint8Array(0);

/** A file of a tmpfs is in memory; all else is on a disk, and what is read and written there goes through its open file. */
export function mediumOf(
  { layer }: Machine,
  node: DeviceNode | MemoryFile,
  file: OpenFile,
): LoopFile | LoopBacking {
  if (node.kind !== 'file') return diskBehind(layer, node, file);
  return node.changeAttributes === undefined ? node : fileBehind(node, file);
}

function diskBehind(layer: BlockLayer, node: DeviceNode, file: OpenFile): LoopBacking {
  const dev = findDevice(layer, node.major, node.minor);
  if (dev === undefined) throw new NotSupported('losetup', 0, 'a disk that is not there');
  const { limits } = dev;
  return {
    setDirect: setDirect(file),
    size: () => dev.capacity * SECTOR,
    peek: (at, max) => dev.peek?.(at / SECTOR, max / SECTOR) ?? NOTHING,
    maxDiscardSectors: limits.maxWriteZeroesSectors,
    discardGranularity: limits.discardGranularity || limits.physicalBlockSize,
    rotational: limits.rotational,
    serve(worker, at, bio) {
      if (bio.op === REQ_OP.DISCARD || bio.op === REQ_OP.WRITE_ZEROES)
        throw new NotSupported('loop', 0, `a discard through a loop device of ${dev.name}`);
      return transfer(file, worker, at, bio);
    },
  };
}

/** A file of a file system that is on a disk. */
const fileBehind = (node: MemoryFile, file: OpenFile): LoopBacking => ({
  setDirect: setDirect(file),
  size: () => node.size(),
  peek: (at, max) => node.readAt(at, max),
  maxDiscardSectors: 0,
  discardGranularity: 0,
  rotational: true,
  serve: (worker, at, bio) => transfer(file, worker, at, bio),
});

const setDirect =
  (file: OpenFile) =>
  (on: boolean): void =>
    void (file.flags.direct = on);

function* transfer(file: OpenFile, worker: Process, at: number, bio: Bio): Task<BlkStatus> {
  const { op, data, dataOffset } = bio;
  if (op === REQ_OP.FLUSH) return statusOf(yield* file.sync(worker));
  if (data === null) return BLK_STS.OK;
  const part = data.subarray(dataOffset, dataOffset + bio.nrSectors * SECTOR);
  for (let done = 0; done < part.length;) {
    file.seek(at + done, 'set');
    const moved = yield* move(file, worker, op, part.subarray(done));
    if (typeof moved === 'string' || moved === 0) return BLK_STS.IOERR;
    done += moved;
  }
  return BLK_STS.OK;
}

/** Reads into the bytes, or writes them. Returns how many. */
function* move(
  file: OpenFile,
  worker: Process,
  op: Bio['op'],
  bytes: Uint8Array,
): Task<number | Errno> {
  if (op === REQ_OP.WRITE) return yield* file.write(worker, bytes);
  const read = yield* file.read(worker, bytes.length);
  if (typeof read === 'string') return read;
  bytes.set(read);
  return read.length;
}

const statusOf = (error: Errno | undefined): BlkStatus =>
  error === undefined ? BLK_STS.OK : BLK_STS.IOERR;
