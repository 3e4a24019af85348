// mirror-exit.ts — Ends a mirror: removes its filter and, after a pivot, moves the users of the source to the target. Mirrors block/mirror.c: mirror_exit_common.
import type { Blocking } from '../aio/main-loop.ts';
import { removeBitmap } from '../block/dirty-bitmap.ts';
import { removeFilter } from '../block/filter.ts';
import { closeNode, replaceNode, setChild } from '../block/graph.ts';
import { childNode, drainedBegin, drainedEnd, primaryChild } from '../block/node.ts';
import { reopenReadOnly } from '../block/reopen-flush.ts';
import { removeRootUser } from '../block/root-user.ts';
import type { MirrorTop } from '../drivers/job-filters.ts';
import { releaseNodes } from './block-job.ts';
import type { Job } from './job.ts';
import type { MirrorState } from './mirror-state.ts';
import { mirrorState } from './mirror-state.ts';

/**
 * Runs however the job ended. After a pivot, the users of the source get the target below the filter, then the filter is
 * removed.
 */
export function* endMirror(job: Job): Blocking<void> {
  const s = mirrorState(job);
  const { source, filter } = s;
  removeBitmap(source, s.bitmap);
  if (s.targetUser !== null) removeRootUser(s.targetUser);
  yield* drainedBegin(filter);
  const top = filter.state as MirrorTop;
  top.activeWrites = null;
  top.stopped = true;
  if (s.pivot && job.ret === null && !job.forceCancel) yield* pivot(s);
  releaseNodes(job);
  const below = primaryChild(filter);
  removeFilter(filter);
  if (s.drained) drainedEnd(source);
  s.drained = false;
  drainedEnd(filter);
  // Closes a node that belonged to a drive and that nothing uses any more.
  if (below !== source && !source.monitorOwned) closeNode(source);
  if (!s.target.monitorOwned) closeNode(s.target);
}

function* pivot(s: MirrorState): Blocking<void> {
  if (s.backing === 'source' && s.target.driver.readsBacking === true) {
    const backing = s.sync === 'none' ? s.source : childNode(s.source, 'backing');
    if (s.sync !== 'full' && backing !== undefined) setChild(s.target, 'backing', backing);
  }
  if (s.backing === 'open') s.target.driver.openBacking?.(s.target);
  if (s.target.readOnly !== s.replaces.readOnly)
    yield* reopenReadOnly(s.target, s.replaces.readOnly);
  replaceNode(s.replaces, s.target);
}
