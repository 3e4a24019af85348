import { createSim, run } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import type { BlockRequest } from '../block/block-driver.ts';
import type { BlockNode } from '../block/node.ts';
import { nodeLength, submitRequest } from '../block/node.ts';
import { formatQcow2 } from '../block/qcow2-image.ts';
import { createRawFile } from '../block/raw-file.ts';
import type { Machine } from '../vm/machine.case.ts';
import { machine } from '../vm/machine.case.ts';
import { fileOf } from './raw.ts';

const CLUSTER = 65536;
const SIZE: number = 4 * CLUSTER;
const PAGE = 4096;

interface Opened extends Machine {
  readonly image: BlockNode;
  /** Runs until all is done. */
  finish(): void;
}

/** An overlay of an image that is full of ones. */
function opened(): Opened {
  const list = [
    createRawFile('below', new Uint8Array(SIZE).fill(1)),
    createRawFile('image', formatQcow2({ virtualSize: SIZE, backingFile: 'below' })),
  ];
  const sim = createSim();
  const files = new Map(list.map((file) => [file.path, file]));
  const m = machine(['-machine', 'none'], { files }, sim);
  m.qmp('blockdev-add', {
    driver: 'qcow2',
    'node-name': 'image',
    file: { driver: 'file', filename: 'image' },
    backing: { driver: 'file', filename: 'below' },
  });
  m.runFor(1);
  const image = m.vm.layer.nodes.get('image');
  if (image === undefined) throw new Error(m.heard.join('\n'));
  return Object.assign(m, { image, finish: () => m.runFor(100) });
}

const request = (op: 'read' | 'write', at: number, data: Uint8Array): BlockRequest => ({
  op,
  offset: at,
  bytes: data.length,
  data,
});

const write = ({ image }: Opened, at: number, bytes: number, value: number): void =>
  submitRequest(image, request('write', at, new Uint8Array(bytes).fill(value)), (ret) =>
    expect(ret).toBeNull(),
  );

/** The values that a read brings, each once. */
function valuesAt(m: Opened, at: number, bytes: number): number[] {
  // As it is when the guest has used the page before.
  const data = new Uint8Array(bytes).fill(0xee);
  submitRequest(m.image, request('read', at, data), (ret) => expect(ret).toBeNull());
  m.finish();
  return [...new Set(data)];
}

describe('a write that ends in a cluster that is not there yet', () => {
  /** The two writes begin so many events apart. */
  const apart = Array.from({ length: 8 }, (_, events) => events);

  it.each(apart)(
    'loses no write to the cluster before it that began %i events earlier',
    (events) => {
      const m = opened();
      // The last comes first in the file, so that a write to all of them takes two steps.
      for (const cluster of [2, 0, 1]) {
        write(m, cluster * CLUSTER, CLUSTER, 2);
        m.finish();
      }
      write(m, 0, 2 * CLUSTER + PAGE, 3);
      if (events > 0) run(m.sim, { maxEvents: events });
      write(m, 3 * CLUSTER - PAGE, 2 * PAGE, 4);
      m.finish();
      expect(valuesAt(m, 0, 2 * CLUSTER + PAGE)).toEqual([3]);
      expect(valuesAt(m, 2 * CLUSTER + PAGE, CLUSTER - 2 * PAGE)).toEqual([2]);
      expect(valuesAt(m, 3 * CLUSTER - PAGE, 2 * PAGE)).toEqual([4]);
      expect(valuesAt(m, 3 * CLUSTER + PAGE, CLUSTER - PAGE)).toEqual([1]);
    },
  );
});

it('finds zeroes beyond the end of the file, whatever the buffer of the read held', () => {
  const m = opened();
  const file = fileOf(m.image);
  const data = new Uint8Array(2 * PAGE).fill(0xee);
  submitRequest(file, request('read', nodeLength(file) - PAGE, data), () => undefined);
  m.finish();
  expect([...new Set(data.subarray(PAGE))]).toEqual([0]);
});
