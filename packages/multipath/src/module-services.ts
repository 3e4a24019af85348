// module-services.ts — The parts of the module that its targets use: registered selectors and handlers, parameters, workqueues.
import type { Sim, Workqueue } from '@dmsim/sim';

import type { HandlerRegistry } from './handlers/hardware-handler.ts';
import type { SelectorHost } from './selectors/path-selector.ts';
import type { SelectorRegistry } from './selectors/registry.ts';

/** The parameters in /sys/module/dm_multipath/parameters, which may be written at any time. */
export interface MultipathParameters {
  /** How long to queue while there is no path. Seconds; 0 = for ever. */
  queue_if_no_path_timeout_secs: number;
}

/** All of the module that its targets use. */
export interface ModuleServices {
  readonly sim: Sim;
  readonly selectors: SelectorRegistry;
  readonly loadedSelectors: Set<string>;
  readonly handlers: HandlerRegistry;
  readonly parameters: MultipathParameters;
  readonly selectorHost: SelectorHost;
  /** Maps bios that waited, and raises events: the workers of one CPU take up work in the order it came. */
  readonly kmultipathd: Workqueue;
  /** Activates paths, one at a time. */
  readonly kmpathHandlerd: Workqueue;
}
