// block-commit.ts — block-commit: moves what an image holds into one below it. Mirrors blockdev.c: qmp_block_commit.
import type { Blocking } from '../../aio/main-loop.ts';
import { chainOf, withFilename } from '../../block/backing-chain.ts';
import { createFilter, removeFilter } from '../../block/filter.ts';
import { lookupNode, makeWritable, replaceNode, setReadOnly } from '../../block/graph.ts';
import type { BlockNode } from '../../block/node.ts';
import { nodeLength, refuseBusy, skipFilters, skipImplicit } from '../../block/node.ts';
import { NO_NEEDS, RIGHT, SHARED_BY_READERS } from '../../block/rights.ts';
import { addRootUser, removeRootUser } from '../../block/root-user.ts';
import { commitTop } from '../../drivers/job-filters.ts';
import { releaseNodes, useNodes } from '../../jobs/block-job.ts';
import type { CommitState } from '../../jobs/commit.ts';
import { commitDriver } from '../../jobs/commit.ts';
import type { Job } from '../../jobs/job.ts';
import { launch } from '../../jobs/transaction.ts';
import type { Vm } from '../../vm/vm.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, stringArg, success } from '../command.ts';
import type { JsonObject } from '../json.ts';
import { optional, required } from '../qapi.ts';
import { startMirror } from './mirror.ts';
import type { NewJob } from './new-job.ts';
import {
  abandonJob,
  JOB_ENDS,
  newJob,
  policyArg,
  RECORDED_POLICIES,
  refuseStop,
  rootNode,
  usesBetween,
} from './new-job.ts';

export const blockCommit: QmpCommand = {
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
    optional('filter-node-name', 'string'),
    ...JOB_ENDS,
  ],
  *run(vm, args): Blocking<CommandResult> {
    const name = stringArg(args, 'device') ?? '';
    const active = rootNode(vm, name);
    if (active === 'Need a root block node') return failure(active);
    if (typeof active === 'string') return failure(`Device '${name}' not found`, 'DeviceNotFound');
    const ends = commitEnds(vm, args, active);
    if (typeof ends === 'string') return failure(ends);
    const { top, base } = ends;
    if (refuseStop(vm, active, policyArg(args, 'on-error')) !== null)
      return failure("Invalid parameter 'on-error'");
    if (top !== active) return startCommit(vm, { args, active, ...ends });
    if (stringArg(args, 'backing-file') !== undefined)
      return failure("'backing-file' specified, but 'top' is the active layer");
    const refusal = makeWritable(base);
    if (refusal !== null) return failure(refusal);
    return yield* startMirror(vm, {
      args,
      source: active,
      target: base,
      base,
      replaces: skipImplicit(active),
      backing: 'leave',
    });
  },
};

interface CommitEnds {
  readonly top: BlockNode;
  readonly base: BlockNode;
}

/** The images between which a commit moves data. A string is the refusal. */
function commitEnds(vm: Vm, args: JsonObject, active: BlockNode): CommitEnds | string {
  const busy = refuseBusy(active);
  if (busy !== null) return busy;
  const chain = chainOf(active);
  const top = commitTopOf(vm, args, chain);
  if (typeof top === 'string') return top;
  const base = commitBaseOf(vm, args, chain.slice(chain.indexOf(top)));
  if (typeof base === 'string') return base;
  const between = chain.slice(chain.indexOf(top), chain.indexOf(base) + 1);
  const blocked = between.map(refuseBusy).find((why) => why !== null);
  if (blocked !== undefined) return blocked;
  // bdrv_find_overlay: filters between do not count.
  const overlay = chain.slice(0, chain.indexOf(top)).findLast((node) => node === skipFilters(node));
  const above = overlay === undefined || top === base ? null : refuseBusy(overlay);
  if (above !== null) return above;
  return top === base ? 'cannot commit an image into itself' : { top, base };
}

function inChain(vm: Vm, name: string, chain: readonly BlockNode[]): BlockNode | string {
  const node = lookupNode(vm.layer, '', name);
  if (typeof node === 'string') return node;
  return chain.includes(node) ? node : `'${name}' is not in this backing file chain`;
}

function commitTopOf(vm: Vm, args: JsonObject, chain: readonly BlockNode[]): BlockNode | string {
  const [file, name] = [stringArg(args, 'top'), stringArg(args, 'top-node')];
  if (file !== undefined && name !== undefined)
    return "'top-node' and 'top' are mutually exclusive";
  if (name !== undefined) return inChain(vm, name, chain);
  if (file === undefined) return chain[0] as BlockNode;
  return withFilename(chain, file) ?? `Top image file ${file} not found`;
}

function commitBaseOf(vm: Vm, args: JsonObject, below: readonly BlockNode[]): BlockNode | string {
  const [file, name] = [stringArg(args, 'base'), stringArg(args, 'base-node')];
  if (file !== undefined && name !== undefined)
    return "'base-node' and 'base' are mutually exclusive";
  if (name !== undefined) return inChain(vm, name, below);
  if (file === undefined) return below.at(-1) as BlockNode;
  return withFilename(below.slice(1), file) ?? `Can't find '${file}' in the backing chain`;
}

interface CommitStart extends CommitEnds {
  readonly args: JsonObject;
  readonly active: BlockNode;
}

/** In QEMU, the job is there before its filter, which is refused. */
function failAfterJob(
  vm: Vm,
  { args, main }: Pick<NewJob, 'args' | 'main'>,
  why: string,
): CommandResult {
  const early = newJob(vm, { args, driver: commitDriver, state: null, main });
  if (early.kind === 'job') abandonJob(early.job);
  return failure(early.kind === 'refused' ? early.why : why);
}

function startCommit(vm: Vm, { args, active, top, base }: CommitStart): CommandResult {
  const filter = createFilter(vm.layer, {
    driver: commitTop,
    name: stringArg(args, 'filter-node-name'),
    hidden: true,
    readOnly: true,
    below: top,
    state: null,
  });
  const main = { node: active, rights: NO_NEEDS };
  if (typeof filter === 'string') return failAfterJob(vm, { args, main }, filter);
  const chain = chainOf(active);
  const overlay = chain[chain.indexOf(top) - 1] as BlockNode;
  replaceNode(top, filter);
  const state: CommitState = {
    filter,
    overlay,
    top,
    base,
    backingFile: stringArg(args, 'backing-file') ?? null,
    onError: policyArg(args, 'on-error'),
    wasReadOnly: base.readOnly,
    roots: [],
  };
  const prepared = newJob(vm, { args, driver: commitDriver, state, main });
  const between = chain.slice(chain.indexOf(top), chain.indexOf(base));
  const why = prepared.kind === 'refused' ? prepared.why : takeCommit(prepared.job, state, between);
  if (prepared.kind === 'refused' || why !== null) {
    for (const root of state.roots) removeRootUser(root);
    if (prepared.kind === 'job') releaseNodes(prepared.job);
    removeFilter(filter);
    if (state.wasReadOnly) setReadOnly(base, true);
    if (prepared.kind === 'job') abandonJob(prepared.job);
    return failure(why ?? '');
  }
  launch(prepared.job);
  return success();
}

/** Makes the base writable and reserves the images down to it. Returns the refusal, or null. */
function takeCommit(
  job: Job,
  { top, base, roots }: CommitState,
  between: readonly BlockNode[],
): string | null {
  const why =
    makeWritable(base) ??
    useNodes(job, [...usesBetween(between), { node: base, name: 'base', rights: NO_NEEDS }]);
  if (why !== null) return why;
  const grows = nodeLength(base) < nodeLength(top) ? RIGHT.resize : 0;
  const needs = RIGHT.consistentRead | RIGHT.write | grows;
  const writer = addRootUser(base, { needs, shares: SHARED_BY_READERS }, 'stays');
  if (typeof writer === 'string') return writer;
  roots.push(writer);
  const reader = addRootUser(top, NO_NEEDS, 'stays');
  if (typeof reader === 'string') return reader;
  roots.push(reader);
  return null;
}
