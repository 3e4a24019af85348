// snapshot-access.ts — The disk below as it was when the filter of copy-before-write below was opened. Mirrors block/snapshot-access.c.
import { NotSupported } from '@dmsim/sim';

import type { BlockDriver, ZeroStatus } from '../block/block-driver.ts';
import { zeroStatus } from '../block/block-status.ts';
import { nodeFilename } from '../block/node-filename.ts';
import type { BlockNode } from '../block/node.ts';
import { nodeLength } from '../block/node.ts';
import { NO_NEEDS } from '../block/rights.ts';
import { allocatedSize, fileOf } from '../drivers/raw.ts';
import {
  copyBeforeWrite,
  discardSnapshot,
  readSnapshot,
  snapshotPart,
} from './copy-before-write.ts';

/** Null if the node below keeps no snapshot. */
function keeperOf(node: BlockNode): BlockNode | null {
  const below = fileOf(node);
  return below.driver === copyBeforeWrite ? below : null;
}

/** cbw_co_snapshot_block_status. Of what may not be read, nothing is known. */
function zeroRun(node: BlockNode, offset: number, bytes: number): ZeroStatus {
  const keeper = keeperOf(node);
  const part = keeper === null ? null : snapshotPart(keeper, offset, bytes);
  if (part === null) return { zero: false, failed: true, bytes };
  const status = zeroStatus(part.node, offset, part.bytes);
  if (status.unknown === true && part.node !== keeper?.children[0]?.node)
    throw new NotSupported('qemu', 0, `a snapshot kept in ${part.node.name}: QEMU aborts`);
  return status;
}

export const snapshotAccess: BlockDriver = {
  name: 'snapshot-access',
  passesDiscards: true,
  unmapsZeroes: () => false,
  strongOptions: [],
  open: (options, opener) => {
    const child = opener.child(options, 'file');
    if (typeof child === 'string') return { kind: 'failed', why: child };
    return { kind: 'opened', state: null, children: [child] };
  },
  length: (node) => nodeLength(fileOf(node)),
  childRights: () => NO_NEEDS,
  submit: (node, request, complete) => {
    const keeper = keeperOf(node);
    if (request.op === 'flush') complete(null);
    else if (keeper === null || request.op === 'write' || request.op === 'write-zeroes')
      complete('EOPNOTSUPP');
    else if (request.op === 'discard') discardSnapshot(keeper, request, complete);
    else readSnapshot(keeper, request, complete);
  },
  filename: (node) => nodeFilename(fileOf(node)),
  readsZeroes: () => false,
  zeroRun,
  allocatedSize: (node) => allocatedSize(fileOf(node)),
  hasInfo: () => false,
};
