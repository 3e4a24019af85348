// trace-points.ts — The block layer's trace points. Names are the kernel's (include/trace/events/block.h). Codes 1–49.

/** `NEW`: an original, not a remapped one. `READ_AHEAD`: nobody waits for it, and it may fail when it can't be served at once. */
export const BIO_QUEUE = { NEW: 1, READ_AHEAD: 2 } as const;

/** Every point about a bio begins alike: the device, the original's id, the operation (`REQ_OP`), the range in sectors. */
export const BLOCK_TRACE = {
  /** `flags`: bits of `BIO_QUEUE`. */
  block_bio_queue: { code: 1, fields: ['dev', 'bio', 'op', 'sector', 'nrSectors', 'flags'] },
  /** `from`: the device whose table sent it here. */
  block_bio_remap: { code: 2, fields: ['dev', 'bio', 'op', 'sector', 'nrSectors', 'from'] },
  /** `status`: a `BLK_STS`. Originals only: the submitter is told now. */
  block_bio_complete: { code: 3, fields: ['dev', 'bio', 'op', 'sector', 'nrSectors', 'status'] },
  block_rq_issue: { code: 4, fields: ['dev', 'bio', 'op', 'sector', 'nrSectors'] },
  block_rq_complete: { code: 5, fields: ['dev', 'bio', 'op', 'sector', 'nrSectors', 'status'] },
  block_rq_requeue: { code: 6, fields: ['dev', 'bio', 'op', 'sector', 'nrSectors', 'status'] },
  /**
   * One record per run of sectors that hold the same, when a write is submitted and before a read completes, if that medium has
   * been written to. `run`: operation and length, see `runOf`. `medium` and `sector`: where it begins on the medium, see
   * `Placement`; `sector` is -1 when nobody can tell where a write goes. `hash`: of each of the sectors.
   */
  block_data: { code: 7, fields: ['dev', 'bio', 'run', 'sector', 'medium', 'hash'] },
  /** A write reaches the medium, through the disk `dev`. */
  block_landed: { code: 8, fields: ['dev', 'bio', 'op', 'sector', 'nrSectors'] },
} as const;

const REQ_OP_BITS = 8;
/** The most sectors of a run. */
export const MAX_RUN: number = 2 ** 20;

/** An operation, and above its bits a number of sectors, as flags are above it in `bi_opf`. */
export const runOf = (op: number, nrSectors: number): number => op | (nrSectors << REQ_OP_BITS);
export const opOfRun = (run: number): number => run & ((1 << REQ_OP_BITS) - 1);
export const lengthOfRun = (run: number): number => run >> REQ_OP_BITS;
