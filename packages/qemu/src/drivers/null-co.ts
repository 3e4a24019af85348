// null-co.ts — A disk that accepts all writes and reads as zeroes, without delay. Mirrors block/null.c.
import type { Nanos } from '@dmsim/sim';
import { after } from '@dmsim/sim';

import { handlerReady, scheduleBh } from '../aio/aio-context.ts';
import type { BlockDriver } from '../block/block-driver.ts';
import type { BlockNode } from '../block/node.ts';
import { optionalFlag, optionalSize } from './options.ts';

interface NullState {
  readonly size: number;
  readonly latency: Nanos;
  readonly plain: boolean;
  readonly readZeroes: boolean;
}

const stateOf = (node: BlockNode): NullState => node.state as NullState;

/** INT64_MAX */
const LONGEST = 2 ** 63;

/** `always`: also a request without latency is answered in the next turn of the loop. */
const nullDriver = (name: string, always: boolean): BlockDriver => ({
  name,
  writesZeroes: false,
  strongOptions: ['size', 'read-zeroes'],
  open: (options) => {
    const size = optionalSize(options['size']) ?? 1 << 30;
    const plain = options['read-zeroes'] === undefined && options['size'] === undefined;
    const readZeroes = optionalFlag(options['read-zeroes']) ?? false;
    const given = options['latency-ns'];
    const latency = typeof given === 'bigint' ? Number(given) : (optionalSize(given) ?? 0);
    if (latency < 0 || latency > LONGEST) return { kind: 'failed', why: 'latency-ns is invalid' };
    const state: NullState = { size, latency, plain, readZeroes };
    return { kind: 'opened', state, children: [] };
  },
  length: (node) => stateOf(node).size,
  submit: (node, request, complete) => {
    if (request.op === 'read') request.data?.fill(0);
    const { latency } = stateOf(node);
    if (latency === 0 && always)
      scheduleBh(node.ctx, `${request.op} of ${node.name} ends`, () => complete(null));
    else if (latency === 0) complete(null);
    else
      after(node.layer.sim, latency, `latency of ${node.name}`, () =>
        handlerReady(node.ctx, `${request.op} of ${node.name} ends`, () => complete(null)),
      );
  },
  filename: (node) => (stateOf(node).plain ? `${name}://` : null),
  readsZeroes: (node) => stateOf(node).readZeroes,
  zeroRun: (_node, _offset, bytes) => ({ zero: false, unknown: true, bytes }),
  allocation: (node, _offset, bytes) => ({ allocated: stateOf(node).readZeroes, bytes }),
  hasInfo: () => false,
  allocatedSize: () => 0,
  reopen: () => null,
});

export const nullCo: BlockDriver = nullDriver('null-co', false);
export const nullAio: BlockDriver = nullDriver('null-aio', true);
