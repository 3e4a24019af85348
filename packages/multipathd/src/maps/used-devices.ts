// used-devices.ts — The device entries that count for some path. Mirrors libmultipath/structs_vec.c: get_used_hwes.
import type { DeviceEntry } from '../config/config.ts';
import type { Session } from '../session.ts';

/** Each once; of a path's entries the one that wins last. */
export function usedDevices({ paths }: Session): DeviceEntry[] {
  const used = new Set<DeviceEntry>();
  for (const { devices } of paths) for (const entry of devices.toReversed()) used.add(entry);
  return [...used];
}
