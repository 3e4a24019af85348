// job-start.ts — Starting jobs: block-stream, block-commit, blockdev-mirror, blockdev-backup, transaction. Mirrors blockdev.c.
import type { Blocking } from '../../aio/main-loop.ts';
import { createDirtyBitmap, setDirty } from '../../block/dirty-bitmap.ts';
import type { ErrorPolicy } from '../../block/error-action.ts';
import { findNode } from '../../block/graph.ts';
import type { BlockNode } from '../../block/node.ts';
import { childNode, drainedBegin, drainedEnd, nodeLength } from '../../block/node.ts';
import { backupDriver } from '../../jobs/backup.ts';
import type { BackupState } from '../../jobs/backup.ts';
import { setSpeed, useNode } from '../../jobs/block-job.ts';
import { commitDriver } from '../../jobs/commit.ts';
import type { Job, JobDriver } from '../../jobs/job.ts';
import { createJob, setStatus } from '../../jobs/job.ts';
import { activeCommitDriver, createMirrorState, mirrorDriver } from '../../jobs/mirror.ts';
import { streamDriver } from '../../jobs/stream.ts';
import type { JobTxn } from '../../jobs/transaction.ts';
import { createTxn, joinTxn, launch } from '../../jobs/transaction.ts';
import type { Vm } from '../../vm/vm.ts';
import { abortVm } from '../../vm/vm.ts';
import type { ArgSpec, CommandResult, QmpCommand } from '../command.ts';
import {
  checkArgs,
  failure,
  flagArg,
  numberArg,
  optional,
  required,
  stringArg,
  success,
} from '../command.ts';
import type { JsonObject } from '../json.ts';
import { isJsonObject } from '../json.ts';

const GRANULARITY: number = 64 << 10;
const MIRROR_BUFFER: number = 16 << 20;

const POLICIES: readonly string[] = ['report', 'ignore', 'enospc', 'stop', 'auto'];

/** The series' schema lets a job be given `retry`; a reviewed series would not. */
const RECORDED_POLICIES: readonly string[] = [...POLICIES, 'retry'];

const SYNC: readonly string[] = ['top', 'full', 'none', 'incremental', 'bitmap'];

const policyArg = (args: JsonObject, name: string): ErrorPolicy =>
  (stringArg(args, name) ?? 'report') as ErrorPolicy;

const COMMON: readonly ArgSpec[] = [
  optional('filter-node-name', 'string'),
  optional('auto-finalize', 'boolean'),
  optional('auto-dismiss', 'boolean'),
];

type Prepared =
  | { readonly kind: 'job'; readonly job: Job }
  | { readonly kind: 'refused'; readonly result: CommandResult };

const refuse = (desc: string): Prepared => ({ kind: 'refused', result: failure(desc) });

interface NewJob {
  readonly args: JsonObject;
  readonly driver: JobDriver;
  readonly state: unknown;
  readonly nodes: readonly BlockNode[];
  readonly txn?: JobTxn;
}

/** The id is looked at first, the speed once the job exists: so a bad speed is an event and its end. */
function newJob(vm: Vm, { args, driver, state, nodes, txn = createTxn() }: NewJob): Prepared {
  const id = stringArg(args, 'job-id') ?? deviceNameOf(vm, nodes[0]);
  if (!/^[A-Za-z][A-Za-z0-9._-]*$/u.test(id)) return refuse(`Invalid job ID '${id}'`);
  if (vm.jobs.some((job) => job.id === id)) return refuse(`Job ID '${id}' already in use`);
  const job = createJob(vm.layer, vm.jobs, {
    id,
    driver,
    state,
    autoFinalize: flagArg(args, 'auto-finalize') ?? true,
    autoDismiss: flagArg(args, 'auto-dismiss') ?? true,
    abortQemu: (why) => abortVm(vm, why),
  });
  const refusal = setSpeed(job, numberArg(args, 'speed') ?? 0);
  if (refusal !== null) {
    setStatus(job, 'null');
    return refuse(refusal);
  }
  joinTxn(job, txn);
  for (const node of nodes) useNode(job, node);
  return { kind: 'job', job };
}

const deviceNameOf = (vm: Vm, node: BlockNode | undefined): string =>
  vm.layer.backends.find((blk) => blk.node === node && blk.name !== '')?.name ?? '';

/** What a name stands for, if a job may start there. */
function rootNode(vm: Vm, name: string): BlockNode | string {
  const node = findNode(vm.layer, name);
  if (node === undefined) return `Cannot find device='${name}' nor node-name='${name}'`;
  if (node.jobFilter !== null || node.users.some((user) => !user.isRoot))
    return 'Need a root block node';
  return node;
}

function findTarget(vm: Vm, name: string): BlockNode | string {
  return findNode(vm.layer, name) ?? `Cannot find device='${name}' nor node-name='${name}'`;
}

const blockdevMirror: QmpCommand = {
  name: 'blockdev-mirror',
  args: [
    optional('job-id', 'string'),
    required('device', 'string'),
    required('target', 'string'),
    optional('replaces', 'string'),
    required('sync', SYNC),
    optional('speed', 'integer'),
    optional('granularity', 'integer'),
    optional('buf-size', 'integer'),
    optional('on-source-error', RECORDED_POLICIES),
    optional('on-target-error', RECORDED_POLICIES),
    optional('copy-mode', ['background', 'write-blocking']),
    ...COMMON,
  ],
  *run(vm, args): Blocking<CommandResult> {
    const source = rootNode(vm, stringArg(args, 'device') ?? '');
    if (typeof source === 'string') return failure(source);
    const target = findTarget(vm, stringArg(args, 'target') ?? '');
    if (typeof target === 'string') return failure(target);
    const sync = stringArg(args, 'sync') ?? 'full';
    if (sync === 'incremental' || sync === 'bitmap')
      return failure(`sync mode '${sync}' is not simulated`);
    if (source === target) return failure("Can't mirror node into itself");
    yield* insertFilter(source);
    return startMirror(vm, { args, source, target, base: null });
  },
};

/** The job's filter goes in above the source in a drained section. */
function* insertFilter(source: BlockNode): Blocking<void> {
  yield* drainedBegin(source);
  drainedEnd(source);
}

interface MirrorStart {
  readonly args: JsonObject;
  readonly source: BlockNode;
  readonly target: BlockNode;
  readonly base: BlockNode | null;
}

function startMirror(vm: Vm, { args, source, target, base }: MirrorStart): CommandResult {
  const granularity = numberArg(args, 'granularity') ?? GRANULARITY;
  const onError = base === null ? null : policyArg(args, 'on-error');
  const bitmap = createDirtyBitmap(nodeLength(source), granularity);
  const bufSize = numberArg(args, 'buf-size') ?? 0;
  const state = createMirrorState({
    source,
    target,
    sync: base === null ? (stringArg(args, 'sync') as 'full' | 'top' | 'none') : 'full',
    onSourceError: onError ?? policyArg(args, 'on-source-error'),
    onTargetError: onError ?? policyArg(args, 'on-target-error'),
    granularity,
    bufSize: bufSize > 0 ? Math.ceil(bufSize / granularity) * granularity : MIRROR_BUFFER,
    base,
    bitmap,
  });
  const driver = base === null ? mirrorDriver : activeCommitDriver;
  const prepared = newJob(vm, { args, driver, state, nodes: [source, target] });
  if (prepared.kind === 'refused') return prepared.result;
  source.dirtyBitmaps.push(bitmap);
  source.jobFilter = stringArg(args, 'filter-node-name') ?? '';
  launch(prepared.job);
  return success();
}

const blockStream: QmpCommand = {
  name: 'block-stream',
  args: [
    optional('job-id', 'string'),
    required('device', 'string'),
    optional('base', 'string'),
    optional('base-node', 'string'),
    optional('backing-file', 'string'),
    optional('bottom', 'string'),
    optional('speed', 'integer'),
    optional('on-error', RECORDED_POLICIES),
    ...COMMON,
  ],
  run(vm, args): CommandResult {
    const name = stringArg(args, 'device') ?? '';
    const node = findNode(vm.layer, name);
    if (node === undefined) return failure(`Cannot find device='${name}' nor node-name='${name}'`);
    const baseName = stringArg(args, 'base-node');
    const base = baseName === undefined ? null : (vm.layer.nodes.get(baseName) ?? null);
    if (baseName !== undefined && base === null)
      return failure(`Cannot find device='' nor node-name='${baseName}'`);
    const state = { node, base, onError: policyArg(args, 'on-error') };
    const nodes = [node, ...chainBelow(node, base)];
    const prepared = newJob(vm, { args, driver: streamDriver, state, nodes });
    if (prepared.kind === 'refused') return prepared.result;
    launch(prepared.job);
    return success();
  },
};

/** The backing nodes below `node` and above `base`. */
function chainBelow(node: BlockNode, base: BlockNode | null): BlockNode[] {
  const chain: BlockNode[] = [];
  for (
    let at = childNode(node, 'backing');
    at !== undefined && at !== base;
    at = childNode(at, 'backing')
  ) {
    chain.push(at);
  }
  return chain;
}

const blockCommit: QmpCommand = {
  name: 'block-commit',
  args: [
    optional('job-id', 'string'),
    required('device', 'string'),
    optional('base-node', 'string'),
    optional('base', 'string'),
    optional('top-node', 'string'),
    optional('top', 'string'),
    optional('backing-file', 'string'),
    optional('speed', 'integer'),
    optional('on-error', RECORDED_POLICIES),
    ...COMMON,
  ],
  *run(vm, args): Blocking<CommandResult> {
    const name = stringArg(args, 'device') ?? '';
    const active = findNode(vm.layer, name);
    if (active === undefined) return failure(`Device '${name}' not found`, 'DeviceNotFound');
    const chain = [active, ...chainBelow(active, null)];
    const topName = stringArg(args, 'top-node');
    const top = topName === undefined ? active : chain.find((node) => node.name === topName);
    if (top === undefined)
      return failure(`Cannot find device='' nor node-name='${String(topName)}'`);
    const baseName = stringArg(args, 'base-node');
    const base =
      baseName === undefined ? chain.at(-1) : chain.find((node) => node.name === baseName);
    if (base === undefined)
      return failure(`Cannot find device='' nor node-name='${String(baseName)}'`);
    if (top === base) return failure('cannot commit an image into itself');
    if (top === active) {
      yield* insertFilter(active);
      return startMirror(vm, { args, source: active, target: base, base });
    }
    const overlay = chain[chain.indexOf(top) - 1] as BlockNode;
    const state = { overlay, top, base, onError: policyArg(args, 'on-error') };
    const prepared = newJob(vm, { args, driver: commitDriver, state, nodes: [top, base] });
    if (prepared.kind === 'refused') return prepared.result;
    launch(prepared.job);
    return success();
  },
};

const blockdevBackup: QmpCommand = {
  name: 'blockdev-backup',
  args: [
    optional('job-id', 'string'),
    required('device', 'string'),
    required('sync', SYNC),
    optional('speed', 'integer'),
    optional('compress', 'boolean'),
    optional('on-source-error', RECORDED_POLICIES),
    optional('on-target-error', RECORDED_POLICIES),
    ...COMMON,
    required('target', 'string'),
  ],
  *run(vm, args): Blocking<CommandResult> {
    return yield* runBackups(vm, [args], null);
  },
};

/** As one transaction: all are prepared, then all begin, each in the drained section of its source. */
function* runBackups(
  vm: Vm,
  all: readonly JsonObject[],
  txn: JobTxn | null,
): Blocking<CommandResult> {
  const jobs: Job[] = [];
  const drained: BlockNode[] = [];
  let refusal: CommandResult | null = null;
  for (const args of all) {
    const source = rootNode(vm, stringArg(args, 'device') ?? '');
    if (typeof source !== 'string') {
      yield* drainedBegin(source);
      drained.push(source);
    }
    const prepared = prepareBackup(vm, { args, source, txn: txn ?? createTxn() });
    if (prepared.kind === 'refused') {
      refusal = prepared.result;
      break;
    }
    jobs.push(prepared.job);
  }
  for (const job of jobs) (refusal === null ? launch : discard)(job);
  for (const source of drained) drainedEnd(source);
  return refusal ?? success();
}

/** A job that was prepared and never began. */
function discard(job: Job): void {
  for (const node of job.nodes.splice(0)) {
    node.users.splice(node.users.indexOf(job.user), 1);
  }
  job.txn?.jobs.splice(job.txn.jobs.indexOf(job), 1);
  setStatus(job, 'null');
}

interface BackupStart {
  readonly args: JsonObject;
  /** Or why there is none. */
  readonly source: BlockNode | string;
  readonly txn: JobTxn;
}

function prepareBackup(vm: Vm, { args, source, txn }: BackupStart): Prepared {
  if (typeof source === 'string') return refuse(source);
  const target = findTarget(vm, stringArg(args, 'target') ?? '');
  if (typeof target === 'string') return refuse(target);
  const length = nodeLength(source);
  if (source === target) return refuse('Source and target cannot be the same');
  if (nodeLength(target) !== length) return refuse('Source and target image have different sizes');
  const toCopy = createDirtyBitmap(length, GRANULARITY);
  setDirty(toCopy, 0, length);
  const state: BackupState = {
    source,
    target,
    onSourceError: policyArg(args, 'on-source-error'),
    onTargetError: policyArg(args, 'on-target-error'),
    toCopy,
    pass: null,
  };
  return newJob(vm, { args, driver: backupDriver, state, nodes: [source, target], txn });
}

const transaction: QmpCommand = {
  name: 'transaction',
  args: [required('actions', 'array'), optional('properties', 'object')],
  *run(vm, args): Blocking<CommandResult> {
    const backups: JsonObject[] = [];
    for (const action of (args['actions'] as JsonObject[]).filter(isJsonObject)) {
      const data = action['data'];
      if (action['type'] !== 'blockdev-backup' || !isJsonObject(data))
        return failure(`transaction action '${stringArg(action, 'type') ?? ''}' is not simulated`);
      const why = checkArgs(blockdevBackup, data);
      if (why !== null) return failure(why);
      backups.push(data);
    }
    const properties = args['properties'];
    const grouped = isJsonObject(properties) && properties['completion-mode'] === 'grouped';
    return yield* runBackups(vm, backups, grouped ? createTxn() : null);
  },
};

export const jobStartCommands: readonly QmpCommand[] = [
  blockdevMirror,
  blockStream,
  blockCommit,
  blockdevBackup,
  transaction,
];

/** Where the series was not applied, or answers its review, `retry` is no policy of a job. */
export function withoutRetry(command: QmpCommand): QmpCommand {
  return {
    ...command,
    args: command.args.map((spec) =>
      spec.type === RECORDED_POLICIES ? { ...spec, type: POLICIES } : spec,
    ),
  };
}
