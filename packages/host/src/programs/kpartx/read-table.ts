// read-table.ts — Reads the partition table of a disk.
import type { Process, Task } from '@dmsim/sim';

import type { Machine } from '../../machine.ts';
import { blockNode } from '../../tree/block-node.ts';
import type { Partition } from './partition-table.ts';
import { readPartitions } from './partition-table.ts';

const SECTOR = 512;

/** Returns null if there is no table or it can't be read, and `gpt` if it is a GUID partition table. */
export function* partitionsOf(
  process: Process,
  machine: Machine,
  { major, minor }: { readonly major: number; readonly minor: number },
): Task<readonly Partition[] | null | 'gpt'> {
  const flags = { read: true, write: false };
  const file = yield* blockNode(machine, major, minor).open(process, `${major}:${minor}`, flags);
  if (typeof file === 'string') return null;
  const known = new Map<number, Uint8Array>();
  try {
    // If the parser asks for a sector that has not been read, the sector is read and the parser starts anew.
    for (;;) {
      const missing: number[] = [];
      const answer = readPartitions((number) => {
        const sector = known.get(number);
        if (sector === undefined) missing.push(number);
        return sector ?? new Uint8Array(SECTOR);
      });
      const [next] = missing;
      if (next === undefined) return answer;
      file.seek(next * SECTOR, 'set');
      const bytes = yield* file.read(process, SECTOR);
      if (typeof bytes === 'string' || bytes.length < SECTOR) return null;
      known.set(next, bytes);
    }
  } finally {
    file.release(process);
  }
}
