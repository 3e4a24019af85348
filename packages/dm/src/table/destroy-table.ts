// destroy-table.ts — Destroys a table. Mirrors dm-table.c: dm_table_destroy.
import { assert, record } from '@dmsim/sim';

import { DM_TRACE } from '../trace-points.ts';
import { closeTableDevice } from './dm-device.ts';
import type { DmTable } from './table.ts';

/** Calls every target's dtr in order, then closes devices that a target forgot to put. */
export function destroyTable(table: DmTable): void {
  assert(!table.destroyed, 'a table is destroyed once');
  const { sim } = table.md.dm;
  if (sim.trace !== null) record(sim, DM_TRACE.dm_destroy_table.code, table.md.dev, table.id);
  for (const ti of table.targets) ti.type.dtr?.(ti);
  for (const dev of table.devices.splice(0)) closeTableDevice(table, dev.bdev);
  table.destroyed = true;
}
