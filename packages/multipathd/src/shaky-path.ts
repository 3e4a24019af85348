// shaky-path.ts — The state of a path that may be shaky: its counted failures and its sample, and the settings of its map (marginal_path_*). Mirrors libmultipath/structs.h: io_err_pathfail_cnt, io_err_stat.c: struct io_err_stat_path.
import type { Nanos } from '@dmsim/sim';

import type { DirectReader } from './host.ts';

/** All four have to be set for a map to watch its paths. */
export interface MarginalLimits {
  /** Seconds. A path that fails twice within this time is shaky. */
  readonly doubleFailedTime: number;
  /** Seconds, at least 120: how long a shaky path is read. */
  readonly sampleTime: number;
  /** Failed reads in a thousand. A path with no more than this is used again. */
  readonly rateThreshold: number;
  /** Seconds after which a path that was found bad is read again. */
  readonly recheckGap: number;
}

export interface ShakyPath {
  /** `waiting`: the path is kept out, and its sample starts as soon as it is up. `sampled`: it is being read. */
  stage: 'counting' | 'waiting' | 'sampled';
  failures: number;
  firstFailedAt: Nanos;
  /** When the path was last found bad. */
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
  /** When each read under way was sent; null for a read that is not under way. */
  readonly sentAt: (Nanos | null)[];
}
