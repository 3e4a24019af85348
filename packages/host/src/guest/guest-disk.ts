// guest-disk.ts — A VM's disk as its guest's kernel drives it. Mirrors drivers/block/virtio_blk.c, drivers/scsi/sd.c over virtio_scsi.c.
//
// Neither gives up on a command that gets no answer: virtio-blk has no time-out, and virtio-scsi resets its timer each time
// it expires (virtscsi_eh_timed_out), since the host is expected to answer in the end.
import type { BlkStatus, BlockDevice, BlockLayer, QueueLimits, Request } from '@dmsim/block';
import {
  addDisk,
  BLK_STS,
  completeRequest,
  createBlockDevice,
  createRequestQueue,
  endRequest,
  REQ,
  REQ_OP,
  submitToQueue,
} from '@dmsim/block';
import type { DiskOp, DiskResult, GuestDisk } from '@dmsim/qemu';
import { nodeLength } from '@dmsim/qemu';
import { after, millis, printk } from '@dmsim/sim';

import type { GuestClock } from './clock.ts';
import { enterGuest } from './clock.ts';

const QUEUE_DEPTH = 256;
const VIRTIO_MAJOR = 253;
const SD_MAJOR = 8;
/** Each disk has sixteen minors. */
const MINORS = 16;
/** A SCSI command is sent once and then this many times again (SD_MAX_RETRIES). */
const SD_RETRIES = 5;

export interface Driven {
  readonly clock: GuestClock;
  readonly layer: BlockLayer;
  readonly disk: GuestDisk;
  readonly isScsi: boolean;
  readonly name: string;
}

/** Adds the driver's disk, /dev/vda or /dev/sda. `index` counts disks of its kind. */
export function addGuestDisk(
  clock: GuestClock,
  layer: BlockLayer,
  { disk, index }: { readonly disk: GuestDisk; readonly index: number },
): BlockDevice {
  const isScsi = disk.model.name === 'scsi-hd';
  const name = `${isScsi ? 'sd' : 'vd'}${String.fromCharCode(0x61 + index)}`;
  const driven: Driven = { clock, layer, disk, isScsi, name };
  disk.model.start(disk, { flush: true });
  const queue = createRequestQueue(layer, {
    name,
    depth: QUEUE_DEPTH,
    ops: {
      queueRq(rq) {
        send(driven, rq, stepsOf(rq));
        return 'ok';
      },
      complete: completeRequest,
    },
  });
  const dev = createBlockDevice(layer, {
    major: isScsi ? SD_MAJOR : VIRTIO_MAJOR,
    minor: index * MINORS,
    name,
    capacity: Math.floor(nodeLength(disk.blk.node) / 512),
    limits: { writeCache: true, ...WIDE, ...unmapLimits(disk) },
    submit: (bio) => submitToQueue(queue, bio),
    queue,
  });
  queue.dev = dev;
  addDisk(dev);
  return dev;
}

const WIDE: Partial<QueueLimits> = {
  maxHwSectors: 0xffffffff,
  maxSegments: 2048,
  maxSegmentSize: 0xffffffff,
};

/** The limits that the driver learns from the device: the limits page of a SCSI disk, the configuration of a virtio disk. */
function unmapLimits({ unmap }: GuestDisk): Partial<QueueLimits> {
  const { discards, writesZeroes, maxDiscard, maxZeroes } = unmap;
  return {
    ...(discards ? { maxDiscardSectors: maxDiscard, maxHwDiscardSectors: maxDiscard } : {}),
    ...(writesZeroes ? { maxWriteZeroesSectors: maxZeroes } : {}),
  };
}

const OPS: Readonly<Record<number, DiskOp>> = {
  [REQ_OP.READ]: 'read',
  [REQ_OP.WRITE]: 'write',
  [REQ_OP.FLUSH]: 'flush',
  [REQ_OP.DISCARD]: 'discard',
  [REQ_OP.WRITE_ZEROES]: 'write-zeroes',
};

/** Neither kind of disk has FUA here: the block layer puts flushes before and after (block/blk-flush.c). */
function stepsOf({ bio }: Request): DiskOp[] {
  const op = OPS[bio.op];
  if (op === undefined || op === 'flush') return ['flush'];
  return [
    ...((bio.flags & REQ.PREFLUSH) === 0 ? [] : (['flush'] as const)),
    op,
    ...((bio.flags & REQ.FUA) === 0 ? [] : (['flush'] as const)),
  ];
}

function send(driven: Driven, rq: Request, [op, ...more]: readonly DiskOp[], retries = 0): void {
  const { clock, disk } = driven;
  if (op === undefined) {
    endRequest(rq, BLK_STS.OK);
    return;
  }
  const { sector, nrSectors, data, dataOffset } = rq.bio;
  const bytes = op === 'flush' ? 0 : nrSectors * 512;
  const part =
    op === 'flush' || data === null ? null : data.subarray(dataOffset, dataOffset + bytes);
  const answered = (result: DiskResult): void =>
    answer(driven, rq, { result, steps: [op, ...more], retries });
  disk.model.submit(disk, [
    {
      op,
      sector: op === 'flush' ? 0 : sector,
      bytes,
      data: part,
      done: (result) => enterGuest(clock, () => answered(result)),
    },
  ]);
}

interface Answer {
  readonly result: DiskResult;
  readonly steps: readonly DiskOp[];
  readonly retries: number;
}

const UNIT_ATTENTION = 6;
const ABORTED_COMMAND = 0xb;

function answer(driven: Driven, rq: Request, { result, steps, retries }: Answer): void {
  const again = (count: number): void => {
    after(driven.clock.sim, millis(1), 'command sent again', () => send(driven, rq, steps, count));
  };
  switch (result.kind) {
    case 'ok':
      send(driven, rq, steps.slice(1));
      return;
    case 'ioerr':
      endRequest(rq, BLK_STS.IOERR);
      return;
    case 'unsupported':
      endRequest(rq, BLK_STS.NOTSUPP);
      return;
    case 'check-condition':
      if (result.sense.key === UNIT_ATTENTION) again(retries);
      else if (result.sense.key === ABORTED_COMMAND && retries < SD_RETRIES) again(retries + 1);
      else endRequest(rq, failedCommand(driven, result.sense.key));
  }
}

const DATA_PROTECT = 7;

/** scsi_io_completion: logs the disk's answer. */
function failedCommand({ layer, name }: Driven, key: number): BlkStatus {
  const aborted = key === ABORTED_COMMAND;
  const said = aborted
    ? 'Aborted Command'
    : key === DATA_PROTECT
      ? 'Data Protect'
      : 'Hardware Error';
  printk(layer.sim, `sd 0:0:0:0: [${name}] tag#0 Sense Key : ${said} [current] `);
  if (aborted) printk(layer.sim, `sd 0:0:0:0: [${name}] tag#0 Add. Sense: I/O process terminated`);
  return key === DATA_PROTECT ? BLK_STS.NOSPC : BLK_STS.IOERR;
}
