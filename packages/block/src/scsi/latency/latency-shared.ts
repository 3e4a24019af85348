// latency-shared.ts — Resources that several paths share: a link's bandwidth, and the commands that a controller serves at a time.
import type { Nanos } from '@dmsim/sim';

import type { Latency, LatencyModel } from './latency.ts';

/** One after the other at so many bytes a second; shared by all whose state has it. */
export interface SharedLink {
  readonly bytesPerSecond: number;
  freeAt: Nanos;
}

/** When each of the commands that can be served at a time will have ended. */
export interface Station {
  readonly slots: Float64Array;
}

export const createStation = (depth: number): Station => ({ slots: new Float64Array(depth) });

/** `base` is what the path itself takes; null: not limited so. */
export interface SharedState {
  readonly name: string;
  readonly link: SharedLink | null;
  readonly station: Station | null;
  readonly base: Latency;
}

/** A command waits for a slot of the station, is served, and its data then waits for the link. */
export const sharedLatency: LatencyModel<SharedState> = {
  name: 'shared',
  draw({ link, station, base }, now, bytes) {
    let end = now + base.draw(base.state, now, bytes);
    if (station !== null) {
      const slot = earliest(station.slots);
      end += Math.max(0, (station.slots[slot] as number) - now);
      station.slots[slot] = end;
    }
    if (link !== null) {
      end = Math.max(end, link.freeAt) + Math.round((bytes * 1e9) / link.bytesPerSecond);
      link.freeAt = end;
    }
    return end - now;
  },
};

function earliest(slots: Float64Array): number {
  let best = 0;
  for (let i = 1; i < slots.length; i++)
    if ((slots[i] as number) < (slots[best] as number)) best = i;
  return best;
}
