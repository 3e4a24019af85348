// The state that the page shows, computed from the trace alone, against the machine's own queues.
import type { Instant, Recording } from '@dmsim/observe';
import { createReplay, stateAt } from '@dmsim/observe';
import { createPrng, random, uniformInteger } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import type { Seen } from './machine-queues.ts';
import { readLab, recordMachine } from './machine-queues.ts';

const countOf = ({ bios }: Instant, kind: string, dev: number): number =>
  bios.flatMap(({ places }) => places).filter((place) => place.kind === kind && place.dev === dev)
    .length;

function checkState(instant: Instant, { maps, inFlight }: Seen): void {
  for (const [dev, queues] of maps) {
    const state = instant.maps.find((map) => map.dev === dev);
    if (state === undefined) continue;
    const { deferred, pushedBack } = state;
    const shown = {
      // Linux of today has one list for both.
      waiting: deferred.length + pushedBack.length,
      queued: state.queued.length,
      suspended: state.state === 'suspended',
    };
    const { queued, suspended } = queues;
    expect(shown).toEqual({ waiting: queues.deferred + queues.pushedBack, queued, suspended });
  }
  for (const [dev, count] of inFlight) {
    expect(countOf(instant, 'on a device', dev)).toBe(count);
  }
}

const LABS = ['replug', 'noflush-or-flush', 'queue-if-no-path-timeout', 'path-flapping'];
const RUNS = LABS.flatMap((name) =>
  (['deferred-head', 'pushback', 'none'] as const).map((requeue) => ({ name, requeue })),
);

describe('the state at an instant', () => {
  it.each(RUNS)('is the state of the machine: $name with $requeue', ({ name, requeue }) => {
    const { recording, seen } = recordMachine(readLab(name), {
      requeue,
      seed: 3,
      chooser: random(3),
    });
    const replay = createReplay(recording);
    for (const one of seen) checkState(replay.stateAt(one.nth), one);
  });

  it('is the same when one goes back to it', () => {
    const { recording } = recordMachine(readLab('replug'));
    const first = forward(recording);
    const rng = createPrng(7);
    const replay = createReplay(recording);
    for (let i = 0; i < 50; i++) {
      const nth = uniformInteger(rng, 0, recording.count);
      expect(replay.stateAt(nth)).toEqual(first[nth]);
    }
  });

  it('holds the queues of the story at its turning points', () => {
    const { recording } = recordMachine(readLab('replug'));
    const queued = nthWhere(recording, ({ maps }) => maps[0]?.queued.length === 3);
    expect(stateAt(recording, queued).maps[0]?.state).toBe('running');
    const suspended = nthWhere(recording, ({ maps }) => maps[0]?.deferred.length === 1);
    const [map] = stateAt(recording, suspended).maps;
    expect(map?.pushedBack).toHaveLength(3);
    expect(map?.noflush).toBe(true);
    const end = stateAt(recording, recording.count);
    expect(end.bios).toEqual([]);
  });
});

function forward(recording: Recording): Instant[] {
  const replay = createReplay(recording);
  return Array.from({ length: recording.count + 1 }, (_, nth) => replay.stateAt(nth));
}

function nthWhere(recording: Recording, wanted: (instant: Instant) => boolean): number {
  const replay = createReplay(recording);
  for (let nth = 0; nth <= recording.count; nth++) if (wanted(replay.stateAt(nth))) return nth;
  throw new Error('no such instant');
}
