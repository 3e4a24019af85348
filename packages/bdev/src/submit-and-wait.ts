// submit-and-wait.ts — Submits bios and lets the process wait for them. Mirrors block/bio.c: submit_bio_wait, block/fops.c: __blkdev_direct_IO.
import type { Bio, BlkStatus, BlockDevice, BioSpec } from '@dmsim/block';
import { BLK_STS, createBio, finishPlug, opName, startPlug, submitBio } from '@dmsim/block';
import type { Task, WaitQueue } from '@dmsim/sim';
import { createWaitQueue, waitEvent, wakeUp } from '@dmsim/sim';

interface Batch {
  left: number;
  /** The status of the first failed bio in order of submission, which a system call reports. */
  status: BlkStatus;
  readonly done: WaitQueue;
  readonly onFailure: (spec: BioSpec) => void;
}

/** The range that was asked for: a bio that dm splits ends with the range of its last part. */
interface Submitted {
  readonly batch: Batch;
  readonly spec: BioSpec;
}

export interface WaitForBios {
  /** Called for each that failed. */
  readonly onFailure?: (spec: BioSpec) => void;
  /** False for waits that hung_task may report: those for write-back. @defaultValue true, as blk_wait_io */
  readonly patient?: boolean;
}

/** Submits the bios in order, in one plug, and waits in the D state until all have ended. */
export function* submitAndWait(
  dev: BlockDevice,
  specs: readonly BioSpec[],
  { onFailure = () => undefined, patient = true }: WaitForBios = {},
): Task<BlkStatus> {
  const [first] = specs;
  if (first === undefined) return BLK_STS.OK;
  const what = `${opName(first.op)} ${first.sector}+${first.nrSectors} on ${dev.name}`;
  const done = createWaitQueue(what);
  const batch: Batch = { left: specs.length, status: BLK_STS.OK, done, onFailure };
  const plugged = specs.length > 1 && startPlug(dev.layer);
  for (const spec of specs) {
    const bio = createBio(dev, spec, endOne);
    bio.owner = { batch, spec } satisfies Submitted;
    submitBio(bio);
  }
  if (plugged) finishPlug(dev.layer);
  yield* waitEvent(batch.done, () => batch.left === 0, { patient });
  return batch.status;
}

function endOne(bio: Bio): void {
  const { batch, spec } = bio.owner as Submitted;
  if (batch.status === BLK_STS.OK) batch.status = bio.status;
  if (bio.status !== BLK_STS.OK) batch.onFailure(spec);
  if (--batch.left === 0) wakeUp(batch.done);
}
