// op.ts — The operation and the flags of a bio. Mirrors include/linux/blk_types.h: enum req_op, enum req_flag_bits.

/** The kernel's numbers: `op` of a bio. */
export const REQ_OP = {
  READ: 0,
  WRITE: 1,
  FLUSH: 2,
  DISCARD: 3,
  SECURE_ERASE: 5,
  WRITE_ZEROES: 9,
} as const;

export type ReqOp = (typeof REQ_OP)[keyof typeof REQ_OP];

/** The kernel's bit numbers in 6.12, so that log lines can show them. */
export const REQ = {
  FAILFAST_DEV: 0x100,
  FAILFAST_TRANSPORT: 0x200,
  FAILFAST_DRIVER: 0x400,
  SYNC: 0x800,
  META: 0x1000,
  PRIO: 0x2000,
  NOMERGE: 0x4000,
  IDLE: 0x8000,
  FUA: 0x20000,
  PREFLUSH: 0x40000,
  RAHEAD: 0x80000,
  BACKGROUND: 0x100000,
  NOWAIT: 0x200000,
  NOUNMAP: 0x10000000,
} as const;

/** A read-ahead request gets all fail-fast flags (blk_mq_bio_to_request). */
export const requestFlags = (flags: number): number =>
  (flags & REQ.RAHEAD) === 0
    ? flags
    : flags | REQ.FAILFAST_DEV | REQ.FAILFAST_TRANSPORT | REQ.FAILFAST_DRIVER;

const NAMES: Readonly<Record<ReqOp, string>> = {
  [REQ_OP.READ]: 'READ',
  [REQ_OP.WRITE]: 'WRITE',
  [REQ_OP.FLUSH]: 'FLUSH',
  [REQ_OP.DISCARD]: 'DISCARD',
  [REQ_OP.SECURE_ERASE]: 'SECURE_ERASE',
  [REQ_OP.WRITE_ZEROES]: 'WRITE_ZEROES',
};

export const opName = (op: ReqOp): string => NAMES[op];

/** Reads are the only direction that brings data in (op_is_write). */
export const isWrite = (op: ReqOp): boolean => (op & 1) === 1;
