// registry.ts — The prioritizers there are.
import { alua } from './alua.ts';
import { ana } from './ana.ts';
import { constant } from './const.ts';
import { datacore } from './datacore.ts';
import { emc } from './emc.ts';
import { hds } from './hds.ts';
import { hpSw } from './hp-sw.ts';
import { iet } from './iet.ts';
import { ontap } from './ontap.ts';
import { pathLatency } from './path-latency.ts';
import type { Prioritizer } from './prioritizer.ts';
import { random } from './random.ts';
import { rdac } from './rdac.ts';
import { sysfs } from './sysfs.ts';
import { weightedpath } from './weightedpath.ts';

export const PRIORITIZERS: readonly Prioritizer[] = [
  alua,
  ana,
  constant,
  datacore,
  emc,
  hds,
  hpSw,
  iet,
  ontap,
  pathLatency,
  random,
  rdac,
  sysfs,
  weightedpath,
];

export const findPrioritizer = (name: string): Prioritizer | undefined =>
  PRIORITIZERS.find((prioritizer) => prioritizer.name === name);
