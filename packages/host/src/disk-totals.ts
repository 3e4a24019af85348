// disk-totals.ts — Counts the I/O that each SCSI disk has served, which shows how a policy shared it out.
import { scsiDeviceOf } from '@dmsim/block';

import type { Machine } from './machine.ts';

/** Reads, writes and discards that have ended since boot, by disk name. */
export function diskTotals({ layer }: Pick<Machine, 'layer'>): Map<string, number> {
  const totals = new Map<string, number>();
  for (const dev of layer.devices.values()) {
    const { read, write, discard } = dev.stats;
    if (scsiDeviceOf(dev) !== null) totals.set(dev.name, read.ios + write.ios + discard.ios);
  }
  return totals;
}
