// backup.ts — blockdev-backup. Mirrors blockdev.c: do_backup_common, block/backup.c: backup_job_create.
import { NotSupported } from '@dmsim/sim';

import type { Blocking } from '../../aio/main-loop.ts';
import { createDirtyBitmap, setDirty } from '../../block/dirty-bitmap.ts';
import { createFilter, insertFilter, removeFilter } from '../../block/filter.ts';
import { beginSuccessor } from '../../block/named-bitmap.ts';
import type { BlockNode } from '../../block/node.ts';
import { nodeLength, refuseBusy, skipFilters } from '../../block/node.ts';
import { NO_NEEDS } from '../../block/rights.ts';
import type { BackupState } from '../../jobs/backup.ts';
import { backupDriver, endBitmaps } from '../../jobs/backup.ts';
import type { CopyPerf } from '../../jobs/block-copy.ts';
import { createBlockCopy } from '../../jobs/block-copy.ts';
import { useNodes } from '../../jobs/block-job.ts';
import {
  copyBeforeWrite,
  copySize,
  createCopyBeforeWrite,
  showBitmaps,
} from '../../jobs/copy-before-write.ts';
import { createRateLimit, setLimit } from '../../jobs/rate-limit.ts';
import type { JobTxn } from '../../jobs/transaction.ts';
import type { Vm } from '../../vm/vm.ts';
import { flagArg, numberArg, stringArg } from '../command.ts';
import type { JsonObject } from '../json.ts';
import { isJsonObject } from '../json.ts';
import type { Member, QapiType } from '../qapi.ts';
import { optional, required } from '../qapi.ts';
import { refuseBitmap, trackedBitmap } from './backup-bitmap.ts';
import type { Prepared } from './new-job.ts';
import {
  abandonJob,
  JOB_ENDS,
  newJob,
  policyArg,
  RECORDED_POLICIES,
  refuse,
  refuseStop,
  SYNC,
} from './new-job.ts';

const PERF: QapiType = {
  kind: 'struct',
  members: [
    optional('use-copy-range', 'boolean'),
    optional('max-workers', 'integer'),
    optional('max-chunk', 'integer'),
  ],
};

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
  optional('x-perf', PERF),
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
  const refusal = refuseBitmap(start) ?? refuseBackup(vm, start);
  if (refusal !== null) return refuse(refusal);
  const length = nodeLength(source);
  const toCopy = createDirtyBitmap(length, copySize(target), false);
  setDirty(toCopy, 0, length);
  const limit = createRateLimit();
  setLimit(limit, Math.max(0, numberArg(args, 'speed') ?? 0));
  const copy = createBlockCopy({ sim: vm.sim, source, target, toCopy, limit, ...perfOf(args) });
  const filter = createFilter(vm.layer, {
    driver: copyBeforeWrite,
    name: stringArg(args, 'filter-node-name'),
    hidden: false,
    below: source,
    target,
    state: createCopyBeforeWrite(copy, { onError: 'break-guest-write', timeout: 0 }),
  });
  if (typeof filter === 'string') return refuse(`Could not create node: ${filter}`);
  const conflict = yield* insertFilter(filter);
  if (conflict !== null) return refuse(`Could not replace node: ${conflict}`);
  const tracked = trackedBitmap(start);
  if (tracked !== null) beginSuccessor(source, tracked.bitmap);
  showBitmaps(filter);
  const sync = stringArg(args, 'sync');
  const state: BackupState = {
    filter,
    copy,
    tracked,
    sync: (sync === 'incremental' ? 'bitmap' : sync) as BackupState['sync'],
    onSourceError: policyArg(args, 'on-source-error'),
    onTargetError: policyArg(args, 'on-target-error'),
    call: null,
    waiting: null,
  };
  const main = { node: filter, rights: NO_NEEDS };
  const prepared = newJob(vm, { args, driver: backupDriver, state, main, txn });
  const why =
    prepared.kind === 'refused'
      ? prepared.why
      : useNodes(prepared.job, [{ node: target, name: 'target', rights: NO_NEEDS }]);
  if (why === null) return prepared;
  endBitmaps(state, false);
  if (prepared.kind === 'job') abandonJob(prepared.job);
  removeFilter(filter);
  return refuse(why);
}

const MOST_WORKERS = 2_147_483_647;

/** The settings of `x-perf`; 0 as a chunk means no limit. */
function perfOf({ 'x-perf': perf }: JsonObject): Partial<CopyPerf> {
  if (!isJsonObject(perf)) return {};
  const workers = numberArg(perf, 'max-workers');
  const chunk = numberArg(perf, 'max-chunk');
  return {
    ...(workers === undefined ? {} : { maxWorkers: workers }),
    ...(chunk === undefined || chunk === 0 ? {} : { maxChunk: chunk }),
  };
}

function refusePerf({ 'x-perf': perf }: JsonObject, size: number): string | null {
  if (!isJsonObject(perf)) return null;
  const workers = numberArg(perf, 'max-workers') ?? 1;
  if (workers < 1 || workers > MOST_WORKERS)
    return `max-workers must be between 1 and ${MOST_WORKERS}`;
  const chunk = numberArg(perf, 'max-chunk') ?? 0;
  if (chunk < 0) return 'max-chunk must be zero (which means no limit) or positive';
  return chunk > 0 && chunk < size
    ? `Required max-chunk (${chunk}) is less than backup cluster size (${size})`
    : null;
}

function refuseBackup(vm: Vm, { args, source, target }: BackupStart): string | null {
  if (refuseStop(vm, source, policyArg(args, 'on-source-error')) !== null)
    return "Invalid parameter 'on-source-error'";
  if (source === target) return 'Source and target cannot be the same';
  if (flagArg(args, 'compress') === true) {
    if (skipFilters(target).driver.name === 'qcow2')
      throw new NotSupported('qemu', 0, 'a backup that compresses');
    return 'Compression is not supported for this drive ';
  }
  const busy = refuseBusy(source) ?? refuseBusy(target);
  if (busy !== null) return busy;
  const perf = refusePerf(args, copySize(target));
  if (perf !== null) return perf;
  return nodeLength(target) === nodeLength(source)
    ? null
    : 'Source and target image have different sizes';
}
