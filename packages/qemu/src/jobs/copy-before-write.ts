// copy-before-write.ts — The filter of a backup: it copies the old data before a guest's write replaces it. Mirrors block/copy-before-write.c.
import type { BlockDriver } from '../block/block-driver.ts';
import { setDirty } from '../block/dirty-bitmap.ts';
import { submitRequest } from '../block/node.ts';
import { ALL_RIGHTS, RIGHT, SHARED_BY_READERS } from '../block/rights.ts';
import { passThrough } from '../drivers/job-filters.ts';
import { fileOf } from '../drivers/raw.ts';
import type { BlockCopy } from './block-copy.ts';
import { startCopy } from './block-copy.ts';

/** If the old data can't be saved, the write is not made: the guest gets the error, and the backup stays correct. */
export const copyBeforeWrite: BlockDriver = {
  ...passThrough('copy-before-write'),
  childRights: (parent, role, { needs, shares }) => {
    // The guest may write to the image on which the target rests. The size is looked at only once.
    if (role === 'target') return { needs: RIGHT.write, shares: ALL_RIGHTS & ~RIGHT.resize };
    if (parent.users.length === 0) return { needs, shares };
    const reads = (needs & RIGHT.write) === 0 ? 0 : RIGHT.consistentRead;
    return { needs: needs | reads, shares: shares & SHARED_BY_READERS };
  },
  submit: (node, request, complete) => {
    const below = fileOf(node);
    if (request.op === 'read' || request.op === 'flush') {
      submitRequest(below, request, complete);
      return;
    }
    const copy = node.state as BlockCopy;
    const { granularity, length } = copy.toCopy;
    const { offset, bytes } = request;
    const start = Math.floor(offset / granularity) * granularity;
    const end = Math.min(Math.ceil((offset + bytes) / granularity) * granularity, length);
    startCopy(
      copy,
      { offset: start, end },
      {
        limited: false,
        onEnd: ({ failure }) => {
          if (failure === null) {
            setDirty(copy.saved, start, end - start);
            submitRequest(below, request, complete);
          } else complete(failure.errno);
        },
      },
    );
  },
};
