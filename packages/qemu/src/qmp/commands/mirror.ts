// mirror.ts — blockdev-mirror, and block-commit of the active image, which is a mirror as well. Mirrors blockdev.c: blockdev_mirror_common, block/mirror.c: mirror_start_job.
import type { Blocking } from '../../aio/main-loop.ts';
import { addBitmap, createDirtyBitmap } from '../../block/dirty-bitmap.ts';
import { createFilter, insertFilter, removeFilter } from '../../block/filter.ts';
import { lookupNode } from '../../block/graph.ts';
import type { BlockNode } from '../../block/node.ts';
import {
  nodeLength,
  primaryChild,
  refuseBacking,
  refuseBusy,
  skipImplicit,
} from '../../block/node.ts';
import type { Rights } from '../../block/rights.ts';
import { NO_NEEDS, RIGHT, SHARED_BY_READERS } from '../../block/rights.ts';
import { addRootUser, removeRootUser } from '../../block/root-user.ts';
import type { MirrorTop } from '../../drivers/job-filters.ts';
import { mirrorTop } from '../../drivers/job-filters.ts';
import { clusterSizeOf } from '../../drivers/raw.ts';
import { useNodes } from '../../jobs/block-job.ts';
import type { Job } from '../../jobs/job.ts';
import { activeWrite } from '../../jobs/mirror-active.ts';
import type { MirrorState } from '../../jobs/mirror-state.ts';
import { createMirrorState } from '../../jobs/mirror-state.ts';
import { activeCommitDriver, mirrorDriver } from '../../jobs/mirror.ts';
import { launch } from '../../jobs/transaction.ts';
import type { Vm } from '../../vm/vm.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, flagArg, numberArg, stringArg, success } from '../command.ts';
import type { JsonObject } from '../json.ts';
import type { Member } from '../qapi.ts';
import { optional, required } from '../qapi.ts';
import {
  abandonJob,
  betweenUses,
  JOB_ENDS,
  newJob,
  policyArg,
  RECORDED_POLICIES,
  refuseStop,
  rootNode,
  SYNC,
} from './new-job.ts';

const SMALLEST_GRANULARITY = 4096;
const GRANULARITY: number = 64 << 10;
const MAX_GRANULARITY: number = 64 << 20;
const BUFFER: number = 16 << 20;

export const MIRROR_ARGS: readonly Member[] = [
  optional('job-id', 'string'),
  required('device', 'string'),
  required('target', 'string'),
  optional('replaces', 'string'),
  required('sync', SYNC),
  optional('speed', 'integer'),
  optional('granularity', 'uint32'),
  optional('buf-size', 'integer'),
  optional('on-source-error', RECORDED_POLICIES),
  optional('on-target-error', RECORDED_POLICIES),
  optional('filter-node-name', 'string'),
  optional('copy-mode', ['background', 'write-blocking']),
  ...JOB_ENDS,
];

export const blockdevMirror: QmpCommand = {
  name: 'blockdev-mirror',
  args: MIRROR_ARGS,
  *run(vm, args): Blocking<CommandResult> {
    const source = rootNode(vm, stringArg(args, 'device') ?? '');
    if (typeof source === 'string') return failure(source);
    const target = lookupNode(vm.layer, stringArg(args, 'target') ?? '');
    if (typeof target === 'string') return failure(target);
    return yield* runMirror(vm, { args, source, target, backing: 'leave' });
  },
};

/** blockdev_mirror_common: checks what is asked for, and starts the job. */
export function* runMirror(
  vm: Vm,
  { backing, ...ends }: Ends & Pick<MirrorStart, 'backing'>,
): Blocking<CommandResult> {
  const refusal = refuseMirror(vm, ends);
  if (refusal !== null) return failure(refusal);
  const replaces = replacedNode(vm, ends.args, ends.source);
  if (typeof replaces === 'string') return failure(replaces);
  const late = refuseStart(ends);
  if (late !== null) return failure(late);
  return yield* startMirror(vm, { ...ends, replaces, base: null, backing });
}

interface Ends {
  readonly args: JsonObject;
  readonly source: BlockNode;
  readonly target: BlockNode;
}

function refuseMirror(vm: Vm, { args, source, target }: Ends): string | null {
  const granularity = numberArg(args, 'granularity') ?? 0;
  if (granularity !== 0 && (granularity < 512 || granularity > MAX_GRANULARITY))
    return "Parameter 'granularity' expects a value in range [512B, 64MB]";
  if (granularity !== 0 && !Number.isInteger(Math.log2(granularity)))
    return "Parameter 'granularity' expects a power of 2";
  if (refuseStop(vm, source, policyArg(args, 'on-source-error')) !== null)
    return "Invalid parameter 'on-source-error'";
  return refuseBusy(source) ?? refuseBusy(target) ?? refuseBacking(target);
}

/** Checks what QEMU checks only after the node to be replaced. */
function refuseStart({ args, source, target }: Ends): string | null {
  const sync = stringArg(args, 'sync') ?? 'full';
  if (sync === 'incremental' || sync === 'bitmap') return `Sync mode '${sync}' not supported`;
  if ((numberArg(args, 'buf-size') ?? 0) < 0) return "Invalid parameter 'buf-size'";
  return source === target ? "Can't mirror node into itself" : null;
}

/** check_to_replace_node: the node that the target will replace. A string is the refusal. */
function replacedNode(vm: Vm, args: JsonObject, source: BlockNode): BlockNode | string {
  const name = stringArg(args, 'replaces');
  if (name === undefined) return skipImplicit(source);
  const node = vm.layer.nodes.get(name);
  if (node === undefined) return `Failed to find node with node-name='${name}'`;
  const busy = refuseBusy(node) ?? refuseBacking(node);
  if (busy !== null) return busy;
  if (!canReplace(source, node))
    return `Cannot replace '${name}' by a node mirrored from '${source.name}', because it cannot be guaranteed that doing so would not lead to an abrupt change of visible data`;
  return node;
}

/** bdrv_recurse_can_replace: the node itself, or one that filters alone separate from it. */
function canReplace(node: BlockNode, replaced: BlockNode): boolean {
  if (node === replaced) return true;
  const { filters, isFilter } = node.driver;
  const below = filters === true || isFilter === true ? primaryChild(node) : undefined;
  return below !== undefined && canReplace(below, replaced);
}

/** bdrv_get_default_bitmap_granularity: the target's clusters, if they are not too small or too large. */
function defaultGranularity(target: BlockNode): number {
  const cluster = clusterSizeOf(target);
  return cluster === 0
    ? GRANULARITY
    : Math.min(GRANULARITY, Math.max(SMALLEST_GRANULARITY, cluster));
}

export interface MirrorStart extends Ends {
  readonly replaces: BlockNode;
  /** For an active commit, the target node, which lies below the source; else null. */
  readonly base: BlockNode | null;
  readonly backing: MirrorState['backing'];
}

export function* startMirror(vm: Vm, start: MirrorStart): Blocking<CommandResult> {
  const { args, source, base } = start;
  const top: MirrorTop = { activeWrites: null, isCommit: base !== null, stopped: false };
  const filter = createFilter(vm.layer, {
    driver: mirrorTop,
    name: stringArg(args, 'filter-node-name'),
    hidden: true,
    below: source,
    state: top,
  });
  if (typeof filter === 'string') return failure(filter);
  const conflict = yield* insertFilter(filter);
  if (conflict !== null) return failure(conflict);
  const state = mirrorStateOf(start, filter);
  const driver = base === null ? mirrorDriver : activeCommitDriver;
  const main = {
    node: filter,
    rights: { needs: RIGHT.consistentRead, shares: SHARED_BY_READERS | RIGHT.write },
  };
  const prepared = newJob(vm, { args, driver, state, main });
  const why = prepared.kind === 'refused' ? prepared.why : takeNodes(prepared.job, start, state);
  if (prepared.kind === 'refused' || why !== null) {
    top.stopped = true;
    if (state.targetUser !== null) removeRootUser(state.targetUser);
    if (prepared.kind === 'job') abandonJob(prepared.job);
    removeFilter(filter);
    return failure(why ?? '');
  }
  const { job } = prepared;
  addBitmap(source, state.bitmap);
  if (state.writeBlocking)
    top.activeWrites = {
      submit: (_node, request, complete) => activeWrite(job, request, complete),
    };
  launch(job);
  return success();
}

/** Reserves the target and the images between. Returns the refusal, or null. */
function takeNodes(
  job: Job,
  { source, target, base }: MirrorStart,
  state: MirrorState,
): string | null {
  const writer = addRootUser(target, targetRights(source, target, base !== null), 'stays');
  if (typeof writer === 'string') return writer;
  state.targetUser = writer;
  const shared = { needs: 0, shares: SHARED_BY_READERS | RIGHT.write };
  return useNodes(job, [
    { node: source, name: 'source', rights: shared },
    { node: target, name: 'target', rights: NO_NEEDS },
    ...(base === null ? [] : betweenUses(source, base)),
  ]);
}

/** A base that is smaller than the source has to grow. Nobody may rely on what is in the target of a mirror. */
function targetRights(source: BlockNode, target: BlockNode, isCommit: boolean): Rights {
  // In 2012 nobody asked for the other users of a target.
  if (target.layer.jobErrors === 'rfc') return NO_NEEDS;
  if (!isCommit) return { needs: RIGHT.write, shares: RIGHT.writeUnchanged };
  const grows = nodeLength(target) < nodeLength(source) ? RIGHT.resize : 0;
  return { needs: RIGHT.write | grows, shares: SHARED_BY_READERS | RIGHT.write };
}

/** An argument that must be positive; 0 selects the default. */
function positiveArg(args: JsonObject, name: string): number | undefined {
  const value = numberArg(args, name);
  return value === 0 ? undefined : value;
}

function mirrorStateOf(
  { args, source, target, replaces, base, backing }: MirrorStart,
  filter: BlockNode,
): ReturnType<typeof createMirrorState> {
  const granularity = positiveArg(args, 'granularity') ?? defaultGranularity(target);
  const onError = base === null ? null : policyArg(args, 'on-error');
  const bufSize = numberArg(args, 'buf-size') ?? 0;
  const writeBlocking = stringArg(args, 'copy-mode') === 'write-blocking';
  return createMirrorState({
    filter,
    source,
    target,
    replaces,
    sync: base === null ? (stringArg(args, 'sync') as 'full' | 'top' | 'none') : 'full',
    writeBlocking,
    unmaps: flagArg(args, 'unmap') ?? true,
    onSourceError: onError ?? policyArg(args, 'on-source-error'),
    onTargetError: onError ?? policyArg(args, 'on-target-error'),
    granularity,
    bufSize: bufSize > 0 ? Math.ceil(bufSize / granularity) * granularity : BUFFER,
    base,
    backing,
    targetIsZero: backing === 'source',
    bitmap: createDirtyBitmap(nodeLength(source), granularity, !writeBlocking),
  });
}
