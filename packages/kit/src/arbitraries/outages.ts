// outages.ts — Losses that come together in life, as several commands in a row: everything at once, one controller, a flapping
// path, a path that is pulled and plugged in again. They shrink command by command, as all do.
import * as fc from 'fast-check';

import type { Access, Command } from '../schedule.ts';
import { PATHS } from '../schedule.ts';

/** Paths of one controller are next to each other. */
const CONTROLLERS: readonly (readonly number[])[] = [
  [0, 1],
  [2, 3],
];
const ALL: readonly number[] = Array.from({ length: PATHS }, (_, path) => path);

const path = fc.nat({ max: PATHS - 1 });
/** Short enough that I/O is under way when they end, and long enough that it fails. */
const pause = fc.constantFrom(0, 1, 5, 20);

const setStates = (paths: readonly number[], state: 'offline' | 'running'): Command[] =>
  paths.map((each) => ({ kind: 'path-state', path: each, state }));

/** Does what the daemon's checker does when it finds the paths up. */
const reinstate = (paths: readonly number[]): Command[] =>
  paths.map((each) => ({ kind: 'path-message', word: 'reinstate_path', path: each }));

const wait = (ms: number): Command[] => (ms === 0 ? [] : [{ kind: 'sleep', ms }]);

/** The paths go in one instant, and come back in one. */
const together = (paths: readonly number[], ms: number): Command[] => [
  ...setStates(paths, 'offline'),
  ...wait(ms),
  ...setStates(paths, 'running'),
  ...reinstate(paths),
];

const allAtOnce = pause.map((ms) => together(ALL, ms));

const oneController = fc
  .tuple(fc.constantFrom(...CONTROLLERS), pause)
  .map(([paths, ms]) => together(paths, ms));

const flapping = fc
  .tuple(path, pause, fc.integer({ min: 2, max: 4 }))
  .map(([one, ms, turns]) => Array.from({ length: turns }, () => together([one], ms)).flat());

/** Under another name: the map does not know the disk that comes. */
const pull = (one: number, ms: number): Command[] => [
  { kind: 'delete', path: one },
  ...wait(ms),
  { kind: 'rescan', path: one },
];

/** Under another name: the map does not know the disk that comes. */
const replugged = fc.tuple(path, pause).map(([one, ms]) => pull(one, ms));

const stall = (one: number, ms: number): Command => ({ kind: 'stall', path: one, ms });

/** A controller hangs, and is found dead when it has hung for long enough; or it answers in the end. */
export const hangThenFail: fc.Arbitrary<Command[]> = fc
  .tuple(path, fc.constantFrom(5, 20, 100), pause, fc.boolean())
  .map(([one, hangs, ms, fails]) =>
    [stall(one, hangs)].concat(wait(ms), fails ? together([one], ms) : []),
  );

const access = (one: number, state: Access): Command => ({ kind: 'access', path: one, state });

/** The array moves its controllers: the port groups are in transition for a while, and then others serve. */
export const transition: fc.Arbitrary<Command[]> = fc
  .tuple(
    fc.constantFrom(...CONTROLLERS),
    pause,
    fc.constantFrom<Access>('standby', 'non-optimized'),
  )
  .map(([paths, ms, before]) => {
    const others = ALL.filter((each) => !paths.includes(each));
    return ALL.map((each) => access(each, 'transitioning')).concat(
      wait(ms),
      paths.map((each) => access(each, 'optimized')),
      others.map((each) => access(each, before)),
      reinstate(paths),
    );
  });

export const outage: fc.Arbitrary<Command[]> = fc.oneof(
  allAtOnce,
  oneController,
  flapping,
  replugged,
);
