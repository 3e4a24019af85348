// user-prioritizer.ts — A prioritizer from the user's file: is it one, and made one of the daemon's.
import type { Sim, Task } from '@dmsim/sim';
import { createPrng, streamSeed } from '@dmsim/sim';

import type { Prioritizer } from '../prioritizers/prioritizer.ts';
import type { AskedPath } from './asked-path.ts';
import { askedPath } from './asked-path.ts';
import type { Driven } from './drive-plugin.ts';
import { drive, shown } from './drive-plugin.ts';
import { PluginBroken } from './plugin-broken.ts';

export interface UserPrioritizer {
  /** As `prio` calls it. */
  readonly name: string;
  /** The larger the better; below zero when it could not be found out. */
  readonly priority: (path: AskedPath) => number | Task<unknown>;
}

/** Seconds that a command of a prioritizer may take, as for those of multipath-tools. */
const TIMEOUT = 60;

export const isMeantAsPrioritizer = (value: unknown): value is Partial<UserPrioritizer> =>
  typeof value === 'object' && value !== null && 'name' in value && 'priority' in value;

/** The first fault; undefined if there is none. */
export function prioritizerFault({ name, priority }: Partial<UserPrioritizer>): string | undefined {
  if (typeof name !== 'string' || !/^[\w-]{1,16}$/.test(name)) {
    return 'name is to be a word of at most 16 letters, as prio has it';
  }
  return typeof priority === 'function' ? undefined : 'priority is to be a function';
}

export function guardPrioritizer(
  sim: Sim,
  { name, priority }: UserPrioritizer,
  onStep: Driven['onStep'],
): Prioritizer {
  const chance = createPrng(streamSeed(sim.seed, `prioritizer ${name}`));
  const memories = new Map<string, Record<string, unknown>>();
  return {
    name,
    getPriority({ dev }, { host, process, args }) {
      const path = askedPath({ host, process, dev, timeout: TIMEOUT, args, chance, memories });
      return ask(
        name,
        drive({ kind: 'prioritizer', name, onStep }, () => priority(path)),
      );
    },
  };
}

function* ask(name: string, answer: Task<unknown>): Task<number> {
  const value = yield* answer;
  if (typeof value === 'number' && Number.isInteger(value)) return Math.max(value, -1);
  throw new PluginBroken('prioritizer', name, `answered ${shown(value)}, not a whole number`);
}
