// human-commit.ts — The human monitor's `commit`: writes what is in an image into the image below it, at once. Mirrors block/commit.c: bdrv_commit, block/block-backend.c: blk_commit_all.
import type { Errno } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';

import type { Blocking } from '../../aio/main-loop.ts';
import { pollUntil } from '../../aio/main-loop.ts';
import { allocatedAbove } from '../../block/allocated-above.ts';
import type { BlockRequest } from '../../block/block-driver.ts';
import type { BlockLayer } from '../../block/block-layer.ts';
import { makeWritable } from '../../block/graph.ts';
import type { BlockNode } from '../../block/node.ts';
import {
  childNode,
  drainTwice,
  flushRequest,
  nodeLength,
  refuseBusy,
  skipFilters,
  skipImplicit,
  submitRequest,
} from '../../block/node.ts';
import { refuseUse } from '../../block/permissions.ts';
import { emptyImage } from '../../block/qcow2-empty.ts';
import { reopenReadOnly } from '../../block/reopen-flush.ts';
import { ALL_RIGHTS, RIGHT } from '../../block/rights.ts';
import { qcow2State } from '../../drivers/qcow2-read.ts';
import { truncateNode } from '../../drivers/truncate-node.ts';
import type { Vm } from '../../vm/vm.ts';

/** Bytes of one request. */
const BUFFER: number = 1 << 20;

/** Returns the monitor's answer. */
export function* humanCommit({ layer }: Vm, name: string): Blocking<string> {
  if (name === 'all') return said(name, yield* commitAll(layer));
  const blk = layer.backends.find((one) => one.name === name);
  if (blk === undefined) return `Device '${name}' not found\r\n`;
  if (!blk.inserted) return `Device '${name}' has no medium\r\n`;
  return said(name, yield* commitNode(skipImplicit(blk.node)));
}

/** An errno is the command's; a text stands for itself. */
type Refusal = { readonly errno: Errno } | { readonly text: string } | null;

function said(name: string, refusal: Refusal): string {
  if (refusal === null) return '';
  return 'text' in refusal
    ? `${refusal.text}\r\n`
    : `'commit' error for '${name}': ${strerror(refusal.errno)}\r\n`;
}

/** The backends of jobs and of exports have their turn, too. */
function* commitAll({ backends, roots }: BlockLayer): Blocking<Refusal> {
  for (const blk of [...backends.filter(({ inserted }) => inserted), ...roots]) {
    const node = skipFilters(blk.node);
    if (childNode(node, 'backing') === undefined) continue;
    const refusal = yield* commitNode(node);
    if (refusal !== null && 'errno' in refusal) return refusal;
  }
  return null;
}

function* commitNode(node: BlockNode): Blocking<Refusal> {
  const base = childNode(node, 'backing');
  if (base === undefined) return { errno: 'EOPNOTSUPP' };
  if ((refuseBusy(node) ?? refuseBusy(base)) !== null) return { errno: 'EBUSY' };
  const wasReadOnly = base.readOnly;
  if (makeWritable(base) !== null) return { errno: 'EACCES' };
  const conflict = refuseUse(base, { needs: RIGHT.write | RIGHT.resize, shares: ALL_RIGHTS });
  yield* drainTwice(node);
  const refusal = conflict === null ? yield* copyDown(node, base) : { text: conflict };
  if (wasReadOnly) yield* reopenReadOnly(base, true);
  return refusal;
}

function* copyDown(node: BlockNode, base: BlockNode): Blocking<Refusal> {
  const length = nodeLength(node);
  if (length > nodeLength(base) && truncateNode(base, length).kind !== 'done')
    return { errno: 'EOPNOTSUPP' };
  for (let offset = 0; offset < length;) {
    const { allocated, bytes } = allocatedAbove(node, base, {
      offset,
      bytes: Math.min(BUFFER, length - offset),
    });
    const errno = allocated ? yield* copyRun(node, base, { offset, bytes }) : null;
    if (errno !== null) return { errno };
    offset += bytes;
  }
  if (node.driver.name === 'qcow2') emptyImage(qcow2State(node).image);
  yield* request(node, flushRequest);
  yield* request(base, flushRequest);
  return null;
}

function* copyRun(
  node: BlockNode,
  base: BlockNode,
  { offset, bytes }: { readonly offset: number; readonly bytes: number },
): Blocking<Errno | null> {
  const data = new Uint8Array(bytes);
  const read = yield* request(node, { op: 'read', offset, bytes, data });
  return read ?? (yield* request(base, { op: 'write', offset, bytes, data }));
}

function* request(node: BlockNode, wanted: BlockRequest): Blocking<Errno | null> {
  let result: Errno | null | 'pending' = 'pending';
  submitRequest(node, wanted, (ret) => {
    result = ret;
  });
  yield* pollUntil(() => result !== 'pending');
  return result as unknown as Errno | null;
}
