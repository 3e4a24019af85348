// event.ts — A table says that something happened. Mirrors dm-table.c: dm_table_event and dm.c: event_callback.
import { wakeUp } from '@dmsim/sim';

import type { DmTable } from './table.ts';
import { sendPathUevents } from './uevent.ts';

/** Counts only for the live table. Everyone who waits for an event of the device, or of any, is woken. */
export function tableEvent(table: DmTable): void {
  const { md } = table;
  if (md.map !== table) return;
  sendPathUevents(md);
  md.eventNr++;
  wakeUp(md.eventQueue);
  md.dm.globalEventNr++;
  wakeUp(md.dm.globalEventQueue);
}
