// bounds.ts — Options that bound a run: time, events, memory, limits.
import type { LimitName, Limits } from '@dmsim/sim';
import { LIMITS } from '@dmsim/sim';

import { Refusal } from '../refusal.ts';
import { DEFAULT_MEMORY, parseCount, parseDuration } from './counts.ts';

export interface Bounds {
  /** ns */
  readonly virtualTime: number;
  readonly events: number;
  /** ms */
  readonly cpuTime: number;
  /** Bytes, of the whole process. */
  readonly memory: number;
  /** The limits of a lab that differ from the defaults. */
  readonly limits: Partial<Limits>;
}

export const BOUND_OPTIONS = {
  'max-virtual-time': { type: 'string' },
  'max-events': { type: 'string' },
  'max-cpu-time': { type: 'string' },
  'max-memory': { type: 'string' },
  limit: { type: 'string', multiple: true },
} as const;

export const BOUNDS_HELP = `  --max-virtual-time T   ends a run after T of virtual time, such as 90s, 12h (default 1d)
  --max-cpu-time T       ends a run after T of processor time (default 10s)
  --max-events N         ends a run after N events of the simulation (default 100000000)
  --max-memory SIZE      ends a run that needs more memory, such as 512M, 2G (default 1G)
  --limit NAME=N         changes one of the limits in docs/limits.md, such as calls=1000
                         'none' removes any of these limits
`;

export interface BoundValues {
  readonly 'max-virtual-time'?: string | undefined;
  readonly 'max-events'?: string | undefined;
  readonly 'max-cpu-time'?: string | undefined;
  readonly 'max-memory'?: string | undefined;
  readonly limit?: readonly string[] | undefined;
}

/** 104 days: what a JavaScript number counts in ns. */
const END_OF_TIME = 2 ** 53;

export function parseBounds(command: string, values: BoundValues): Bounds {
  const read = (option: keyof BoundValues & `max-${string}`, text: string): number => {
    const given = values[option] ?? text;
    if (given === 'none') return Infinity;
    const value = option.endsWith('time') ? parseDuration(given) : parseCount(given);
    if (value === undefined || value <= 0)
      throw new Refusal(`${command}: --${option} takes ${EXAMPLES[option]}, not '${given}'`);
    return value;
  };
  return {
    virtualTime: Math.min(read('max-virtual-time', '1d') * 1e6, END_OF_TIME),
    cpuTime: read('max-cpu-time', '10s'),
    events: read('max-events', '100000000'),
    memory: read('max-memory', DEFAULT_MEMORY),
    limits: parseLimits(command, values.limit ?? []),
  };
}

const EXAMPLES = {
  'max-virtual-time': 'a time such as 90s or 12h',
  'max-cpu-time': 'a time such as 90s or 5m',
  'max-events': 'a number such as 1000000',
  'max-memory': 'a size such as 512M or 2G',
} as const;

function parseLimits(command: string, given: readonly string[]): Partial<Limits> {
  const limits: Partial<Record<LimitName, number>> = {};
  for (const word of given) {
    const [name = '', text = ''] = word.split('=');
    if (!(name in LIMITS)) {
      const names = Object.keys(LIMITS).join(', ');
      throw new Refusal(`${command}: --limit: '${name}' is not one of ${names}`);
    }
    const value = text === 'none' ? Infinity : parseCount(text);
    if (value === undefined)
      throw new Refusal(`${command}: --limit takes NAME=NUMBER, not '${word}'`);
    limits[name as LimitName] = value;
  }
  return limits;
}
