// machine.ts — One simulated computer: the world, its block layer, its drivers, its files. What programs are given.
import type { PageCache } from '@dmsim/bdev';
import type { BlockDevice, BlockLayer, FcRport, ScsiLayer } from '@dmsim/block';
import type { DeviceMapper } from '@dmsim/dm';
import type { MultipathModule } from '@dmsim/multipath';
import type { TraceStream } from '@dmsim/observe';
import type { Sim } from '@dmsim/sim';
import type { Directory, ProgramTable } from '@dmsim/vfs';

import type { DeviceNodes } from './device-nodes.ts';
import type { ScsiDebugDriver } from './tree/sys-scsi-debug.ts';
import type { UeventBus } from './uevent-bus.ts';

export interface Machine {
  readonly sim: Sim;
  readonly layer: BlockLayer;
  readonly scsi: ScsiLayer;
  readonly dm: DeviceMapper;
  readonly multipath: MultipathModule;
  /** Path selectors that are not Linux's: where each is from. */
  readonly selectorFiles: ReadonlyMap<string, string>;
  /** `/` */
  readonly root: Directory;
  readonly programs: ProgramTable;
  /** Names loaded so far, as /sys/module shows them (`scsi_debug`), with their parameters as text. */
  readonly modules: Map<string, LoadedModule>;
  /** What is mounted, by where. */
  readonly mounts: Map<string, string>;
  /** Remote ports of Fibre Channel hosts, by name. */
  readonly fcRports: Map<string, FcRport>;
  readonly pageCaches: Map<BlockDevice, PageCache>;
  readonly nodes: DeviceNodes;
  readonly uevents: UeventBus;
  readonly events: TraceStream;
}

/** A kernel module that is loaded: what /sys/module/NAME/parameters shows, and what may be written there. */
export interface LoadedModule {
  readonly parameters: ReadonlyMap<string, ModuleParameter>;
  /** Has attributes of its own (/sys/bus/pseudo/drivers/scsi_debug). */
  readonly driver?: ScsiDebugDriver;
}

export interface ModuleParameter {
  readonly show: () => string;
  /** EINVAL for what is not such a value; absent: read-only. */
  readonly store?: (text: string) => 'EINVAL' | undefined;
}
