// block-layer.ts — The state that all nodes of one QEMU share.
import type { Sim } from '@dmsim/sim';

import type { AioContext } from '../aio/aio-context.ts';
import type { CoScheduler } from '../aio/coroutine.ts';
import type { MainLoop } from '../aio/main-loop.ts';
import type { JsonObject } from '../qmp/json.ts';
import type { BlockBackend } from './backend.ts';
import type { BlockDriver } from './block-driver.ts';
import type { IoStatusRule, JobErrors } from './error-action.ts';
import type { HostFiles } from './host-file.ts';
import type { BlockNode } from './node.ts';
import type { RootUser } from './root-user.ts';
import type { ThrottleGroup } from './throttle-group.ts';

export interface BlockLayer {
  readonly sim: Sim;
  readonly main: MainLoop;
  /** Runs the coroutines of the main thread, which are block jobs. */
  readonly coroutines: CoScheduler;
  /** All nodes by name, in order of creation. */
  readonly nodes: Map<string, BlockNode>;
  /** The backends of drives and devices. */
  readonly backends: BlockBackend[];
  /** All backends, in order of creation. */
  readonly roots: RootUser[];
  readonly drivers: ReadonlyMap<string, BlockDriver>;
  readonly files: HostFiles;
  readonly throttleGroups: Map<string, ThrottleGroup>;
  /** Called when a device begins what its guest asked for. */
  readonly kickListeners: (() => void)[];
  readonly iothreads: Map<string, AioContext>;
  readonly emit: (event: string, data?: JsonObject) => void;
  /** How a second error changes the io-status of a job. */
  readonly ioStatusRule: IoStatusRule;
  readonly jobErrors: JobErrors;
  nextAutoName: number;
}
