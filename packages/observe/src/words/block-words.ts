// block-words.ts — The block layer's records in words.
import { BIO_QUEUE, BLK_STS, BLOCK_TRACE, blkStatusName, opName } from '@dmsim/block';
import type { BlkStatus, ReqOp } from '@dmsim/block';

import { rangeText } from '../invariants/violation.ts';
import type { Sentence } from './sentence.ts';
import { sentence } from './sentence.ts';

/** `WRITE 8+8`; a flush has no range. */
export function ioText(io: {
  readonly op: number;
  readonly sector: number;
  readonly nrSectors: number;
}): string {
  const name = opName(io.op as ReqOp);
  return io.nrSectors === 0 ? name : `${name} ${rangeText(io.sector, io.nrSectors)}`;
}

export const succeedsOrFails = (status: number): string =>
  status === BLK_STS.OK ? 'succeeds' : `fails (${blkStatusName(status as BlkStatus)})`;

export const BLOCK_SENTENCES: readonly Sentence[] = [
  sentence(
    BLOCK_TRACE.block_bio_queue,
    { kind: 'bio', kernel: 'blk-core.c: submit_bio_noacct', file: 'block/src/submit-bio.ts' },
    ({ bio, dev, flags, ...io }, { device }) =>
      (flags & BIO_QUEUE.NEW) === 0
        ? `bio ${bio} enters ${device(dev)}`
        : `bio ${bio} is submitted to ${device(dev)}: ${ioText(io)}`,
  ),
  sentence(
    BLOCK_TRACE.block_bio_remap,
    { kind: 'bio', kernel: 'dm.c: dm_submit_bio_remap', file: 'dm/src/map-bio.ts' },
    ({ bio, dev, from }, { device }) => `bio ${bio} goes from ${device(from)} to ${device(dev)}`,
  ),
  sentence(
    BLOCK_TRACE.block_bio_complete,
    { kind: 'bio', kernel: 'bio.c: bio_endio', file: 'block/src/bio.ts' },
    ({ bio, status }) => `bio ${bio} ${succeedsOrFails(status)}: its submitter is told`,
  ),
  sentence(
    BLOCK_TRACE.block_rq_issue,
    { kind: 'request', kernel: 'blk-mq.c: blk_mq_start_request', file: 'block/src/run-queue.ts' },
    ({ bio, dev, ...io }, { device }) => `${device(dev)} is given bio ${bio}: ${ioText(io)}`,
  ),
  sentence(
    BLOCK_TRACE.block_rq_complete,
    { kind: 'request', kernel: 'blk-mq.c: blk_update_request', file: 'block/src/end-request.ts' },
    ({ bio, dev, status }, { device }) => `bio ${bio} ${succeedsOrFails(status)} on ${device(dev)}`,
  ),
  sentence(
    BLOCK_TRACE.block_rq_requeue,
    {
      kind: 'request',
      kernel: 'blk-mq.c: blk_mq_requeue_request',
      file: 'block/src/end-request.ts',
    },
    ({ bio, dev }, { device }) => `bio ${bio} goes to the requeue list of ${device(dev)}`,
  ),
  sentence(
    BLOCK_TRACE.block_landed,
    { kind: 'request', kernel: 'scsi_debug.c: do_device_access', file: 'block/src/transfer.ts' },
    ({ bio, dev, ...io }, { device }) =>
      `bio ${bio} reaches the medium through ${device(dev)}: ${ioText(io)}`,
  ),
];
