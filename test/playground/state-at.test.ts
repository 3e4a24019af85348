// The state that the page shows, computed from the trace alone, against the machine's own queues.
import { readFileSync } from 'node:fs';

import { createMachine, runLab } from '@dmsim/host';
import type { Machine } from '@dmsim/host';
import type { Multipath } from '@dmsim/multipath';
import type { Instant, Recording } from '@dmsim/observe';
import { createReplay, startRecorder, stateAt } from '@dmsim/observe';
import { createPrng, random, uniformInteger } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

const lab = (name: string): string =>
  readFileSync(new URL(`../../docs/labs/${name}.sh`, import.meta.url), 'utf8');

interface Queues {
  readonly deferred: number;
  readonly pushedBack: number;
  readonly queued: number;
  readonly suspended: boolean;
}

interface Seen {
  readonly nth: number;
  readonly maps: ReadonlyMap<number, Queues>;
  readonly inFlight: ReadonlyMap<number, number>;
}

/** What the machine itself says. */
function look({ dm, layer }: Machine, nth: number): Seen {
  const maps = new Map<number, Queues>();
  for (const md of dm.devices.values()) {
    const [target] = md.map?.targets ?? [];
    const multipath = target?.type.name === 'multipath' ? (target.state as Multipath) : null;
    maps.set(md.dev, {
      deferred: md.deferred.length,
      pushedBack: md.pushback.length,
      queued: multipath?.queuedBios.length ?? 0,
      suspended: md.suspended,
    });
  }
  const inFlight = new Map<number, number>();
  for (const { dev, major, queue } of layer.devices.values()) {
    if (queue !== null && major !== dm.major) inFlight.set(dev, queue.inFlight);
  }
  return { nth, maps, inFlight };
}

function record(text: string, options: Parameters<typeof createMachine>[0]) {
  const machine = createMachine(options);
  const recorder = startRecorder(machine, { maxRecords: 1e6, dirtyPages: () => 0 });
  const seen: Seen[] = [];
  const { outcome } = runLab(machine, {
    name: 'lab.sh',
    text,
    onOutput: () => undefined,
    between: () => {
      recorder.look();
      seen.push(look(machine, recorder.count));
      return undefined;
    },
  });
  expect(outcome.kind).toBe('exited');
  return { recording: recorder.finish(), seen };
}

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

/** The machine may move without a record; what it was last with this number of records is what the record left. */
function lastOfEach(seen: readonly Seen[]): Map<number, Seen> {
  return new Map(seen.map((one) => [one.nth, one]));
}

const LABS = ['replug', 'noflush-or-flush', 'queue-if-no-path-timeout', 'path-flapping'];
const RUNS = LABS.flatMap((name) =>
  (['deferred-head', 'pushback', 'none'] as const).map((requeue) => ({ name, requeue })),
);

describe('the state at an instant', () => {
  it.each(RUNS)('is the state of the machine: $name with $requeue', ({ name, requeue }) => {
    const { recording, seen } = record(lab(name), { requeue, seed: 3, chooser: random(3) });
    const replay = createReplay(recording);
    for (const [nth, one] of lastOfEach(seen)) checkState(replay.stateAt(nth), one);
  });

  it('is the same when one goes back to it', () => {
    const { recording } = record(lab('replug'), {});
    const first = forward(recording);
    const rng = createPrng(7);
    const replay = createReplay(recording);
    for (let i = 0; i < 50; i++) {
      const nth = uniformInteger(rng, 0, recording.count);
      expect(replay.stateAt(nth)).toEqual(first[nth]);
    }
  });

  it('holds the queues of the story at its turning points', () => {
    const { recording, seen } = record(lab('replug'), {});
    expect(seen.length).toBeGreaterThan(100);
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
