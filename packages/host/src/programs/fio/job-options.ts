// job-options.ts — The options of a job, with fio's defaults. After fio's thread_options.h: struct thread_options.
import type { Nanos } from '@dmsim/sim';

import type { VerifyKindName } from './verify-kinds.ts';

/** A direction of I/O, in the order in which fio shows them. */
export type Direction = 'read' | 'write' | 'trim';
export const DIRECTIONS: readonly Direction[] = ['read', 'write', 'trim'];

/** The sizes that one I/O may have. */
export type BlockSizes =
  | { readonly kind: 'range'; readonly min: number; readonly max: number }
  /** The sizes are drawn by weight. The weights add up to 100. */
  | { readonly kind: 'split'; readonly parts: readonly { bytes: number; percent: number }[] };

export type Distribution =
  | { readonly kind: 'random' }
  | { readonly kind: 'zipf' | 'pareto'; readonly parameter: number };

export interface ByDirection<T> {
  readonly read: T;
  readonly write: T;
  readonly trim: T;
}

export interface Verification {
  readonly kind: 'none' | VerifyKindName;
  readonly again: boolean;
  /** A block that is wrong is to be dumped into a file. */
  readonly dumps: boolean;
}

export interface JobOptions {
  readonly filename: string | null;
  readonly rw: string;
  readonly ioengine: string;
  readonly iodepth: number;
  readonly numjobs: number;
  /** Bytes, a part of the whole (`50%`), or null for all of it. */
  readonly size: Size | null;
  readonly ioSize: Size | null;
  readonly offset: Size;
  readonly loops: number;
  readonly blockSizes: ByDirection<BlockSizes>;
  readonly direct: boolean;
  readonly runtime: Nanos | null;
  readonly timeBased: boolean;
  readonly rampTime: Nanos;
  readonly startDelay: Nanos;
  /** Bytes and I/Os per second; 0 for no limit. */
  readonly rate: ByDirection<number>;
  readonly rateIops: ByDirection<number>;
  readonly poisson: boolean;
  readonly thinktime: Nanos;
  readonly thinktimeBlocks: number;
  readonly rwmixread: number;
  readonly fsync: number;
  readonly endFsync: boolean;
  readonly distribution: Distribution;
  readonly norandommap: boolean;
  readonly randomSeed: number | null;
  readonly verification: Verification;
  readonly continueOnError: ReadonlySet<'read' | 'write' | 'verify'>;
  readonly zeroBuffers: boolean;
  readonly clatPercentiles: boolean;
  readonly latPercentiles: boolean;
  readonly slatPercentiles: boolean;
  readonly percentiles: readonly number[];
  readonly groupReporting: boolean;
  readonly stonewall: boolean;
  readonly newGroup: boolean;
  readonly thread: boolean;
  readonly logs: Logs;
}

export type Size =
  | { readonly kind: 'bytes'; readonly bytes: number }
  | { readonly kind: 'percent'; readonly percent: number };

/** The names of the files for samples; null for none. */
export interface Logs {
  readonly lat: string | null;
  readonly bw: string | null;
  readonly iops: string | null;
  readonly averageMs: number;
}

const same = <T>(value: T): ByDirection<T> => ({ read: value, write: value, trim: value });

export const DEFAULT_PERCENTILES: readonly number[] = [
  1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99, 99.5, 99.9, 99.95, 99.99,
];

export const DEFAULTS: JobOptions = {
  filename: null,
  rw: 'read',
  ioengine: 'psync',
  iodepth: 1,
  numjobs: 1,
  size: null,
  ioSize: null,
  offset: { kind: 'bytes', bytes: 0 },
  loops: 1,
  blockSizes: same({ kind: 'range', min: 4096, max: 4096 }),
  direct: false,
  runtime: null,
  timeBased: false,
  rampTime: 0,
  startDelay: 0,
  rate: same(0),
  rateIops: same(0),
  poisson: false,
  thinktime: 0,
  thinktimeBlocks: 1,
  rwmixread: 50,
  fsync: 0,
  endFsync: false,
  distribution: { kind: 'random' },
  norandommap: false,
  randomSeed: null,
  verification: { kind: 'none', again: true, dumps: false },
  continueOnError: new Set(),
  zeroBuffers: false,
  clatPercentiles: true,
  latPercentiles: false,
  slatPercentiles: false,
  percentiles: DEFAULT_PERCENTILES,
  groupReporting: false,
  stonewall: false,
  newGroup: false,
  thread: false,
  logs: { lat: null, bw: null, iops: null, averageMs: 0 },
};

/** The workloads that are simulated: their directions, and whether their offsets are random. */
export const WORKLOADS: Readonly<
  Record<string, { readonly directions: readonly Direction[]; readonly random: boolean }>
> = {
  read: { directions: ['read'], random: false },
  write: { directions: ['write'], random: false },
  trim: { directions: ['trim'], random: false },
  randread: { directions: ['read'], random: true },
  randwrite: { directions: ['write'], random: true },
  randtrim: { directions: ['trim'], random: true },
  rw: { directions: ['read', 'write'], random: false },
  randrw: { directions: ['read', 'write'], random: true },
};

export const SYNC_ENGINES: readonly string[] = ['psync', 'sync', 'pvsync', 'pvsync2', 'vsync'];
export const ASYNC_ENGINES: readonly string[] = ['libaio', 'io_uring', 'posixaio'];
