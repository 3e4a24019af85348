// loop.ts — Loop devices without a file behind them: they are seen, and whoever opens one ends the lab. Mirrors drivers/block/loop.c: loop_add.
import { NotSupported } from '@dmsim/sim';

import type { BlockDevice, BlockLayer } from '../block-device.ts';
import { addDisk, createBlockDevice } from '../block-device.ts';
import { createRequestQueue } from '../request-queue.ts';
import type { QueueOps } from '../request.ts';

const LOOP_MAJOR = 7;
/** max_loop */
const COUNT = 8;
const DEPTH = 128;

/** No file is ever attached, so nothing is ever submitted. */
const OPS: QueueOps = { queueRq: () => 'error', complete: () => undefined };

export function createLoopDisks(layer: BlockLayer): BlockDevice[] {
  return Array.from({ length: COUNT }, (_, minor) => {
    const name = `loop${minor}`;
    const queue = createRequestQueue(layer, { name, depth: DEPTH, ops: OPS, scheduler: 'none' });
    const onOpen = (): never => {
      const error = new NotSupported(`/dev/${name}`, 0, 'loop devices');
      error.message = `/dev/${name}: not supported: loop devices are not simulated`;
      throw error;
    };
    const disk = createBlockDevice(layer, {
      major: LOOP_MAJOR,
      minor,
      name,
      capacity: 0,
      queue,
      onOpen,
    });
    queue.dev = disk;
    addDisk(disk);
    return disk;
  });
}
