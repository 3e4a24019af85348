// device-mapper.ts — The driver itself: the target types it knows and the devices it has. Mirrors dm.c and dm-ioctl.c's globals.
import type { BlockDevice, BlockLayer } from '@dmsim/block';
import type { Errno, Sim, Task, WaitQueue, Workqueue } from '@dmsim/sim';
import { createWaitQueue, createWorkqueue } from '@dmsim/sim';

import type { HashCell } from './ioctl/hash-cell.ts';
import type { MappedDevice } from './mapped-device.ts';
import type { RequeueName, RequeueStrategy } from './requeue.ts';
import { requeueStrategy } from './requeue.ts';
import type { TargetType } from './target-type.ts';
import type { Uevent } from './uevent.ts';

/** The services that the core needs from the machine around it. */
export interface DmHost {
  /** Finds a device by path, as lookup_bdev does. Errors: ENOENT, ENOTBLK, … */
  readonly lookupPath: (path: string) => Errno | { readonly major: number; readonly minor: number };
  /** Loads the module `dm-<type>`, if it exists, which then registers its types (request_module). */
  readonly requestModule: (module: string) => void;
  readonly uevent: (event: Uevent) => void;
  /** Called before a table opens a disk. May refuse by an error. */
  readonly beforeOpen?: (disk: BlockDevice) => void;
  /** Freezes the file system on a disk, or writes its dirty pages back (bdev_freeze). */
  readonly freeze: (disk: BlockDevice) => Task<Errno | undefined>;
  readonly thaw: (disk: BlockDevice) => Task<void>;
  /** Writes its dirty pages back, as the last close of a disk does (sync_blockdev). */
  readonly sync: (disk: BlockDevice) => Task<void>;
}

export interface DeviceMapper {
  readonly sim: Sim;
  readonly layer: BlockLayer;
  readonly host: DmHost;
  readonly major: number;
  readonly strategy: RequeueStrategy;
  /** By name. Listings show the newest registration first. */
  readonly targetTypes: Map<string, TargetType>;
  readonly devices: Map<number, MappedDevice>;
  /** By name. */
  readonly cells: Map<string, HashCell>;
  globalEventNr: number;
  tableIds: number;
  readonly globalEventQueue: WaitQueue;
  /** For work of targets that needs no order; a target that needs one makes its own queue, as multipath does with kmpathd. */
  readonly systemWq: Workqueue;
}

export interface DeviceMapperOptions {
  /** @defaultValue 'deferred-head', which is what Linux 6.12 does */
  readonly requeue?: RequeueName;
  /** @defaultValue 254 */
  readonly major?: number;
}

export function createDeviceMapper(
  sim: Sim,
  layer: BlockLayer,
  host: DmHost,
  { requeue = 'deferred-head', major = 254 }: DeviceMapperOptions = {},
): DeviceMapper {
  return {
    sim,
    layer,
    host,
    major,
    strategy: requeueStrategy(requeue),
    targetTypes: new Map(),
    devices: new Map(),
    cells: new Map(),
    globalEventNr: 0,
    tableIds: 0,
    globalEventQueue: createWaitQueue('a device-mapper event'),
    systemWq: createWorkqueue(sim, 'events'),
  };
}
