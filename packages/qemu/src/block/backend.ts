// backend.ts — Connects a guest device to the block graph: made, drained, moved, deleted. Mirrors block/block-backend.c: blk_new, blk_set_perm, blk_unref.
import type { Nanos } from '@dmsim/sim';
import { assert } from '@dmsim/sim';

import type { AioContext } from '../aio/aio-context.ts';
import type { BlockStats } from './accounting.ts';
import { createStats } from './accounting.ts';
import type { BlockLayer } from './block-layer.ts';
import type { ErrorPolicy, IoStatus } from './error-action.ts';
import type { BlockNode, NodeUser } from './node.ts';
import { addUser, removeUser } from './node.ts';
import { refuseRights, UNNAMED } from './permissions.ts';
import type { Rehandle } from './rehandle.ts';
import { armTimer, deleteRehandle } from './rehandle.ts';
import type { Rights } from './rights.ts';
import { NO_NEEDS } from './rights.ts';
import type { ThrottleMember } from './throttle-group.ts';
import { releaseHeld } from './throttle-group.ts';

/** `recorded`: the series as it was posted. `reviewed`: with the four objections of its review fixed. */
export type RetryMode = 'recorded' | 'reviewed';

/**
 * Whose interval and time-out apply if a device sets none. `drive`, as in the posted series: the drive's.
 * `device`, as in a later fix: the device's defaults.
 */
export type RetrySettings = 'drive' | 'device';

export interface BlockBackend {
  readonly layer: BlockLayer;
  /** The drive's name; empty for a backend that a device created for itself, and once the drive has been deleted. */
  name: string;
  node: BlockNode;
  ctx: AioContext;
  onReadError: ErrorPolicy;
  onWriteError: ErrorPolicy;
  ioStatusEnabled: boolean;
  ioStatus: IoStatus;
  readonly retryMode: RetryMode;
  /** The attached device, as query-block names it; null if there is none. */
  qdev: string | null;
  writeCache: boolean;
  /** False for a drive without a medium: the node is then an empty one that no one else sees. */
  inserted: boolean;
  /** True if the medium that was there last was read-only, or if there was none yet. */
  lastReadOnly: boolean;
  /** The tray of a device whose medium can be removed; null for other devices. */
  tray: 'open' | 'closed' | null;
  /** The rights that its device needs, and those that it leaves to others. */
  rights: Rights;
  /** The drive's own retry options; a null member was not given. */
  driveRetry: { readonly interval: Nanos | null; readonly timeout: Nanos | null } | null;
  inFlight: number;
  quiesceCounter: number;
  /** Requests that arrived during a drained section. */
  readonly queued: (() => void)[];
  /** The backend's own limits, applied before the request reaches the node. */
  throttled: ThrottleMember | null;
  retry: Rehandle | null;
  /**
   * A retry was kept during a drained section. In `recorded` mode nothing wakes it; in `reviewed` mode the end of the
   * section does.
   */
  keptWhileDrained: boolean;
  ioHang: IoHang | null;
  deleted: boolean;
  readonly user: NodeUser;
  /** Asks for the VM to be stopped with the run state io-error. */
  readonly requestVmStop: () => void;
  readonly stats: BlockStats;
}

interface IoHang {
  readonly rehandle: Rehandle;
  readonly kept: (() => void)[];
  /** True while a device reset waits for the list to drain; errors are then passed on. */
  paused: boolean;
}

export interface BackendOptions {
  readonly name: string;
  readonly node: BlockNode;
  readonly retryMode: RetryMode;
  readonly requestVmStop: () => void;
}

export function createBackend(layer: BlockLayer, options: BackendOptions): BlockBackend {
  const { name, node, retryMode, requestVmStop } = options;
  const blk: BlockBackend = {
    layer,
    name,
    node,
    ctx: node.ctx,
    onReadError: 'report',
    onWriteError: 'enospc',
    ioStatusEnabled: false,
    ioStatus: 'ok',
    retryMode,
    qdev: null,
    writeCache: true,
    inserted: true,
    lastReadOnly: true,
    tray: null,
    rights: NO_NEEDS,
    driveRetry: null,
    inFlight: 0,
    quiesceCounter: 0,
    queued: [],
    throttled: null,
    retry: null,
    keptWhileDrained: false,
    ioHang: null,
    deleted: false,
    user: {
      kind: 'backend',
      parent: null,
      blocker: null,
      follow: (_from, to) => {
        blk.node = to;
      },
      describe: () => describe(blk),
      edges: () => [{ name: 'root', ...blk.rights }],
      drainedBegin: () => {
        blk.quiesceCounter++;
        const { throttled } = blk;
        if (throttled !== null && throttled.disabled++ === 0) releaseHeld(throttled);
      },
      drainedEnd: () => backendDrainedEnd(blk),
      drainedPoll: () => blk.inFlight > 0,
    },
    requestVmStop,
    stats: createStats(layer.sim),
  };
  addUser(node, blk.user);
  layer.backends.push(blk);
  layer.roots.push(blk);
  return blk;
}

/** blk_root_get_parent_desc */
function describe({ name, qdev }: BlockBackend): string {
  const shown = name === '' ? (qdev ?? '') : name;
  return shown === '' ? UNNAMED : `block device '${shown}'`;
}

function backendDrainedEnd(blk: BlockBackend): void {
  assert(blk.quiesceCounter > 0, 'a drained section ends once');
  if (blk.throttled !== null) blk.throttled.disabled--;
  if (--blk.quiesceCounter > 0) return;
  for (const go of blk.queued.splice(0)) go();
  if (blk.keptWhileDrained && blk.retryMode === 'reviewed' && blk.retry !== null)
    armTimer(blk.retry);
  blk.keptWhileDrained = false;
}

/** The name of the disk in lists of choices. */
export const diskName = ({ name, node }: BlockBackend): string => name || node.name;

/** blk_set_perm: gives the backend other rights, unless they conflict with those of others. Returns the refusal, or null. */
export function setRights(blk: BlockBackend, rights: Rights): string | null {
  const before = blk.rights;
  blk.rights = rights;
  const why = refuseRights(blk.node);
  if (why !== null) blk.rights = before;
  return why;
}

/** Deletes the backend and its timers when the device is gone. */
export function deleteBackend(blk: BlockBackend): void {
  blk.deleted = true;
  if (blk.retry !== null) deleteRehandle(blk.retry);
  if (blk.ioHang !== null) {
    deleteRehandle(blk.ioHang.rehandle);
    blk.ioHang.kept.length = 0;
  }
  blk.queued.length = 0;
  removeUser(blk.node, blk.user);
  const { backends, roots } = blk.layer;
  backends.splice(backends.indexOf(blk), 1);
  roots.splice(roots.indexOf(blk), 1);
}

/** Lets another thread serve the disk. In `recorded` mode the retry timer stays with the old thread. */
export function setBackendContext(blk: BlockBackend, ctx: AioContext): void {
  blk.ctx = ctx;
  setNodeContext(blk.node, ctx);
}

/** Moves a node, and those below it, to another thread. */
export function setNodeContext(node: BlockNode, ctx: AioContext): void {
  node.ctx = ctx;
  for (const child of node.children) setNodeContext(child.node, ctx);
}
