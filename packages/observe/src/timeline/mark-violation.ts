// mark-violation.ts — A broken invariant in the timeline: an instant on a track of its own, and one on the device it is about.
import type { Violation } from '../invariants/violation.ts';
import type { Watched } from '../watched.ts';
import type { ChromeTraceWriter } from './json-writer.ts';
import { toMicros } from './json-writer.ts';
import { deviceNames } from './names.ts';
import type { Track, Tracks } from './tracks.ts';

export function markViolation(
  machine: Watched,
  writer: ChromeTraceWriter,
  tracks: Tracks,
  { invariant, message, meaning, at, dev, bioId }: Violation,
): void {
  const args = { message, meaning, ...(bioId === undefined ? {} : { bio: bioId }) };
  const mark = (track: Track): void =>
    writer.write({
      ph: 'i',
      ...track,
      ts: toMicros(at),
      name: `BROKEN: ${invariant}`,
      s: 't',
      args,
    });
  mark(tracks.track('broken invariants', 'broken'));
  if (dev !== undefined) mark(tracks.track(deviceNames(machine)(dev), 'state'));
}
