// table.ts — A table: its targets in order, and the devices they use. Mirrors drivers/md/dm-table.c: struct dm_table.
import type { BlockDevice } from '@dmsim/block';

import type { MappedDevice } from '../mapped-device.ts';
import type { DmTarget, TargetType } from '../target-type.ts';

/** How a device does I/O; its first table decides it for good. The kernel's messages show these numbers. */
export type QueueMode = 0 | 1 | 2 | 3;
export const DM_TYPE = { NONE: 0, BIO_BASED: 1, REQUEST_BASED: 2, DAX_BIO_BASED: 3 } as const;

/** A device that a table uses, opened once however many targets name it. Mirrors struct dm_dev. */
export interface DmDev {
  readonly bdev: BlockDevice;
  /** `8:16`, as table and status lines show it. */
  readonly name: string;
  references: number;
}

export interface DmTable {
  /** Numbers the tables of the machine, for traces. */
  readonly id: number;
  readonly md: MappedDevice;
  readonly readOnly: boolean;
  readonly targets: DmTarget[];
  /** End sector (exclusive) of each target, for the binary search. */
  ends: Float64Array;
  type: QueueMode;
  /** Newest first: `dmsetup deps` shows this order. */
  readonly devices: DmDev[];
  /** True if a target was added whose type must stand alone. */
  singleton: boolean;
  immutableTargetType: TargetType | null;
  /** True if all its targets let flushes pass. */
  flushBypassesMap: boolean;
  destroyed: boolean;
}

/** Sectors the table covers (dm_table_get_size). */
export function tableSize(table: DmTable): number {
  const last = table.targets.at(-1);
  return last === undefined ? 0 : last.begin + last.len;
}

/** The target that holds `sector`. Callers have checked that it lies within the table (dm_table_find_target). */
export function findTarget(table: DmTable, sector: number): DmTarget {
  const { targets } = table;
  return targets.length === 1 ? (targets[0] as DmTarget) : searchTarget(table, sector);
}

function searchTarget({ ends, targets }: DmTable, sector: number): DmTarget {
  let low = 0;
  let high = targets.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sector < (ends[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return targets[low] as DmTarget;
}
