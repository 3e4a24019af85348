// names.ts — Names of devices in the words of an event, taken from a survey.
import { devText } from '../invariants/violation.ts';
import type { Survey } from '../recording/survey.ts';

/** `sda`, `mpatha`; the number of a device that the survey does not have. */
export function nameIn({ disks, maps }: Survey, dev: number): string {
  const found = maps.find((map) => map.dev === dev) ?? disks.find((disk) => disk.dev === dev);
  return found?.name ?? devText(dev);
}
