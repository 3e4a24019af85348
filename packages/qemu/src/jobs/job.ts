// job.ts — A background job: its states, its pause points, how it sleeps. Mirrors job.c.
import type { Errno, Nanos } from '@dmsim/sim';
import { after, assert, micros } from '@dmsim/sim';

import type { AioTimer } from '../aio/aio-context.ts';
import {
  createAioTimer,
  deleteAioTimer,
  isAioTimerArmed,
  modAioTimer,
  scheduleCoroutine,
} from '../aio/aio-context.ts';
import type { Co, Coroutine } from '../aio/coroutine.ts';
import { createCoroutine, enterCoroutine } from '../aio/coroutine.ts';
import type { Blocking } from '../aio/main-loop.ts';
import { kickMain } from '../aio/main-loop.ts';
import type { BlockLayer } from '../block/block-layer.ts';
import type { IoStatus } from '../block/error-action.ts';
import type { NodeUser, BlockNode } from '../block/node.ts';
import type { Rights } from '../block/rights.ts';
import type { RateLimit } from './rate-limit.ts';
import { createRateLimit } from './rate-limit.ts';
import type { JobTxn } from './transaction.ts';

export type JobStatus =
  | 'undefined'
  | 'created'
  | 'running'
  | 'paused'
  | 'ready'
  | 'standby'
  | 'waiting'
  | 'pending'
  | 'aborting'
  | 'concluded'
  | 'null';

export type JobVerb =
  | 'cancel'
  | 'pause'
  | 'resume'
  | 'set-speed'
  | 'complete'
  | 'finalize'
  | 'dismiss';

const VERBS: Readonly<Record<JobVerb, readonly JobStatus[]>> = {
  cancel: ['created', 'running', 'paused', 'ready', 'standby', 'waiting', 'pending'],
  pause: ['created', 'running', 'paused', 'ready', 'standby'],
  resume: ['created', 'running', 'paused', 'ready', 'standby'],
  'set-speed': ['created', 'running', 'paused', 'ready', 'standby'],
  complete: ['ready', 'standby'],
  finalize: ['pending'],
  dismiss: ['concluded'],
};

const TRANSITIONS: Readonly<Record<JobStatus, readonly JobStatus[]>> = {
  undefined: ['created'],
  created: ['running', 'aborting', 'null'],
  running: ['paused', 'ready', 'waiting', 'aborting'],
  paused: ['running'],
  ready: ['standby', 'waiting', 'aborting'],
  standby: ['ready'],
  waiting: ['pending', 'aborting'],
  pending: ['aborting', 'concluded'],
  aborting: ['aborting', 'concluded'],
  concluded: ['null'],
  null: [],
};

/** How a job ended; null means success. */
export type JobReturn = Errno | 'ECANCELED' | null;

/** One kind of job. Each kind fills this record at the bottom of its own file. */
export interface JobDriver {
  readonly type: 'stream' | 'mirror' | 'commit' | 'backup' | 'create' | 'amend';
  readonly run: (job: Job) => Co<JobReturn>;
  /** Waits for everything that must be idle before the job may report itself as paused. */
  readonly pause?: (job: Job) => Co<void>;
  /** Returns true if a soft cancel must be treated as a hard one. */
  readonly cancel?: (job: Job, force: boolean) => boolean;
  readonly complete?: (job: Job) => void;
  /** True if the job may still submit requests although it was asked to pause. */
  readonly drainedPoll?: (job: Job) => boolean;
  /** Called when the job's rate limit has been set to another speed. */
  readonly speedChanged?: (job: Job) => void;
  /** Called once, when all jobs of the transaction have succeeded. */
  readonly commit?: (job: Job) => Blocking<void>;
  /** Called once when the job has ended, whatever the result. */
  readonly clean?: (job: Job) => Blocking<void>;
  /** Called when the job is dismissed. A driver that has it keeps its nodes until then. */
  readonly free?: (job: Job) => void;
}

/** A node that a job uses, and what it calls it. */
export interface JobUse {
  readonly node: BlockNode;
  readonly name: string;
  readonly rights: Rights;
}

export interface Job {
  readonly layer: BlockLayer;
  readonly jobs: Job[];
  readonly id: string;
  readonly driver: JobDriver;
  /** The driver's own state. */
  readonly state: unknown;
  status: JobStatus;
  /** The number of reasons to pause: drained sections, the user, an error. */
  pauseCount: number;
  userPaused: boolean;
  paused: boolean;
  busy: boolean;
  cancelled: boolean;
  forceCancel: boolean;
  deferredToMainLoop: boolean;
  ret: JobReturn;
  error: string | null;
  /** In bytes. */
  progress: { current: number; remaining: number };
  /** In bytes a second. A bigint beyond 2^53, where only what is shown of it matters. */
  speed: number | bigint;
  readonly limit: RateLimit;
  ioStatus: IoStatus;
  readonly autoFinalize: boolean;
  readonly autoDismiss: boolean;
  txn: JobTxn | null;
  co: Coroutine | null;
  sleepTimer: AioTimer;
  readonly user: NodeUser;
  readonly nodes: JobUse[];
  /** Aborts all of QEMU. Recordings show this of a job that met an error under the policy `retry`. */
  readonly abortQemu: (why: string) => void;
}

export interface JobOptions {
  readonly id: string;
  readonly driver: JobDriver;
  readonly state: unknown;
  readonly autoFinalize: boolean;
  readonly autoDismiss: boolean;
  readonly abortQemu: (why: string) => void;
}

export function createJob(layer: BlockLayer, jobs: Job[], options: JobOptions): Job {
  const { id, driver, state, autoFinalize, autoDismiss, abortQemu } = options;
  const job: Job = {
    layer,
    jobs,
    id,
    driver,
    state,
    status: 'undefined',
    pauseCount: 0,
    userPaused: false,
    paused: false,
    busy: false,
    cancelled: false,
    forceCancel: false,
    deferredToMainLoop: false,
    ret: null,
    error: null,
    progress: { current: 0, remaining: 0 },
    speed: 0,
    limit: createRateLimit(),
    ioStatus: 'ok',
    autoFinalize,
    autoDismiss,
    txn: null,
    co: null,
    sleepTimer: createAioTimer(layer.main.aio, `sleep of job ${id}`, () => enterJob(job)),
    user: {
      kind: 'job',
      parent: null,
      blocker: `block device is in use by block job: ${driver.type}`,
      follow: null,
      describe: () => `${driver.type} job '${id}'`,
      edges: (node) =>
        job.nodes
          .filter((use) => use.node === node)
          .map(({ name, rights: { needs, shares } }) => ({ name, needs, shares })),
      drainedBegin: () => pauseJob(job),
      drainedEnd: () => resumeJob(job),
      drainedPoll: () => jobDrainedPoll(job),
    },
    nodes: [],
    abortQemu,
  };
  jobs.push(job);
  setStatus(job, 'created');
  return job;
}

export function setStatus(job: Job, status: JobStatus): void {
  assert(TRANSITIONS[job.status].includes(status), `job ${job.id}: ${job.status} to ${status}`);
  job.status = status;
  if (status === 'null') job.jobs.splice(job.jobs.indexOf(job), 1);
  job.layer.emit('JOB_STATUS_CHANGE', { id: job.id, status });
  if (status === 'null') job.driver.free?.(job);
}

/** The text of the refusal if the job's state does not allow the verb, else null. */
export function refuseVerb(job: Job, verb: JobVerb): string | null {
  return VERBS[verb].includes(job.status)
    ? null
    : `Job '${job.id}' in state '${job.status}' cannot accept command verb '${verb}'`;
}

/** A job that makes an image has neither a device nor events of block jobs. */
export const isBlockJob = (job: Job): boolean =>
  job.driver.type !== 'create' && job.driver.type !== 'amend';
export const isReady = (job: Job): boolean => job.status === 'ready' || job.status === 'standby';
export const isCompleted = (job: Job): boolean =>
  ['waiting', 'pending', 'aborting', 'concluded', 'null'].includes(job.status);
/** Reads `forceCancel` anew each time, since it can change while a coroutine waits. */
export const isCancelled = (job: Job): boolean => job.forceCancel;
const shouldPause = (job: Job): boolean => job.pauseCount > 0;

/** A sleeping or paused job runs none of its own code before it has checked whether it should pause. */
function jobDrainedPoll(job: Job): boolean {
  if (!job.busy || isCompleted(job)) return false;
  return job.driver.drainedPoll?.(job) ?? true;
}

/** Starts the job's body. `onEnd` runs in the main loop once the body has returned. */
export function startJob(job: Job, onEnd: (job: Job) => void): void {
  assert(job.co === null, 'a job starts once');
  job.co = createCoroutine(body(job, onEnd));
  job.busy = true;
  setStatus(job, 'running');
  enterInThread(job, job.co);
}

/** How long an iothread takes to wake up. By then the main thread has sent its reply. */
const WAKE_UP: Nanos = micros(20);

/** aio_co_enter: the main thread enters a job of its own disks at once; an iothread is asked to, and comes to it later. */
function enterInThread(job: Job, co: Coroutine): void {
  const { layer, nodes } = job;
  const { main, coroutines, sim } = layer;
  const ctx = nodes[0]?.node.ctx ?? main.aio;
  const enter = (): void => {
    enterCoroutine(coroutines, co);
    // The main thread may wait in a drain for the job to rest.
    kickMain(main);
  };
  if (ctx === main.aio) enterCoroutine(coroutines, co);
  else
    after(sim, WAKE_UP, `wake-up of ${ctx.name}`, () =>
      scheduleCoroutine(ctx, `job ${job.id} is entered`, enter),
    );
}

function* body(job: Job, onEnd: (job: Job) => void): Co<void> {
  yield* pausePoint(job);
  job.ret = yield* job.driver.run(job);
  job.deferredToMainLoop = true;
  onEnd(job);
}

/** Wakes a job that sleeps or is paused. A job that runs or waits for I/O is left alone. */
export function enterJob(job: Job): void {
  if (job.co === null || job.deferredToMainLoop || job.busy) return;
  deleteAioTimer(job.sleepTimer);
  job.busy = true;
  enterInThread(job, job.co);
}

export function pauseJob(job: Job): void {
  job.pauseCount++;
  if (!job.paused) enterJob(job);
}

export function resumeJob(job: Job): void {
  assert(job.pauseCount > 0, 'a job resumes as often as it was paused');
  job.pauseCount--;
  // A job that merely sleeps still wakes at its own time.
  if (job.pauseCount === 0 && !isAioTimerArmed(job.sleepTimer)) enterJob(job);
}

function* yieldJob(job: Job, delay: Nanos | null): Co<void> {
  yield () => {
    job.busy = false;
    if (delay !== null) modAioTimer(job.sleepTimer, delay);
  };
}

/** A point at which the job pauses if it was asked to. */
export function* pausePoint(job: Job): Co<void> {
  if (!shouldPause(job) || isCancelled(job)) return;
  if (job.driver.pause !== undefined) yield* job.driver.pause(job);
  if (!shouldPause(job) || isCancelled(job)) return;
  const { status } = job;
  setStatus(job, status === 'ready' ? 'standby' : 'paused');
  job.paused = true;
  yield* yieldJob(job, null);
  job.paused = false;
  setStatus(job, status);
}

/** Sleeps for `delay` ns, unless there is a reason to pause or to end. */
export function* jobSleep(job: Job, delay: Nanos): Co<void> {
  if (job.forceCancel) return;
  if (!shouldPause(job)) yield* yieldJob(job, delay);
  yield* pausePoint(job);
}

/** Suspends the job until `enterJob` wakes it. */
export function* jobYield(job: Job): Co<void> {
  if (job.forceCancel) return;
  if (!shouldPause(job)) yield* yieldJob(job, null);
  yield* pausePoint(job);
}

export function addProgress(job: Job, bytes: number): void {
  job.progress.current += bytes;
  job.progress.remaining = Math.max(0, job.progress.remaining - bytes);
}

export const progressTotal = (job: Job): number => job.progress.current + job.progress.remaining;
