// swap-table.ts — Makes another table the live one. Mirrors dm.c: dm_swap_table, __bind.
import type { BlockDevice } from '@dmsim/block';
import { limitsReplaced } from '@dmsim/block';
import type { Errno } from '@dmsim/sim';
import { record } from '@dmsim/sim';

import { globalEvent } from './event.ts';
import type { MappedDevice } from './mapped-device.ts';
import { calculateLimits } from './table/limits.ts';
import type { DmTable } from './table/table.ts';
import { tableSize } from './table/table.ts';
import { DM_TRACE } from './trace-points.ts';

/** EINVAL unless the device is suspended, or if devices below are too small. The caller destroys the old table. */
export function swapTable(
  md: MappedDevice,
  table: DmTable,
): Errno | { readonly old: DmTable | null } {
  const { disk, map: old } = md;
  if (!md.suspended || disk === null) return 'EINVAL';
  const limits = calculateLimits(table, old === null ? null : disk.limits);
  if (limits === null) return 'EINVAL';
  disk.limits = limits;
  limitsReplaced(disk);
  disk.capacity = tableSize(table);
  md.map = table;
  md.immutableTargetType = table.immutableTargetType;
  traceSwap(md, disk, old);
  globalEvent(md.dm);
  return { old };
}

function traceSwap({ dm, dev, map }: MappedDevice, disk: BlockDevice, old: DmTable | null): void {
  const { sim } = dm;
  if (sim.trace === null || map === null) return;
  const place = disk.layer.placementOf?.(disk).key() ?? 0;
  const point = DM_TRACE.dm_swap_table.code;
  record(sim, point, dev, map.id, tableSize(map), old?.id ?? 0, place);
}
