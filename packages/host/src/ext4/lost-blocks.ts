// lost-blocks.ts — What a mount finds where data of files did not reach the disk.
import { submitAndWait } from '@dmsim/bdev';
import { BLK_STS, REQ_OP } from '@dmsim/block';
import type { Task } from '@dmsim/sim';

import type { Ext4 } from './file-system.ts';
import { BLOCK, BLOCK_SECTORS } from './layout.ts';

/** Takes over what the disk has in those places; a block that was never written is read as zeros. False if one can't be read. */
export function* readLostBlocks({ dev, inodes }: Ext4): Task<boolean> {
  for (const { blocks, file, lost, unwritten } of inodes) {
    for (const at of lost) {
      const data = new Uint8Array(BLOCK);
      const sector = (blocks.get(at) ?? 0) * BLOCK_SECTORS;
      const read = [{ op: REQ_OP.READ, sector, nrSectors: BLOCK_SECTORS, data }];
      if (!unwritten.has(at) && (yield* submitAndWait(dev, read)) !== BLK_STS.OK) return false;
      file.writeAt(at * BLOCK, data.subarray(0, Math.max(0, file.size() - at * BLOCK)));
    }
    lost.clear();
  }
  return true;
}
