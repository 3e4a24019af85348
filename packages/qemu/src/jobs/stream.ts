// stream.ts — Copies into an overlay the data that it reads from its backing chain. Mirrors block/stream.c.
import type { Errno } from '@dmsim/sim';

import type { Co } from '../aio/coroutine.ts';
import type { Blocking } from '../aio/main-loop.ts';
import { allocatedAbove } from '../block/allocated-above.ts';
import { drainSubtree, endSections } from '../block/drain-subtree.ts';
import type { ErrorPolicy } from '../block/error-action.ts';
import { dropFilter } from '../block/filter.ts';
import { closeNode, setChild } from '../block/graph.ts';
import { nodeFilename } from '../block/node-filename.ts';
import type { BlockNode } from '../block/node.ts';
import { childNode, nodeBehind, nodeLength, removeUser } from '../block/node.ts';
import { reopenReadOnly } from '../block/reopen-flush.ts';
import type { RootUser } from '../block/root-user.ts';
import { deleteRootUser } from '../block/root-user.ts';
import { nameBacking } from '../drivers/backing-file.ts';
import { jobErrorAction, jobRequest, releaseNodes } from './block-job.ts';
import type { Job, JobDriver, JobReturn } from './job.ts';
import { addProgress, jobSleep } from './job.ts';
import { delayFor } from './rate-limit.ts';

const CHUNK: number = 512 << 10;

export interface StreamState {
  readonly filter: BlockNode;
  readonly node: BlockNode;
  /** The image that is filled: the node, or the one below the filters that it begins with. */
  readonly image: BlockNode;
  /** The node at which copying stops; null copies the whole chain. */
  readonly base: BlockNode | null;
  /** The last image that is copied. What lies below it may change while the job runs. */
  readonly bottom: BlockNode;
  /** The backing file name to write into the overlay; null means the base's own name. */
  readonly backingFile: string | null;
  readonly onError: ErrorPolicy;
  /** The node was read-only before the job, and will be again after it. */
  readonly wasReadOnly: boolean;
  /** The backends through which the job reads and writes. */
  readonly roots: RootUser[];
  /** The images that the finished job has detached; null before. */
  detached: BlockNode | null;
}

const stateOf = (job: Job): StreamState => job.state as StreamState;

function* run(job: Job): Co<JobReturn> {
  const { node, image, base, onError } = stateOf(job);
  const { sim } = job.layer;
  const backing = childNode(image, 'backing');
  if (backing === undefined || backing === base) return null;
  const length = nodeLength(node);
  job.progress.remaining = length;
  let error: Errno | null = null;
  let delay = 0;
  for (let offset = 0; offset < length;) {
    yield* jobSleep(job, delay);
    if (job.forceCancel) break;
    const step = yield* streamChunk(job, offset, Math.min(CHUNK, length - offset));
    if (step.ret !== null) {
      const action = jobErrorAction(job, { policy: onError, isRead: true, errno: step.ret });
      delay = 0;
      if (action === 'stop') continue;
      error ??= step.ret;
      if (action === 'report') break;
    }
    addProgress(job, step.bytes);
    offset += step.bytes;
    delay = step.copied ? delayFor(job.limit, sim.now, step.bytes) : 0;
  }
  return error;
}

interface Step {
  readonly ret: Errno | null;
  readonly bytes: number;
  readonly copied: boolean;
}

/** Copies one chunk with a copy-on-read. Read and write are one call, so the job can't tell which of them failed. */
function* streamChunk(job: Job, offset: number, max: number): Co<Step> {
  const { node, image, base } = stateOf(job);
  const own = allocatedAbove(image, childNode(image, 'backing') ?? null, { offset, bytes: max });
  if (own.allocated) return { ret: null, bytes: own.bytes, copied: false };
  const below = allocatedAbove(image, base, { offset, bytes: own.bytes });
  if (!below.allocated) return { ret: null, bytes: below.bytes, copied: false };
  const { bytes } = below;
  const data = new Uint8Array(bytes);
  const read = yield* jobRequest(job, node, { op: 'read', offset, bytes, data });
  // Data that the guest has written since is newer: QEMU makes its write wait, as the copy is one serialising request.
  const copy = { op: 'write', offset, bytes, data, onlyNew: true } as const;
  const ret = read ?? (yield* jobRequest(job, node, copy));
  return { ret, bytes, copied: true };
}

/** All data is copied: detaches the overlay from the images below it. */
function* commit(job: Job): Blocking<void> {
  const state = stateOf(job);
  leaveFilter(job);
  yield* dropFilter(state.filter);
  const drained = yield* drainSubtree(state.bottom);
  cutChain(state);
  endSections(drained);
}

function cutChain(state: StreamState): void {
  const { image, bottom, backingFile } = state;
  const old = childNode(image, 'backing');
  if (old === undefined) return;
  const base = nodeBehind(bottom) ?? null;
  setChild(image, 'backing', base);
  const name = base === null ? null : (backingFile ?? nodeFilename(base));
  nameBacking(image, name, base?.driver.name ?? null);
  state.detached = old;
}

function leaveFilter(job: Job): void {
  const { filter } = stateOf(job);
  const own = job.nodes.findIndex((use) => use.node === filter);
  if (own >= 0) job.nodes.splice(own, 1);
  removeUser(filter, job.user);
}

function* clean(job: Job): Blocking<void> {
  const { filter, node, roots, wasReadOnly } = stateOf(job);
  leaveFilter(job);
  if (filter.layer.nodes.has(filter.name)) yield* dropFilter(filter);
  for (const root of roots.splice(0)) yield* deleteRootUser(root);
  if (wasReadOnly) yield* reopenReadOnly(node, true);
}

/** The images that the job used stay in its use, and open, until it is dismissed. */
function free(job: Job): void {
  const { detached } = stateOf(job);
  releaseNodes(job);
  if (detached !== null && !detached.monitorOwned) closeNode(detached);
}

export const streamDriver: JobDriver = { type: 'stream', run, commit, clean, free };
