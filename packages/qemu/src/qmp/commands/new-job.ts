// new-job.ts — The common part of commands that start jobs: arguments, the job's id, the nodes they name. Mirrors blockdev.c, blockjob.c: block_job_create.
import { ioStatusIsPublished } from '../../block/backend-errors.ts';
import type { ErrorPolicy } from '../../block/error-action.ts';
import { lookupNode } from '../../block/graph.ts';
import type { BlockNode } from '../../block/node.ts';
import { childNode, nodeBehind } from '../../block/node.ts';
import type { Rights } from '../../block/rights.ts';
import { RIGHT } from '../../block/rights.ts';
import { releaseNodes, setSpeed, useNodes } from '../../jobs/block-job.ts';
import type { Job, JobDriver, JobUse } from '../../jobs/job.ts';
import { createJob, setStatus } from '../../jobs/job.ts';
import type { JobTxn } from '../../jobs/transaction.ts';
import { createTxn, joinTxn } from '../../jobs/transaction.ts';
import { isWellformed } from '../../vm/identifier.ts';
import type { Vm } from '../../vm/vm.ts';
import { abortVm } from '../../vm/vm.ts';
import { flagArg, integerArg, stringArg } from '../command.ts';
import type { JsonObject } from '../json.ts';
import type { Member } from '../qapi.ts';
import { optional } from '../qapi.ts';

export const POLICIES: readonly string[] = ['report', 'ignore', 'enospc', 'stop', 'auto'];

/** The policies in the posted series, whose schema lets a job use `retry`. A reviewed series would not (registry.ts). */
export const RECORDED_POLICIES: readonly string[] = [...POLICIES, 'retry'];

export const SYNC: readonly string[] = ['top', 'full', 'none', 'incremental', 'bitmap'];

export const policyArg = (args: JsonObject, name: string): ErrorPolicy =>
  (stringArg(args, name) ?? 'report') as ErrorPolicy;

export const JOB_ENDS: readonly Member[] = [
  optional('auto-finalize', 'boolean'),
  optional('auto-dismiss', 'boolean'),
];

export type Prepared =
  | { readonly kind: 'job'; readonly job: Job }
  | { readonly kind: 'refused'; readonly why: string };

export const refuse = (why: string): Prepared => ({ kind: 'refused', why });

export interface NewJob {
  readonly args: JsonObject;
  readonly driver: JobDriver;
  readonly state: unknown;
  /** If a drive lies on it, the job takes its id from the drive. Null for a job without nodes. */
  readonly main: { readonly node: BlockNode; readonly rights: Rights } | null;
  readonly txn?: JobTxn;
}

/** Creates a job. The id is checked before, the speed only after the job exists, so a bad speed also causes job events. */
export function newJob(vm: Vm, { args, driver, state, main, txn = createTxn() }: NewJob): Prepared {
  const id = stringArg(args, 'job-id') ?? deviceNameOf(vm, main?.node);
  if (!isWellformed(id)) return refuse(`Invalid job ID '${id}'`);
  if (vm.jobs.some((job) => job.id === id)) return refuse(`Job ID '${id}' already in use`);
  const job = createJob(vm.layer, vm.jobs, {
    id,
    driver,
    state,
    autoFinalize: flagArg(args, 'auto-finalize') ?? true,
    autoDismiss: flagArg(args, 'auto-dismiss') ?? true,
    abortQemu: (why) => abortVm(vm, why),
  });
  const refusal = setSpeed(job, integerArg(args, 'speed') ?? 0);
  if (refusal !== null) {
    setStatus(job, 'null');
    return refuse(refusal);
  }
  joinTxn(job, txn);
  const why = main === null ? null : useNodes(job, [{ ...main, name: 'main node' }]);
  if (why === null) return { kind: 'job', job };
  abandonJob(job);
  return refuse(why);
}

/** job_early_fail: ends a job that has not begun. */
export function abandonJob(job: Job): void {
  releaseNodes(job);
  setStatus(job, 'null');
}

const deviceNameOf = (vm: Vm, node: BlockNode | undefined): string =>
  vm.layer.backends.find((blk) => blk.node === node && blk.name !== '')?.name ?? '';

/**
 * The images that a commit removes, from `top` down to the one above `base`. Until then nobody may rely on them, but for the filters
 * above the base.
 */
export function betweenUses(top: BlockNode, base: BlockNode): JobUse[] {
  const nodes: BlockNode[] = [];
  for (let node = nodeBehind(top); node !== undefined && node !== base; node = nodeBehind(node))
    nodes.push(node);
  return usesBetween(nodes);
}

/** @param nodes - the images and filters that a commit removes, from the upmost on */
export function usesBetween(nodes: readonly BlockNode[]): JobUse[] {
  const overlay = nodes.findLastIndex((node) => childNode(node, 'backing') !== undefined);
  return nodes.map((node, i) => ({
    node,
    name: 'intermediate node',
    rights: {
      needs: 0,
      shares: RIGHT.writeUnchanged | RIGHT.write | (i > overlay ? RIGHT.consistentRead : 0),
    },
  }));
}

/** bdrv_is_root_node: finds a node that neither a node nor a job uses. A string is the refusal. */
export function rootNode(vm: Vm, name: string): BlockNode | string {
  const node = lookupNode(vm.layer, name);
  if (typeof node === 'string') return node;
  return node.users.some(({ kind }) => kind !== 'backend') ? 'Need a root block node' : node;
}

/** The RFC of 2012 lets a job stop on an error only if the device shows an io-status. Returns the refusal, or null. */
export function refuseStop(vm: Vm, node: BlockNode, policy: ErrorPolicy): string | null {
  if (vm.layer.jobErrors === 'merged' || (policy !== 'stop' && policy !== 'enospc')) return null;
  const device = vm.layer.backends.find((blk) => blk.node === node);
  const shown =
    device !== undefined &&
    ioStatusIsPublished(device) &&
    device.onReadError === 'stop' &&
    (device.onWriteError === 'stop' || device.onWriteError === 'enospc');
  return shown ? null : policy;
}
