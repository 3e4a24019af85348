// query-blockstats.ts — query-blockstats. Mirrors block/qapi.c: bdrv_query_blk_stats, bdrv_query_bds_stats.
import type { AccountedOp, BlockStats } from '../../block/accounting.ts';
import { createStats } from '../../block/accounting.ts';
import type { BlockBackend } from '../../block/backend.ts';
import type { BlockNode } from '../../block/node.ts';
import { nodeBehind, primaryChild, skipImplicit } from '../../block/node.ts';
import { flagArg, success } from '../command.ts';
import type { QmpCommand } from '../command.ts';
import type { JsonObject } from '../json.ts';
import { optional } from '../qapi.ts';
import { isShown } from './query-block.ts';

const OPS: readonly AccountedOp[] = ['rd', 'wr', 'flush', 'unmap'];

function statsMembers(stats: BlockStats, isDevice: boolean): JsonObject {
  const members: JsonObject = {
    account_invalid: isDevice,
    account_failed: isDevice,
  };
  for (const op of OPS) {
    const { bytes, operations, failed, invalid, merged, totalTime, histogram } = stats.ops[op];
    if (op !== 'flush') {
      members[`${op}_bytes`] = bytes;
      members[`${op}_merged`] = merged;
    }
    members[`${op}_operations`] = operations;
    members[`${op}_total_time_ns`] = totalTime;
    members[`failed_${op}_operations`] = failed;
    members[`invalid_${op}_operations`] = invalid;
    if (histogram !== null)
      members[`${op}_latency_histogram`] = {
        boundaries: [...histogram.boundaries],
        bins: histogram.bins.slice(),
      };
  }
  members['timed_stats'] = [];
  return members;
}

/** Drivers that report how many discards the host carried out for them. */
const FILES: ReadonlySet<string> = new Set(['file', 'host_device']);

/** The statistics of a node: the end of its furthest write. Requests are counted by devices. Those of a device leave unnamed filters out. */
function nodeStats(given: BlockNode, ofDevice: boolean): JsonObject {
  const node = ofDevice ? skipImplicit(given) : given;
  const stats = statsMembers(createStats(node.layer.sim), false);
  stats['wr_highest_offset'] = node.highestWrite;
  const result: JsonObject = { stats, 'node-name': node.name };
  if (FILES.has(node.driver.name))
    result['driver-specific'] = {
      driver: node.driver.name,
      'discard-nb-ok': node.discarded.ok,
      'discard-nb-failed': node.discarded.failed,
      'discard-bytes-ok': node.discarded.bytes,
    };
  const below = primaryChild(node);
  if (below !== undefined) result['parent'] = nodeStats(below, ofDevice);
  const behind = nodeBehind(node);
  if (ofDevice && behind !== undefined) result['backing'] = nodeStats(behind, ofDevice);
  return result;
}

function deviceStats(blk: BlockBackend): JsonObject {
  const node = skipImplicit(blk.node);
  const stats = statsMembers(blk.stats, true);
  stats['wr_highest_offset'] = node.highestWrite;
  const { lastAccess, sim } = blk.stats;
  if (lastAccess !== null) stats['idle_time_ns'] = sim.now - lastAccess;
  const result: JsonObject = {
    ...(blk.inserted ? nodeStats(node, true) : {}),
    device: blk.name,
    stats,
  };
  if (blk.qdev !== null) result['qdev'] = blk.qdev;
  return result;
}

export const queryBlockstats: QmpCommand = {
  name: 'query-blockstats',
  args: [optional('query-nodes', 'boolean')],
  run({ layer }, args) {
    if (flagArg(args, 'query-nodes') === true)
      return success([...layer.nodes.values()].map((node) => nodeStats(node, false)));
    return success(layer.backends.filter(isShown).map(deviceStats));
  },
};
