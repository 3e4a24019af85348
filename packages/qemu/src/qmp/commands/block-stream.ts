// block-stream.ts — block-stream: fills an image with what it shows of those below it. Mirrors blockdev.c: qmp_block_stream.
import type { Blocking } from '../../aio/main-loop.ts';
import { chainOf, withFilename } from '../../block/backing-chain.ts';
import { createFilter, insertFilter, removeFilter } from '../../block/filter.ts';
import { lookupNode, makeWritable } from '../../block/graph.ts';
import type { BlockNode } from '../../block/node.ts';
import { childNode, drainedBegin, drainedEnd, refuseBusy, skipFilters } from '../../block/node.ts';
import { NO_NEEDS, RIGHT, SHARED_BY_READERS } from '../../block/rights.ts';
import { addRootUser, removeRootUser } from '../../block/root-user.ts';
import type { CopyOnRead } from '../../drivers/copy-on-read.ts';
import { copyOnRead, refuseFrozen } from '../../drivers/copy-on-read.ts';
import { useNodes } from '../../jobs/block-job.ts';
import type { Job } from '../../jobs/job.ts';
import type { StreamState } from '../../jobs/stream.ts';
import { streamDriver } from '../../jobs/stream.ts';
import { launch } from '../../jobs/transaction.ts';
import type { Vm } from '../../vm/vm.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, stringArg, success } from '../command.ts';
import type { JsonObject } from '../json.ts';
import { optional, required } from '../qapi.ts';
import {
  abandonJob,
  JOB_ENDS,
  newJob,
  policyArg,
  RECORDED_POLICIES,
  refuseStop,
} from './new-job.ts';

export const blockStream: QmpCommand = {
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
    optional('filter-node-name', 'string'),
    ...JOB_ENDS,
  ],
  *run(vm, args): Blocking<CommandResult> {
    const twice = refuseBoth(args, [
      ['base', 'base-node'],
      ['base', 'bottom'],
      ['bottom', 'base-node'],
    ]);
    if (twice !== null) return failure(twice);
    const node = lookupNode(vm.layer, stringArg(args, 'device') ?? '');
    if (typeof node === 'string') return failure(node);
    const base = streamBase(vm, args, node);
    if (typeof base === 'string') return failure(base);
    const chain = chainOf(node);
    const above = base === null ? chain : chain.slice(0, chain.indexOf(base));
    const busy = above.map(refuseBusy).find((why) => why !== null);
    if (busy !== undefined) return failure(busy);
    const namesBase = base !== null && stringArg(args, 'bottom') === undefined;
    if (!namesBase && stringArg(args, 'backing-file') !== undefined)
      return failure('backing file specified, but streaming the entire chain');
    if (refuseStop(vm, node, policyArg(args, 'on-error')) !== null)
      return failure("Invalid parameter 'on-error'");
    return yield* startStream(vm, { args, node, base, above });
  },
};

/** Refuses two arguments that exclude each other: the first pair of which both are given. */
function refuseBoth(
  args: JsonObject,
  pairs: readonly (readonly [string, string])[],
): string | null {
  const pair = pairs.find(([a, b]) => args[a] !== undefined && args[b] !== undefined);
  return pair === undefined
    ? null
    : `'${pair[0]}' and '${pair[1]}' cannot be specified at the same time`;
}

/** The node where a stream stops; null for the whole chain. A string is the refusal. */
function streamBase(vm: Vm, args: JsonObject, node: BlockNode): BlockNode | string | null {
  const chain = chainOf(node);
  const file = stringArg(args, 'base');
  if (file !== undefined)
    return withFilename(chain.slice(1), file) ?? `Can't find '${file}' in the backing chain`;
  const baseName = stringArg(args, 'base-node');
  if (baseName !== undefined) {
    const base = lookupNode(vm.layer, '', baseName);
    if (typeof base === 'string') return base;
    return chain.slice(1).includes(base)
      ? base
      : `Node '${baseName}' is not a backing image of '${node.name}'`;
  }
  const bottomName = stringArg(args, 'bottom');
  if (bottomName === undefined) return null;
  const bottom = lookupNode(vm.layer, '', bottomName);
  if (typeof bottom === 'string') return bottom;
  if (bottom.driver.isFilter === true)
    return `Node '${bottomName}' is a filter, use a non-filter node as 'bottom'`;
  return chain.includes(bottom)
    ? (childNode(bottom, 'backing') ?? null)
    : `Node '${bottomName}' is not in a chain starting from '${node.name}'`;
}

interface StreamStart {
  readonly args: JsonObject;
  readonly node: BlockNode;
  readonly base: BlockNode | null;
  /** The nodes that the stream reads and writes, top first. */
  readonly above: readonly BlockNode[];
}

function* startStream(vm: Vm, { args, node, base, above }: StreamStart): Blocking<CommandResult> {
  const bottom = above.at(-1) as BlockNode;
  const frozen = refuseFrozen(node, bottom);
  const filter = createFilter(vm.layer, {
    driver: copyOnRead,
    name: stringArg(args, 'filter-node-name'),
    hidden: true,
    below: node,
    state: { bottom } satisfies CopyOnRead,
  });
  if (typeof filter === 'string') return failure(`Could not create node: ${filter}`);
  if (frozen !== null) {
    removeFilter(filter);
    return failure(`Could not create node: ${frozen}`);
  }
  const wasReadOnly = node.readOnly;
  const refusal = makeWritable(node);
  if (refusal !== null) {
    removeFilter(filter);
    return failure(refusal);
  }
  const conflict = yield* insertFilter(filter);
  if (conflict !== null) return failure(`Could not replace node: ${conflict}`);
  const state: StreamState = {
    filter,
    node,
    image: skipFilters(node),
    base,
    bottom,
    backingFile: stringArg(args, 'backing-file') ?? null,
    onError: policyArg(args, 'on-error'),
    wasReadOnly,
    roots: [],
    detached: null,
  };
  const main = { node: filter, rights: NO_NEEDS };
  const prepared = newJob(vm, { args, driver: streamDriver, state, main });
  const why = prepared.kind === 'refused' ? prepared.why : takeStream(prepared.job, state, above);
  if (prepared.kind === 'refused' || why !== null) {
    for (const root of state.roots) removeRootUser(root);
    if (prepared.kind === 'job') abandonJob(prepared.job);
    yield* drainedBegin(node);
    removeFilter(filter);
    drainedEnd(node);
    return failure(why ?? '');
  }
  launch(prepared.job);
  return success();
}

/** Reserves the images that a stream reads, and the one that it fills. Returns the refusal, or null. */
function takeStream(job: Job, state: StreamState, above: readonly BlockNode[]): string | null {
  const shares = SHARED_BY_READERS | RIGHT.write;
  const reader = addRootUser(state.filter, { needs: RIGHT.consistentRead, shares }, 'follows');
  if (typeof reader === 'string') return reader;
  state.roots.push(reader);
  return useNodes(
    job,
    above.map((node, i) =>
      i === 0
        ? { node, name: 'active node', rights: { needs: 0, shares } }
        : { node, name: 'intermediate node', rights: { needs: 0, shares: SHARED_BY_READERS } },
    ),
  );
}
