// io.ts — Reads, writes, flushes and discards of a schedule, straight to the block layer. No two writes have the same data.
import type { Bio, BlkStatus, BlockDevice } from '@dmsim/block';
import { BLK_STS, createBio, REQ, REQ_OP, submitBio } from '@dmsim/block';
import { wakeUp } from '@dmsim/sim';

import { endInGuest, inGuest } from './guest-vm.ts';
import type { World } from './world.ts';
import { mappedDevice } from './world.ts';

const SECTOR = 512;

export interface IoResult {
  readonly kind: 'read' | 'write' | 'flush' | 'discard';
  readonly sector: number;
  readonly nrSectors: number;
  /** Null while it is under way. */
  status: BlkStatus | null;
}

/** Returns at once; nothing happens when the map has no disk, as then there is nothing to open. */
export function submitIo(
  world: World,
  { kind, sector, nrSectors }: Omit<IoResult, 'status'>,
): void {
  const { guest } = world;
  const disk = mappedDevice(world, world.ioName)?.disk ?? null;
  // A program learns the size of the device when it opens it, and reads or writes nothing past the end.
  if (disk === null || sector + nrSectors > disk.capacity) return;
  const result: IoResult = { kind, sector, nrSectors, status: null };
  world.results.push(result);
  world.outstanding++;
  if (guest === null) submitTo(world, disk, result);
  else inGuest(guest, result, (inside) => submitTo(world, inside, result));
}

function submitTo(world: World, disk: BlockDevice, result: IoResult): void {
  const { kind, sector, nrSectors } = result;
  const data = kind === 'read' || kind === 'write' ? takeData(nrSectors) : null;
  if (data !== null) stamp(data, kind === 'write' ? world.results.indexOf(result) + 1 : UNREAD);
  const flags = kind === 'flush' ? REQ.PREFLUSH | REQ.SYNC : 0;
  const bio = createBio(
    disk,
    { op: OPS[kind], flags, sector, nrSectors, data },
    ({ status }: Bio) => {
      result.status = status;
      if (data !== null) SPARE[nrSectors]?.push(data);
      if (world.guest !== null) endInGuest(world.guest, result);
      if (--world.outstanding === 0) wakeUp(world.allDone);
    },
  );
  submitBio(bio);
}

const OPS = {
  read: REQ_OP.READ,
  write: REQ_OP.WRITE,
  flush: REQ_OP.FLUSH,
  discard: REQ_OP.DISCARD,
} as const;

/** Data of I/O that has ended, by its length in sectors. */
const SPARE: Uint8Array[][] = [];

/** All zeroes but for the first bytes of each sector, which still hold what the buffer was last used for. */
function takeData(nrSectors: number): Uint8Array {
  SPARE[nrSectors] ??= [];
  return SPARE[nrSectors].pop() ?? new Uint8Array(nrSectors * SECTOR);
}

/** No write has this number: a read that leaves its buffer as it was is found out. */
const UNREAD = 0xffffffff;

/** The number of the write, in the first bytes of each sector: that is enough to tell it from all others. */
function stamp(data: Uint8Array, nth: number): void {
  const view = new DataView(data.buffer);
  for (let at = 0; at < data.length; at += SECTOR) view.setUint32(at, nth);
}

/** The writes that ended with an error. One that is under way has not failed. */
export const failedWrites = (results: readonly IoResult[]): IoResult[] =>
  results.filter(
    ({ kind, status }) => kind === 'write' && status !== null && status !== BLK_STS.OK,
  );
