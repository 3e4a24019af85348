// job-filters.ts — The filters of jobs: each passes requests on, and some do more. Mirrors block/mirror.c, block/commit.c, block/copy-before-write.c.
import type { BlockDriver } from '../block/block-driver.ts';
import { nodeFilename } from '../block/node-filename.ts';
import { nodeLength, passDown } from '../block/node.ts';
import { NO_NEEDS, RIGHT } from '../block/rights.ts';
import { allocatedSize, allocationBelow, clusterInfo, fileOf } from './raw.ts';

/** A filter that changes nothing: requests go to the node below. */
export function passThrough(name: string): BlockDriver {
  return {
    name,
    isFilter: true,
    refusesReopen: true,
    strongOptions: [],
    open: () => ({ kind: 'failed', why: `Driver '${name}' can only be used by a job` }),
    length: (node) => nodeLength(fileOf(node)),
    submit: (node, request, complete) => passDown(fileOf(node), request, complete),
    filename: (node) => nodeFilename(fileOf(node)),
    allocation: (node, offset, bytes) => allocationBelow(fileOf(node), offset, bytes),
    readsZeroes: (node) => fileOf(node).driver.readsZeroes(fileOf(node)),
    imageInfo: clusterInfo,
    allocatedSize: (node) => allocatedSize(fileOf(node)),
    hasInfo: (node) => fileOf(node).driver.hasInfo(fileOf(node)),
  };
}

export const commitTop: BlockDriver = {
  ...passThrough('commit_top'),
  childName: 'backing',
  childRights: () => NO_NEEDS,
};

/** The state of the mirror's filter: the job, once there is one. */
export interface MirrorTop {
  /** Handles a guest's write that must reach source and target before it completes; null if there is no such need. */
  activeWrites: Pick<BlockDriver, 'submit'> | null;
  /** True for a commit, whose source nobody may rely on, and whose base is written below it. */
  readonly isCommit: boolean;
  /** True once the job has ended: the filter then needs nothing. */
  stopped: boolean;
}

export const mirrorTop: BlockDriver = {
  ...passThrough('mirror_top'),
  childName: 'backing',
  childRights: ({ state }, _role, { needs, shares }) => {
    const { isCommit, stopped } = state as MirrorTop;
    if (stopped) return NO_NEEDS;
    return isCommit
      ? { needs: needs & ~RIGHT.consistentRead, shares: shares | RIGHT.write }
      : { needs, shares };
  },
  submit: (node, given, complete) => {
    const { activeWrites } = node.state as MirrorTop;
    // The filter does not know the flag that lets zeroes give room back.
    const request = given.mayUnmap === true ? { ...given, mayUnmap: false } : given;
    if (activeWrites === null || request.op === 'read') passDown(fileOf(node), request, complete);
    else activeWrites.submit(node, request, complete);
  },
};
