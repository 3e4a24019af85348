// machine-queues.ts — The machine's own account of its queues after every record; the views are compared with it.
import { readFileSync } from 'node:fs';

import type { MachineOptions, Machine } from '@dmsim/host';
import { createMachine, runLab } from '@dmsim/host';
import type { Multipath } from '@dmsim/multipath';
import type { Recording } from '@dmsim/observe';
import { startRecorder } from '@dmsim/observe';
import { expect } from 'vitest';

export const readLab = (name: string): string =>
  readFileSync(new URL(`../../docs/labs/${name}.sh`, import.meta.url), 'utf8');

/** Returns Linux's output for a lab of docs/labs. */
export const expectedOf = (name: string): string =>
  readFileSync(new URL(`../../docs/labs/${name}.expected`, import.meta.url), 'utf8');

export interface Queues {
  readonly deferred: number;
  readonly pushedBack: number;
  readonly queued: number;
  readonly suspended: boolean;
}

export interface Seen {
  /** Records at that instant. */
  readonly nth: number;
  /** By `devNumber`. */
  readonly maps: ReadonlyMap<number, Queues>;
  /** Requests that drivers have, by `devNumber`. */
  readonly inFlight: ReadonlyMap<number, number>;
}

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

/** Records the machine's last state for each number of records: it may move without a record. */
export function recordMachine(
  text: string,
  options: MachineOptions = {},
): { readonly recording: Recording; readonly seen: readonly Seen[] } {
  const machine = createMachine(options);
  const recorder = startRecorder(machine, { maxRecords: 1e6, dirtyPages: () => 0 });
  const seen = new Map<number, Seen>();
  const { outcome } = runLab(machine, {
    name: 'lab.sh',
    text,
    onOutput: () => undefined,
    between: () => {
      recorder.look();
      seen.set(recorder.count(), look(machine, recorder.count()));
      return undefined;
    },
  });
  expect(outcome.kind).toBe('exited');
  return { recording: recorder.finish(), seen: [...seen.values()] };
}
