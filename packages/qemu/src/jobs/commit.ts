// commit.ts — Writes the data of an intermediate image into the image below it. Mirrors block/commit.c.
import type { Errno } from '@dmsim/sim';

import type { Co } from '../aio/coroutine.ts';
import type { Blocking } from '../aio/main-loop.ts';
import { allocatedAbove } from '../block/allocated-above.ts';
import { drainSubtree, endSections } from '../block/drain-subtree.ts';
import type { ErrorPolicy } from '../block/error-action.ts';
import { dropFilter, removeFilter } from '../block/filter.ts';
import { closeNode, setChild } from '../block/graph.ts';
import { nodeFilename } from '../block/node-filename.ts';
import type { BlockNode } from '../block/node.ts';
import { nodeLength } from '../block/node.ts';
import { reopenReadOnly } from '../block/reopen-flush.ts';
import type { RootUser } from '../block/root-user.ts';
import { deleteRootUser } from '../block/root-user.ts';
import { nameBacking } from '../drivers/backing-file.ts';
import {
  afterIgnoredError,
  growBase,
  jobErrorAction,
  jobRequest,
  releaseNodes,
} from './block-job.ts';
import type { Job, JobDriver, JobReturn } from './job.ts';
import { addProgress, jobSleep } from './job.ts';
import { delayFor } from './rate-limit.ts';

const BUFFER: number = 512 << 10;

export interface CommitState {
  /** The job's filter, above `top`. */
  readonly filter: BlockNode;
  /** The image above `top`. After the job its backing image is `base`. */
  readonly overlay: BlockNode;
  readonly top: BlockNode;
  readonly base: BlockNode;
  /** The backing file name to write into the overlay; null means the base's own name. */
  readonly backingFile: string | null;
  readonly onError: ErrorPolicy;
  /** The base was read-only before the job, and will be again after it. */
  readonly wasReadOnly: boolean;
  /** The backends through which the job reads and writes. */
  readonly roots: RootUser[];
}

const stateOf = (job: Job): CommitState => job.state as CommitState;

function* run(job: Job): Co<JobReturn> {
  const { top, base, onError } = stateOf(job);
  const length = nodeLength(top);
  job.progress.remaining = length;
  const grown = yield* growBase(job, base, length);
  if (grown !== null) return grown;
  let delay = 0;
  for (let offset = 0; offset < length;) {
    yield* jobSleep(job, delay);
    if (job.forceCancel) break;
    const step = yield* commitChunk(job, offset, Math.min(BUFFER, length - offset));
    if (step.ret !== null) {
      const { ret, isRead } = step;
      const action = jobErrorAction(job, { policy: onError, isRead, errno: ret });
      if (action === 'report') return ret;
      if (action === 'ignore') yield* afterIgnoredError(job);
      // Retries the same chunk without delay: with the policy `ignore`, a lasting fault makes this a busy loop.
      delay = 0;
      continue;
    }
    addProgress(job, step.bytes);
    offset += step.bytes;
    delay = step.copied ? delayFor(job.limit, job.layer.sim.now, step.bytes) : 0;
  }
  return null;
}

interface Step {
  readonly ret: Errno | null;
  readonly isRead: boolean;
  readonly bytes: number;
  readonly copied: boolean;
}

function* commitChunk(job: Job, offset: number, max: number): Co<Step> {
  const { top, base } = stateOf(job);
  const { allocated, bytes } = allocatedAbove(top, base, { offset, bytes: max });
  if (!allocated) return { ret: null, isRead: true, bytes, copied: false };
  const data = new Uint8Array(bytes);
  const read = yield* jobRequest(job, top, { op: 'read', offset, bytes, data });
  if (read !== null) return { ret: read, isRead: true, bytes, copied: true };
  const write = yield* jobRequest(job, base, { op: 'write', offset, bytes, data });
  return { ret: write, isRead: false, bytes, copied: true };
}

/** The backends of the job: the base's, then the top's. */
function* releaseRoots(job: Job, most: number): Blocking<void> {
  for (const root of stateOf(job).roots.splice(0, most)) yield* deleteRootUser(root);
}

function* commit(job: Job): Blocking<void> {
  const { filter, overlay, top, base, backingFile } = stateOf(job);
  yield* releaseRoots(job, 1);
  const drained = yield* drainSubtree(filter);
  removeFilter(filter);
  const role = overlay.children.find(({ node }) => node === top)?.role ?? 'backing';
  setChild(overlay, role, base);
  endSections(drained);
  if (overlay.driver.name === 'qcow2')
    nameBacking(overlay, backingFile ?? nodeFilename(base), base.driver.name);
}

function* clean(job: Job): Blocking<void> {
  const { base, wasReadOnly } = stateOf(job);
  if (job.ret !== null) yield* abort(job);
  yield* releaseRoots(job, 1);
  if (wasReadOnly) yield* reopenReadOnly(base, true);
}

function* abort(job: Job): Blocking<void> {
  yield* releaseRoots(job, 1);
  releaseNodes(job);
  yield* dropFilter(stateOf(job).filter);
}

/** The images that the job used stay in its use, and the one that was committed open, until it is dismissed. */
function free(job: Job): void {
  releaseNodes(job);
  // A job whose filter was refused has no state.
  if (job.state === null) return;
  const { top, overlay } = stateOf(job);
  const isLeftOver = job.ret === null && overlay.children.every(({ node }) => node !== top);
  if (isLeftOver && !top.monitorOwned) closeNode(top);
}

export const commitDriver: JobDriver = { type: 'commit', run, commit, clean, free };
