// backup.ts — blockdev-backup. Mirrors blockdev.c: do_backup_common, block/backup.c: backup_job_create.
import type { Blocking } from '../../aio/main-loop.ts';
import { createDirtyBitmap, setDirty } from '../../block/dirty-bitmap.ts';
import { createFilter, insertFilter, removeFilter } from '../../block/filter.ts';
import type { BlockNode } from '../../block/node.ts';
import { nodeLength, overlayOf, refuseBusy } from '../../block/node.ts';
import type { BackupState } from '../../jobs/backup.ts';
import { backupDriver } from '../../jobs/backup.ts';
import { createBlockCopy } from '../../jobs/block-copy.ts';
import { releaseNodes } from '../../jobs/block-job.ts';
import { copyBeforeWrite } from '../../jobs/copy-before-write.ts';
import { setStatus } from '../../jobs/job.ts';
import { createRateLimit, setLimit } from '../../jobs/rate-limit.ts';
import type { JobTxn } from '../../jobs/transaction.ts';
import type { Vm } from '../../vm/vm.ts';
import { flagArg, numberArg, stringArg } from '../command.ts';
import type { JsonObject } from '../json.ts';
import type { Member } from '../qapi.ts';
import { foreign, optional, required } from '../qapi.ts';
import type { Prepared } from './new-job.ts';
import {
  JOB_ENDS,
  newJob,
  policyArg,
  RECORDED_POLICIES,
  refuse,
  refuseStop,
  SYNC,
} from './new-job.ts';

const CLUSTER: number = 64 << 10;

export const BACKUP_ARGS: readonly Member[] = [
  optional('job-id', 'string'),
  required('device', 'string'),
  required('sync', SYNC),
  optional('speed', 'integer'),
  optional('bitmap', 'string'),
  optional('bitmap-mode', ['on-success', 'never', 'always']),
  optional('compress', 'boolean'),
  optional('on-source-error', RECORDED_POLICIES),
  optional('on-target-error', RECORDED_POLICIES),
  ...JOB_ENDS,
  optional('filter-node-name', 'string'),
  ...foreign('x-perf'),
  required('target', 'string'),
];

export interface BackupStart {
  readonly args: JsonObject;
  readonly source: BlockNode;
  readonly target: BlockNode;
  readonly txn: JobTxn;
}

/** Prepares a backup. The source is already drained, so that the filter and the first copy see the same state of it. */
export function* prepareBackup(vm: Vm, start: BackupStart): Blocking<Prepared> {
  const { args, source, target, txn } = start;
  const refusal = refuseBitmap(args) ?? refuseBackup(vm, start);
  if (refusal !== null) return refuse(refusal);
  const length = nodeLength(source);
  const toCopy = createDirtyBitmap(length, CLUSTER);
  setDirty(toCopy, 0, length);
  const limit = createRateLimit();
  setLimit(limit, Math.max(0, numberArg(args, 'speed') ?? 0));
  const copy = createBlockCopy({ sim: vm.sim, source, target, toCopy, limit });
  const filter = createFilter(vm.layer, {
    driver: copyBeforeWrite,
    name: stringArg(args, 'filter-node-name'),
    below: source,
    target,
    state: copy,
  });
  if (typeof filter === 'string') return refuse(`Could not create node: ${filter}`);
  yield* insertFilter(filter);
  const state: BackupState = {
    filter,
    copy,
    sync: stringArg(args, 'sync') as BackupState['sync'],
    onSourceError: policyArg(args, 'on-source-error'),
    onTargetError: policyArg(args, 'on-target-error'),
    call: null,
    waiting: null,
  };
  const nodes = [filter, source, target];
  const prepared = newJob(vm, { args, driver: backupDriver, state, nodes, txn });
  if (prepared.kind === 'refused') {
    removeFilter(filter);
    return prepared;
  }
  const conflict = refuseWrites(target, filter);
  if (conflict === null) return prepared;
  const { job } = prepared;
  releaseNodes(job);
  removeFilter(filter);
  setStatus(job, 'null');
  return refuse(conflict);
}

/** bdrv_check_perm: an image may rest on a node only as long as nobody else writes to it. */
function refuseWrites(target: BlockNode, filter: BlockNode): string | null {
  const overlay = overlayOf(target);
  return overlay === undefined
    ? null
    : `Permission conflict on node '${target.name}': permissions 'write' are both required by node '${filter.name}' (uses node '${target.name}' as 'target' child) and unshared by node '${overlay.name}' (uses node '${target.name}' as 'backing' child).`;
}

/** Refuses bitmaps: none can be created here, so no node has one. */
function refuseBitmap(args: JsonObject): string | null {
  const sync = stringArg(args, 'sync') ?? '';
  const bitmap = stringArg(args, 'bitmap');
  if (bitmap === undefined && (sync === 'bitmap' || sync === 'incremental'))
    return `must provide a valid bitmap name for '${sync}' sync mode`;
  if (bitmap !== undefined) return `Bitmap '${bitmap}' could not be found`;
  return stringArg(args, 'bitmap-mode') === undefined
    ? null
    : 'Cannot specify bitmap sync mode without a bitmap';
}

function refuseBackup(vm: Vm, { args, source, target }: BackupStart): string | null {
  if (refuseStop(vm, source, policyArg(args, 'on-source-error')) !== null)
    return "Invalid parameter 'on-source-error'";
  if (source === target) return 'Source and target cannot be the same';
  if (flagArg(args, 'compress') === true) return 'Compression is not supported for this drive ';
  const busy = refuseBusy(source) ?? refuseBusy(target);
  if (busy !== null) return busy;
  if (nodeLength(target) !== nodeLength(source))
    return 'Source and target image have different sizes';
  return target.readOnly ? 'Could not create node: Block node is read-only' : null;
}
