// status.ts — The result of an I/O. Mirrors include/linux/blk_types.h: blk_status_t and block/blk-core.c: blk_errors.
import type { Errno } from '@dmsim/sim';

/** The kernel's numbers. Traces show them; no tool's status line does. */
export const BLK_STS = {
  OK: 0,
  NOTSUPP: 1,
  TIMEOUT: 2,
  NOSPC: 3,
  TRANSPORT: 4,
  TARGET: 5,
  RESV_CONFLICT: 6,
  MEDIUM: 7,
  PROTECTION: 8,
  RESOURCE: 9,
  IOERR: 10,
  DM_REQUEUE: 11,
  AGAIN: 12,
  DEV_RESOURCE: 13,
  OFFLINE: 16,
  DURATION_LIMIT: 17,
  INVAL: 19,
} as const;

export type BlkStatus = (typeof BLK_STS)[keyof typeof BLK_STS];

interface StatusFacts {
  readonly errno: Errno | null;
  /** Its name in the kernel's "… error, dev sda" lines. */
  readonly name: string;
}

const FACTS: Readonly<Record<BlkStatus, StatusFacts>> = {
  [BLK_STS.OK]: { errno: null, name: '' },
  [BLK_STS.NOTSUPP]: { errno: 'EOPNOTSUPP', name: 'operation not supported' },
  [BLK_STS.TIMEOUT]: { errno: 'ETIMEDOUT', name: 'timeout' },
  [BLK_STS.NOSPC]: { errno: 'ENOSPC', name: 'critical space allocation' },
  [BLK_STS.TRANSPORT]: { errno: 'ENOLINK', name: 'recoverable transport' },
  [BLK_STS.TARGET]: { errno: 'EREMOTEIO', name: 'critical target' },
  [BLK_STS.RESV_CONFLICT]: { errno: 'EBADE', name: 'reservation conflict' },
  [BLK_STS.MEDIUM]: { errno: 'ENODATA', name: 'critical medium' },
  [BLK_STS.PROTECTION]: { errno: 'EILSEQ', name: 'protection' },
  [BLK_STS.RESOURCE]: { errno: 'ENOMEM', name: 'kernel resource' },
  [BLK_STS.IOERR]: { errno: 'EIO', name: 'I/O' },
  [BLK_STS.DM_REQUEUE]: { errno: 'EREMCHG', name: 'dm internal retry' },
  [BLK_STS.AGAIN]: { errno: 'EAGAIN', name: 'nonblocking retry' },
  [BLK_STS.DEV_RESOURCE]: { errno: 'EBUSY', name: 'device resource' },
  [BLK_STS.OFFLINE]: { errno: 'ENODEV', name: 'device offline' },
  [BLK_STS.DURATION_LIMIT]: { errno: 'ETIME', name: 'duration limit exceeded' },
  [BLK_STS.INVAL]: { errno: 'EINVAL', name: 'invalid' },
};

/** The errno that a system call returns for a status; undefined for success (blk_status_to_errno). */
export function blkStatusToErrno(status: BlkStatus): Errno | undefined {
  return FACTS[status].errno ?? undefined;
}

export const blkStatusName = (status: BlkStatus): string => FACTS[status].name;

const NOT_A_PATH_ERROR: ReadonlySet<BlkStatus> = new Set([
  BLK_STS.NOTSUPP,
  BLK_STS.NOSPC,
  BLK_STS.TARGET,
  BLK_STS.RESV_CONFLICT,
  BLK_STS.MEDIUM,
  BLK_STS.PROTECTION,
]);

/** True if another path might succeed (blk_path_error). */
export function blkPathError(status: BlkStatus): boolean {
  return !NOT_A_PATH_ERROR.has(status);
}
