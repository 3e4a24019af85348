// null-co.ts — A disk that takes everything and gives zeroes, at once. Mirrors block/null.c.
import type { BlockDriver } from '../block/block-driver.ts';
import type { BlockNode } from '../block/node.ts';
import { optionalFlag, optionalSize } from './options.ts';

interface NullState {
  readonly size: number;
  readonly plain: boolean;
  readonly readZeroes: boolean;
}

const stateOf = (node: BlockNode): NullState => node.state as NullState;

export const nullCo: BlockDriver = {
  name: 'null-co',
  strongOptions: ['size', 'read-zeroes', 'latency-ns'],
  open: (options) => {
    const size = optionalSize(options['size']) ?? 1 << 30;
    const plain = options['read-zeroes'] === undefined && options['latency-ns'] === undefined;
    const readZeroes = optionalFlag(options['read-zeroes']) ?? false;
    return { kind: 'opened', state: { size, plain, readZeroes } satisfies NullState, children: [] };
  },
  length: (node) => stateOf(node).size,
  submit: (_node, request, complete) => {
    if (request.op === 'read') request.data?.fill(0);
    complete(null);
  },
  filename: (node) => (stateOf(node).plain ? 'null-co://' : null),
  readsZeroes: (node) => stateOf(node).readZeroes,
  hasInfo: () => false,
};
