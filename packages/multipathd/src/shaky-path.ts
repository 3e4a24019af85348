// shaky-path.ts — A path that fails again and again: what is counted of it, and what its map allows (marginal_path_*). Mirrors libmultipath/structs.h: io_err_pathfail_cnt, io_err_stat.c: struct io_err_stat_path.
import type { Nanos } from '@dmsim/sim';

import type { DirectReader } from './host.ts';

/** All four have to be set for a map to watch its paths. */
export interface MarginalLimits {
  /** Seconds: a path that fails twice within them is shaky. */
  readonly doubleFailedTime: number;
  /** Seconds, at least 120: how long a shaky path is read. */
  readonly sampleTime: number;
  /** Failed reads in a thousand, up to which it is used again. */
  readonly rateThreshold: number;
  /** Seconds until a path that was found to be bad is read again. */
  readonly recheckGap: number;
}

export interface ShakyPath {
  /** `waiting`: it is kept out, and is read as soon as it is up; `sampled`: it is being read. */
  stage: 'counting' | 'waiting' | 'sampled';
  failures: number;
  firstFailedAt: Nanos;
  /** When it was last found to be bad. */
  foundBadAt: Nanos;
}

export const createShakyPath = (): ShakyPath => ({
  stage: 'counting',
  failures: 0,
  firstFailedAt: 0,
  foundBadAt: -Infinity,
});

/** Reads of one path, until its time is over. */
export interface Sample {
  readonly dev: string;
  readonly limits: MarginalLimits;
  readonly reader: DirectReader;
  /** When the first reads were sent. */
  startedAt: Nanos | null;
  reads: number;
  errors: number;
  /** When each read under way was sent; null: there is none. */
  readonly sentAt: (Nanos | null)[];
}
