// commands.ts — Generates what can happen to a map: I/O, loss and return of paths, messages, tables, suspends.
import * as fc from 'fast-check';

import type { Command, SuspendFlags, Table } from '../schedule.ts';
import { MAP_SECTORS, PATHS, UNIT } from '../schedule.ts';
import { discard, jobOrFlush, monitorWord } from './guests.ts';

const path = fc.nat({ max: PATHS - 1 });
const group = fc.integer({ min: 1, max: 2 });
const units = MAP_SECTORS / UNIT;

/** One page to 64 KiB, anywhere, across the ends of targets too. */
const io: fc.Arbitrary<Command> = fc
  .tuple(fc.boolean(), fc.nat({ max: units - 1 }), fc.constantFrom(1, 1, 2, 4, 16))
  .map(([read, at, length]) => ({
    kind: read ? 'read' : 'write',
    sector: at * UNIT,
    nrSectors: Math.min(length, units - at) * UNIT,
  }));

/** Many I/Os to few places: reads meet writes there. */
const busyIo: fc.Arbitrary<Command> = fc
  .tuple(fc.boolean(), fc.nat({ max: 3 }))
  .map(([read, at]) => ({
    kind: read ? 'read' : 'write',
    sector: (units / 2 - 2 + at) * UNIT,
    nrSectors: 2 * UNIT,
  }));

const pathState: fc.Arbitrary<Command> = fc
  .tuple(path, fc.boolean())
  .map(([p, running]) => ({ kind: 'path-state', path: p, state: running ? 'running' : 'offline' }));

const pathMessage: fc.Arbitrary<Command> = fc.tuple(path, fc.boolean()).map(([p, back]) => ({
  kind: 'path-message',
  word: back ? 'reinstate_path' : 'fail_path',
  path: p,
}));

const groupMessage: fc.Arbitrary<Command> = fc
  .tuple(fc.constantFrom('switch_group', 'disable_group', 'enable_group'), group)
  .map(([word, g]) => ({ kind: 'group-message', word, group: g }));

const unplug: fc.Arbitrary<Command> = fc
  .tuple(fc.boolean(), path)
  .map(([back, p]) => ({ kind: back ? 'rescan' : 'delete', path: p }));

const sleep: fc.Arbitrary<Command> = fc
  .constantFrom(1, 4, 5, 20, 150)
  .map((ms) => ({ kind: 'sleep', ms }));

const interrupt: fc.Arbitrary<Command> = fc.constant({ kind: 'interrupt' });
const clear: fc.Arbitrary<Command> = fc.constant({ kind: 'clear' });

export interface CommandChoice {
  readonly table: fc.Arbitrary<Table>;
  readonly flags: fc.Arbitrary<SuspendFlags>;
  /** False: nothing turns queueing off, nor interrupts a suspend. */
  readonly mayGiveUp: boolean;
  /** There is a virtual machine. */
  readonly hasGuest: boolean;
  /** Its disk is an overlay over the map. @defaultValue false */
  readonly overlay?: boolean | undefined;
  /** The guest discards. @defaultValue false */
  readonly discards?: boolean | undefined;
}

/** Of a suspend: with or without `noflush` and `lockFs`. */
export const anyFlags: fc.Arbitrary<SuspendFlags> = fc
  .tuple(fc.boolean(), fc.boolean())
  .map(([noflush, lockFs]) => ({ noflush, lockFs }));

/** Of a suspend with `noflush`, with or without `lockFs`. */
export const noflushOnly: fc.Arbitrary<SuspendFlags> = fc
  .boolean()
  .map((lockFs) => ({ noflush: true, lockFs }));

/** Weights: about half of all is I/O, so that what else happens happens under it. */
export function anyCommand({
  table,
  flags,
  mayGiveUp,
  hasGuest,
  overlay = false,
  discards = false,
}: CommandChoice): fc.Arbitrary<Command> {
  const queueing: fc.Arbitrary<Command> = mayGiveUp
    ? fc.constantFrom(
        { kind: 'queueing', word: 'queue_if_no_path' },
        { kind: 'queueing', word: 'fail_if_no_path' },
      )
    : fc.constant({ kind: 'queueing', word: 'queue_if_no_path' });
  const suspend: fc.Arbitrary<Command> = fc
    .tuple(flags, fc.boolean())
    .map(([f, background]) => ({ kind: 'suspend', flags: f, background }));
  const resume: fc.Arbitrary<Command> = flags.map((f) => ({ kind: 'resume', flags: f }));
  const load: fc.Arbitrary<Command> = table.map((t) => ({ kind: 'load', table: t }));
  const swap: fc.Arbitrary<Command> = fc
    .tuple(flags, table)
    .map(([f, t]) => ({ kind: 'swap', flags: f, table: t }));
  return fc.oneof(
    { weight: 10, arbitrary: io },
    { weight: 8, arbitrary: busyIo },
    { weight: 4, arbitrary: pathState },
    { weight: 5, arbitrary: pathMessage },
    { weight: 2, arbitrary: groupMessage },
    { weight: 1, arbitrary: queueing },
    { weight: 2, arbitrary: unplug },
    { weight: 2, arbitrary: load },
    { weight: 1, arbitrary: clear },
    { weight: 3, arbitrary: suspend },
    { weight: 3, arbitrary: resume },
    { weight: 2, arbitrary: swap },
    { weight: mayGiveUp ? 1 : 0, arbitrary: interrupt },
    { weight: 4, arbitrary: sleep },
    { weight: hasGuest ? 4 : 0, arbitrary: monitorWord },
    { weight: hasGuest ? 4 : 0, arbitrary: jobOrFlush(overlay) },
    { weight: hasGuest && discards ? 6 : 0, arbitrary: discard },
  );
}

/**
 * A noflush suspend in the background, which waits for what comes with it, and perhaps a signal to it: what is wrong with giving a
 * suspend up needs all of these near to each other, which single commands hardly ever are.
 */
export const waitingSuspend = ({ flags, mayGiveUp }: CommandChoice): fc.Arbitrary<Command[]> =>
  fc
    .tuple(flags, fc.array(busyIo, { minLength: 1, maxLength: 2 }), fc.boolean())
    .map(([f, io, after]) => {
      const suspend: Command[] = [{ kind: 'suspend', flags: f, background: true }];
      const begun = after ? suspend.concat(io) : io.concat(suspend);
      return mayGiveUp ? begun.concat({ kind: 'interrupt' }) : begun;
    });
