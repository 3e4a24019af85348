// create.ts — Makes a file, or writes an empty image into a node. Mirrors block/create.c: blockdev_create_run.
import { after, micros } from '@dmsim/sim';

import { handlerReady } from '../aio/aio-context.ts';
import type { Co } from '../aio/coroutine.ts';
import { coCall } from '../aio/coroutine.ts';
import { withoutHint } from '../block/image-locks.ts';
import type { Job, JobDriver, JobReturn } from './job.ts';

export interface CreateState {
  /** Says why nothing can be made, or null. */
  readonly refuse: () => string | null;
  /** Makes it, after a turn through the thread pool. Returns why it could not, or null. */
  readonly make: () => string | null;
}

function* run(job: Job): Co<JobReturn> {
  const { refuse, make } = job.state as CreateState;
  job.progress.remaining = 1;
  const refusal = refuse();
  if (refusal === null) yield* throughThreadPool(job);
  const error = refusal ?? make();
  job.progress = { current: 1, remaining: 0 };
  if (error === null) return null;
  job.error = withoutHint(error);
  return 'EINVAL';
}

function* throughThreadPool({ id, layer }: Job): Co<void> {
  const { sim, main, coroutines } = layer;
  yield* coCall<null>(coroutines, (done) =>
    after(sim, micros(100), `host I/O of job ${id}`, () =>
      handlerReady(main.aio, `job ${id} goes on`, () => done(null)),
    ),
  );
}

export const createDriver: JobDriver = { type: 'create', run };

function* amend(job: Job): Co<JobReturn> {
  job.progress = { current: 1, remaining: 0 };
  return null;
}

/** Nothing that could change is simulated, so there is nothing to do. */
export const amendDriver: JobDriver = { type: 'amend', run: amend };
