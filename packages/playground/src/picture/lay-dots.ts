// lay-dots.ts — Places the dot of each bio: in its queue, at its disk, or between them.
import type { BioState, Instant, Place } from '@dmsim/observe';

import { LABEL } from './lay-map.ts';
import type { QueueName } from './lay-map.ts';
import type { Placed } from './layout.ts';

/** `first`: nothing went wrong so far; `retry`: a try failed, and it is under way again or waits; */
export type DotKind = 'first' | 'retry';

export interface Dot {
  /** The dot keeps its key from instant to instant, so that it moves. */
  readonly key: string;
  readonly bio: number;
  readonly kind: DotKind;
  readonly x: number;
  readonly y: number;
  readonly where: string;
}

const STEP = 19;
/** A queue shows this many dots, and counts the others. */
export const MAX_IN_QUEUE = 24;

const QUEUES: Partial<Record<Place['kind'], QueueName>> = {
  deferred: 'deferred',
  'pushed back': 'pushed back',
  'queued in the target': 'in the target',
  requeued: 'requeue list',
};

export function layDots({ bios }: Instant, placed: Placed): Dot[] {
  const dots: Dot[] = [];
  const taken = new Map<string, number>();
  const nextAt = (where: string): number => {
    const n = taken.get(where) ?? 0;
    taken.set(where, n + 1);
    return n;
  };
  for (const bio of bios) {
    for (const [i, place] of bio.places.entries()) {
      const spot = spotOf(place, bio, { placed, nextAt });
      if (spot === null) continue;
      const kind = bio.lastError === 0 ? 'first' : 'retry';
      dots.push({ key: `${bio.id}/${i}`, bio: bio.id, kind, ...spot });
    }
  }
  return dots;
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly where: string;
}

interface Spots {
  readonly placed: Placed;
  readonly nextAt: (where: string) => number;
}

function spotOf(place: Place, bio: BioState, { placed, nextAt }: Spots): Spot | null {
  const map = placed.maps.find(({ dev }) => dev === place.dev);
  const queueName = QUEUES[place.kind];
  const queue = map?.queues.find(({ name }) => name === queueName);
  if (map !== undefined && queue !== undefined) {
    const i = queue.bios.indexOf(bio.id);
    const n = nextAt(`${map.dev} ${queue.name}`);
    const at = i < 0 ? n : i;
    if (at >= MAX_IN_QUEUE) return null;
    const room = queue.width - LABEL - 40;
    const step = Math.min(STEP, room / Math.max(1, Math.min(MAX_IN_QUEUE, queue.bios.length) - 1));
    return {
      x: queue.x + LABEL + 12 + at * step,
      y: queue.y + queue.height / 2,
      where: `${queue.name}, ${map.name}`,
    };
  }
  const device = placed.devices.find(({ dev }) => dev === place.dev);
  if (device !== undefined) {
    const n = nextAt(`device ${device.dev}`);
    if (n >= MAX_IN_QUEUE) return null;
    return {
      x: device.x + device.width - 12 - (n % 6) * 13,
      y: device.y + device.height / 2,
      where: `with ${device.name}`,
    };
  }
  if (map !== undefined) {
    const n = nextAt(`way ${map.dev}`);
    if (n >= MAX_IN_QUEUE) return null;
    return {
      x: map.x + map.width + 20 + Math.floor(n / 8) * 6,
      y: map.y + map.height / 2 + ((n % 8) - 3) * 20,
      where: `on its way, ${map.name}`,
    };
  }
  return null;
}
