// latency-histogram.ts — block-latency-histogram-set. Mirrors block/qapi-sysemu.c: qmp_block_latency_histogram_set.
import type { AccountedOp, Histogram } from '../../block/accounting.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, stringArg, success } from '../command.ts';
import type { Json, JsonObject } from '../json.ts';
import type { QapiType } from '../qapi.ts';
import { optional, required } from '../qapi.ts';
import { findBackend } from './io-throttle.ts';

const BOUNDARIES: QapiType = { kind: 'list', of: 'uint64' };

/** The kinds of requests, and how arguments and messages call them. */
const KINDS: readonly (readonly [op: AccountedOp, name: string])[] = [
  ['rd', 'read'],
  ['wr', 'write'],
  ['flush', 'flush'],
];

/** Each kind gets boundaries of its own, or else those of all; without any, no latencies are counted any more. */
export const latencyHistogramSet: QmpCommand = {
  name: 'block-latency-histogram-set',
  args: [
    required('id', 'string'),
    optional('boundaries', BOUNDARIES),
    ...KINDS.map(([, name]) => optional(`boundaries-${name}`, BOUNDARIES)),
  ],
  needsMachine: true,
  run(vm, args): CommandResult {
    const id = stringArg(args, 'id') ?? '';
    const blk = findBackend(vm, { id });
    if ('kind' in blk) return blk;
    const { ops } = blk.stats;
    const given = KINDS.map(([op, name]) => ({ op, name, list: listOf(args, name) }));
    if (given.every(({ list }) => list === undefined)) {
      for (const { op } of given) ops[op].histogram = null;
      return success();
    }
    for (const { op, name, list } of given) {
      if (list === undefined) continue;
      const histogram = histogramOf(list.map(Number));
      if (histogram === null) return failure(`Device '${id}' set ${name} boundaries fail`);
      ops[op].histogram = histogram;
    }
    return success();
  },
};

const listOf = (args: JsonObject, name: string): readonly Json[] | undefined => {
  const list = args[`boundaries-${name}`] ?? args['boundaries'];
  return Array.isArray(list) ? list : undefined;
};

/** Null: the boundaries do not increase. */
function histogramOf(boundaries: readonly number[]): Histogram | null {
  const increases = boundaries.every((boundary, i) => boundary > (boundaries[i - 1] ?? 0));
  return increases
    ? { boundaries, bins: Array.from({ length: boundaries.length + 1 }, () => 0) }
    : null;
}
