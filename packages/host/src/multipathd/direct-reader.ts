// direct-reader.ts — Reads a disk for multipathd without making it wait. Mirrors fs/aio.c: io_submit_one, block/fops.c: blkdev_direct_IO.
import { pageCacheOf } from '@dmsim/bdev';
import type { Bio, BlockDevice } from '@dmsim/block';
import { BLK_STS, closeDevice, createBio, openDevice, REQ_OP, submitBio } from '@dmsim/block';
import type { DirectReader } from '@dmsim/multipathd';

import type { Machine } from '../machine.ts';

export function openDirect(machine: Machine, kernel: string): DirectReader | undefined {
  const dev = machine.layer.byName.get(kernel);
  if (dev === undefined || openDevice(dev) !== undefined) return undefined;
  const nrSectors = pageCacheOf(machine, dev).blockSize / 512;
  return {
    read: (done) => readStart(dev, nrSectors, done),
    close: () => closeDevice(dev),
  };
}

function readStart(dev: BlockDevice, nrSectors: number, done: (good: boolean) => void): void {
  // An unplugged disk has size 0: a read ends at once and returns no bytes.
  if (dev.dying) return done(false);
  const end = ({ status }: Bio): void => done(status === BLK_STS.OK);
  submitBio(createBio(dev, { op: REQ_OP.READ, sector: 0, nrSectors }, end));
}
