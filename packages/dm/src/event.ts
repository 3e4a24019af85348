// event.ts — A table, or the driver itself, says that something happened. Mirrors dm-table.c: dm_table_event, dm.c: event_callback, dm_issue_global_event.
import { wakeUp } from '@dmsim/sim';

import type { DeviceMapper } from './device-mapper.ts';
import type { DmTable } from './table/table.ts';
import { sendPathUevents } from './uevent.ts';

/** Only the live table's events count. Wakes all waiters for an event of this device, or of any device. */
export function tableEvent(table: DmTable): void {
  const { md } = table;
  if (md.map !== table) return;
  sendPathUevents(md);
  md.eventNr++;
  wakeUp(md.eventQueue);
  globalEvent(md.dm);
}

/** Wakes the processes that poll /dev/mapper/control. */
export function globalEvent(dm: DeviceMapper): void {
  dm.globalEventNr++;
  wakeUp(dm.globalEventQueue);
}
