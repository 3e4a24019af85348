// names.ts — What devices are called in the words of an event, as a survey has them.
import { devText } from '../invariants/violation.ts';
import type { Survey } from '../recording/survey.ts';

/** `sda`, `mpatha`; the number of a device that the survey does not have. */
export function nameIn({ disks, maps }: Survey, dev: number): string {
  const found = maps.find((map) => map.dev === dev) ?? disks.find((disk) => disk.dev === dev);
  return found?.name ?? devText(dev);
}
