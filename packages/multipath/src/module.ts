// module.ts — The loaded module: registered selectors and handlers, parameters, workqueues. One for each machine.
// Mirrors dm-mpath.c: dm_multipath_init.
import type { TargetType } from '@dmsim/dm';
import type { Sim } from '@dmsim/sim';
import { createPrng, createWorkqueue, streamSeed, uniform } from '@dmsim/sim';

import { alua } from './handlers/alua.ts';
import { emc } from './handlers/emc.ts';
import type { HardwareHandler } from './handlers/hardware-handler.ts';
import { hpSw } from './handlers/hp-sw.ts';
import { rdac } from './handlers/rdac.ts';
import type { ModuleServices, MultipathParameters } from './module-services.ts';
import type { MpathIo, Multipath } from './multipath.ts';
import { historicalServiceTime } from './selectors/historical-service-time.ts';
import { ioAffinity } from './selectors/io-affinity.ts';
import type { PathSelectorType } from './selectors/path-selector.ts';
import { queueLength } from './selectors/queue-length.ts';
import { roundRobin } from './selectors/round-robin.ts';
import { serviceTime } from './selectors/service-time.ts';
import { createTarget } from './target.ts';

export interface MultipathModule extends ModuleServices {
  readonly target: TargetType<Multipath, MpathIo>;
}

export interface MultipathModuleOptions {
  /** @defaultValue all five of Linux */
  readonly selectors?: readonly PathSelectorType[];
  /** @defaultValue alua, emc, hp_sw, rdac */
  readonly handlers?: readonly HardwareHandler[];
  readonly parameters?: Partial<MultipathParameters>;
  /** @defaultValue 1 */
  readonly nrCpus?: number;
  /** @defaultValue always CPU 0 */
  readonly currentCpu?: () => number;
}

export const PATH_SELECTORS: readonly PathSelectorType[] = [
  roundRobin,
  queueLength,
  serviceTime,
  historicalServiceTime,
  ioAffinity,
];

export const HARDWARE_HANDLERS: readonly HardwareHandler[] = [alua, emc, hpSw, rdac];

export function createMultipathModule(
  sim: Sim,
  {
    selectors = PATH_SELECTORS,
    handlers = HARDWARE_HANDLERS,
    parameters = {},
    nrCpus = 1,
    currentCpu = () => 0,
  }: MultipathModuleOptions = {},
): MultipathModule {
  const module: MultipathModule = {
    sim,
    target: createTarget(() => module),
    selectors: new Map(selectors.map((type) => [type.name, type])),
    loadedSelectors: new Set(),
    handlers: new Map(handlers.map((handler) => [handler.name, handler])),
    parameters: { queue_if_no_path_timeout_secs: 0, ...parameters },
    selectorHost: {
      sim,
      nrCpus,
      currentCpu,
      random: (name) => streamOf(sim, name),
      rateLimits: new Map(),
    },
    kmultipathd: createWorkqueue(sim, 'kmpathd', { ordered: true }),
    kmpathHandlerd: createWorkqueue(sim, 'kmpath_handlerd', { ordered: true }),
  };
  return module;
}

function streamOf(sim: Sim, name: string): () => number {
  const rng = createPrng(streamSeed(sim.seed, name));
  return () => uniform(rng);
}
