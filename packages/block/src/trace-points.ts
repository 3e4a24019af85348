// trace-points.ts — The block layer's trace points. Names are the kernel's (include/trace/events/block.h).

/** `NEW`: an original, not a remapped one. `READ_AHEAD`: no one waits for it, and it may fail whenever it can't be had at once. */
export const BIO_QUEUE = { NEW: 1, READ_AHEAD: 2 } as const;

/**
 * Arguments of each record (see `record` of sim):
 * - bio points: dev, bio id, op, sector, nrSectors, then what the point adds;
 * - rq points: dev, bio id, op, sector, nrSectors, and the status for a completion or requeue.
 * `dev` is `devNumber(major, minor)`.
 */
export const BLOCK_TRACE = {
  /** f: bits of `BIO_QUEUE`. */
  block_bio_queue: 1,
  /** f: the device it came from. */
  block_bio_remap: 2,
  /** f: status. Originals only: who submitted it is told now. */
  block_bio_complete: 3,
  block_rq_issue: 4,
  /** f: status */
  block_rq_complete: 5,
  block_rq_requeue: 6,
  /**
   * dev, bio id, op, sector, medium (see `BlockLayer.mediumOf`), hash: of each sector written, when it is submitted, or
   * read, before it completes; sector -1 when no one can tell where a write goes.
   */
  block_data: 7,
} as const;
