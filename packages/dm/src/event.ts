// event.ts — A table, or the driver itself, says that something happened. Mirrors dm-table.c: dm_table_event, dm.c: event_callback, dm_issue_global_event.
import { wakeUp } from '@dmsim/sim';

import type { DeviceMapper } from './device-mapper.ts';
import type { DmTable } from './table.ts';
import { sendPathUevents } from './uevent.ts';

/** Counts only for the live table. Everyone who waits for an event of the device, or of any, is woken. */
export function tableEvent(table: DmTable): void {
  const { md } = table;
  if (md.map !== table) return;
  sendPathUevents(md);
  md.eventNr++;
  wakeUp(md.eventQueue);
  globalEvent(md.dm);
}

/** Whoever polls /dev/mapper/control is woken. */
export function globalEvent(dm: DeviceMapper): void {
  dm.globalEventNr++;
  wakeUp(dm.globalEventQueue);
}
