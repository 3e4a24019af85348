// exact-sectors.ts — Sizes that a number does not hold exactly, which nothing shows rounded.
import { NotSupported } from '@dmsim/sim';

/** Returns the sectors of a device or a target as they are. Refuses 2^53 of them, and more: an odd number of them would be rounded. */
export function exactSectors(sectors: number): number {
  if (sectors <= Number.MAX_SAFE_INTEGER) return sectors;
  throw new NotSupported('device-mapper', 0, 'a map of 2^53 sectors or more');
}
