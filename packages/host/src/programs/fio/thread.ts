// thread.ts — The state of one running copy of a job: its files, its units of I/O, its figures. After fio's fio.h: struct thread_data.
import type { Errno, Nanos, Prng, Process, Sim, WaitQueue } from '@dmsim/sim';
import { createPrng, createWaitQueue, streamSeed, uniform } from '@dmsim/sim';

import type { WorkloadRecord } from '../../run-records.ts';
import type { Direction, JobOptions } from './job-options.ts';
import { ASYNC_ENGINES, DIRECTIONS, WORKLOADS } from './job-options.ts';
import type { Offsets } from './offsets.ts';
import { largest } from './offsets.ts';
import type { Pace } from './pace.ts';
import { createPace } from './pace.ts';
import type { Job } from './read-jobs.ts';
import type { SampleLogs } from './sample-logs.ts';
import { createSampleLogs } from './sample-logs.ts';
import type { TargetFile } from './target-file.ts';
import type { ThreadStats } from './thread-stats.ts';
import { createThreadStats } from './thread-stats.ts';
import type { Windows } from './windows.ts';
import { createWindows } from './windows.ts';

/** One I/O and its memory. After struct io_u. */
export interface IoUnit {
  readonly thread: Thread;
  readonly buffer: Uint8Array;
  direction: Direction;
  target: TargetFile | null;
  offset: number;
  length: number;
  startedAt: Nanos;
  endedAt: Nanos;
  /** The number of its bios in flight. */
  left: number;
  error: Errno | undefined;
  /** How many bytes fewer than asked for were transferred. */
  missing: number;
  /** The I/O reads written data back. Its latency counts, and its data is checked. */
  checks: boolean;
  /** How many writes of the job came before that of this block; undefined if that is not known. */
  number: number | undefined;
}

/** A block that was written. */
export interface Written {
  readonly target: TargetFile;
  readonly offset: number;
  readonly length: number;
  readonly number: number | undefined;
}

export interface Thread {
  readonly job: Job;
  readonly options: JobOptions;
  /** The number of the thread, from 1 over all jobs. */
  readonly number: number;
  readonly sim: Sim;
  readonly targets: readonly TargetFile[];
  readonly offsets: readonly Offsets[];
  /** The index in `targets` of the file for the next I/O. */
  turn: number;
  readonly random: boolean;
  readonly directions: readonly Direction[];
  /** The most I/Os in flight at once. */
  readonly depth: number;
  readonly rng: Prng;
  readonly stats: ThreadStats;
  readonly windows: Windows;
  readonly logs: SampleLogs | null;
  readonly record: WorkloadRecord;
  pace: Pace;
  process: Process | null;
  readonly units: IoUnit[];
  readonly free: IoUnit[];
  readonly completed: IoUnit[];
  inFlight: number;
  readonly done: WaitQueue;
  /** The job was asked to end, so it sends no more I/O. */
  terminate: boolean;
  /** When figures begin to count, and when the job stops sending. */
  epoch: Nanos;
  deadline: Nanos;
  writesSinceSync: number;
  /** The I/Os that were written and are to be read back. */
  readonly written: Written[];
  writes: number;
  readonly messages: string[];
}

export interface ThreadSpec {
  readonly job: Job;
  readonly number: number;
  readonly sim: Sim;
  readonly targets: readonly TargetFile[];
  readonly offsets: readonly Offsets[];
  readonly record: WorkloadRecord;
}

export function createThread({ job, number, sim, targets, offsets, record }: ThreadSpec): Thread {
  const { options } = job;
  const workload = WORKLOADS[options.rw];
  const name = `fio ${job.name} ${number}`;
  const seed = options.randomSeed ?? sim.seed;
  const rng = createPrng(streamSeed(seed, name));
  const thread: Thread = {
    job,
    options,
    number,
    sim,
    targets,
    offsets,
    turn: 0,
    random: workload?.random === true,
    directions: workload?.directions ?? [],
    depth: isAsynchronous(options, targets) ? options.iodepth : 1,
    rng,
    stats: createThreadStats(options),
    windows: createWindows(),
    logs: createSampleLogs(options.logs),
    record,
    pace: createPace(options, rng, 0),
    process: null,
    units: [],
    free: [],
    completed: [],
    inFlight: 0,
    done: createWaitQueue(`I/O of fio job ${job.name}`),
    terminate: false,
    epoch: 0,
    deadline: Infinity,
    writesSinceSync: 0,
    written: [],
    writes: 0,
    messages: [],
  };
  const size = largestSize(options.blockSizes);
  const arrivals = createPrng(streamSeed(seed, `${name} arrivals`));
  thread.pace = createPace(options, arrivals, 0);
  const data = createPrng(streamSeed(seed, `${name} data`));
  for (let i = 0; i < thread.depth; i++) {
    const unit = createUnit(thread, size);
    if (!options.zeroBuffers && thread.directions.includes('write'))
      fillRandomly(unit.buffer, data);
    thread.units.push(unit);
    thread.free.push(unit);
  }
  return thread;
}

/** The size of the buffers of all copies of a job, in bytes. */
export function bufferBytes({ numjobs, iodepth, ioengine, blockSizes }: JobOptions): number {
  const depth = ASYNC_ENGINES.includes(ioengine) ? iodepth : 1;
  return numjobs * depth * largestSize(blockSizes);
}

const largestSize = (sizes: JobOptions['blockSizes']): number =>
  Math.max(...DIRECTIONS.map((way) => largest(sizes[way])));

/** Without O_DIRECT, the calls of these engines wait too. */
const isAsynchronous = (
  { ioengine, direct }: JobOptions,
  targets: readonly TargetFile[],
): boolean =>
  ASYNC_ENGINES.includes(ioengine) && direct && targets.every(({ dev }) => dev !== null);

const createUnit = (thread: Thread, size: number): IoUnit => ({
  thread,
  buffer: new Uint8Array(size),
  direction: 'read',
  target: null,
  offset: 0,
  length: 0,
  startedAt: 0,
  endedAt: 0,
  left: 0,
  error: undefined,
  missing: 0,
  checks: false,
  number: undefined,
});

function fillRandomly(buffer: Uint8Array, rng: Prng): void {
  for (let i = 0; i < buffer.length; i++) buffer[i] = uniform(rng) * 256;
}
