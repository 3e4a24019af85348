// registry.ts — The prioritizers there are, and those of multipath-tools that dmsim has not.
import { alua } from './alua.ts';
import { constant } from './const.ts';
import type { Prioritizer } from './prioritizer.ts';
import { random } from './random.ts';
import { sysfs } from './sysfs.ts';
import { weightedpath } from './weightedpath.ts';

export const PRIORITIZERS: readonly Prioritizer[] = [alua, constant, random, sysfs, weightedpath];

/** They ask arrays of their vendors, or measure. */
export const UNSUPPORTED_PRIORITIZERS: ReadonlySet<string> = new Set([
  'ana',
  'datacore',
  'emc',
  'hds',
  'hp_sw',
  'iet',
  'ontap',
  'path_latency',
  'rdac',
]);

export const findPrioritizer = (name: string): Prioritizer | undefined =>
  PRIORITIZERS.find((prioritizer) => prioritizer.name === name);
