// mapped-device.ts — One device of dm: its state, its queues, its tables. Mirrors drivers/md/dm-core.h: struct mapped_device.
import type { BioList, BlockDevice } from '@dmsim/block';
import type { Mutex, Sim, WaitQueue, Work, Workqueue } from '@dmsim/sim';

import type { DeviceMapper } from './device-mapper.ts';
import type { HashCell } from './ioctl/hash-cell.ts';
import type { RequeueStrategy } from './requeue.ts';
import type { DmStats } from './stats/region.ts';
import type { DmTable, QueueMode } from './table/table.ts';
import type { DmIo, TargetType } from './target-type.ts';
import type { PathEvent } from './uevent.ts';

export interface MappedDevice {
  readonly dm: DeviceMapper;
  /** The same as `dm.sim`: every I/O needs it. */
  readonly sim: Sim;
  readonly minor: number;
  /** `devNumber` of the disk. */
  readonly dev: number;
  /** Its entry in the name table; null once it is being removed. */
  cell: HashCell | null;
  /** `254:0`, its name in log lines and tables. */
  readonly name: string;
  /** The number of its disk among all disks that there have been. It is taken now, though the disk comes with the first table. */
  readonly diskSeq: number;
  type: QueueMode;
  immutableTargetType: TargetType | null;
  /** The devices that its tables have open, each with the number of tables that use it. */
  readonly tableDevices: Map<BlockDevice, number>;
  /** How many of these uses are for writing. */
  readonly tableWriters: Map<BlockDevice, number>;
  /** The live table. */
  map: DmTable | null;
  /** Exists from the first table load on. */
  disk: BlockDevice | null;

  /** The flags of dm-core.h that have an effect here. */
  blockIoForSuspend: boolean;
  suspended: boolean;
  noflushSuspending: boolean;
  suspendedInternally: boolean;
  postSuspending: boolean;
  frozen: boolean;
  freeing: boolean;
  deleting: boolean;
  deferredRemove: boolean;

  readonly suspendLock: Mutex;
  internalSuspendCount: number;
  /** Suspend and resume wait here until `suspendedInternally` is cleared. */
  readonly internalResumed: WaitQueue;
  readonly strategy: RequeueStrategy;
  /** Bios that targets gave back during a noflush suspend, in order, until they are merged into `deferred` (strategy `pushback`). */
  readonly pushback: BioList;
  /** Bios that wait for the resume. */
  readonly deferred: BioList;
  /** Fragments that wait to be rewound, newest first (strategy `deferred-head`). */
  requeueList: DmIo | null;
  /** Maps deferred bios; does nothing while suspended (dm_wq_work). */
  readonly work: Work;
  readonly requeueWork: Work;
  readonly wq: Workqueue;
  /** How many dm_io records are in use. */
  pendingIo: number;
  /** Suspend waits here until `pendingIo` is 0. */
  readonly wait: WaitQueue;

  /** Ioctls that sleep with it in their hands (dm_get): it is not destroyed before they are through. */
  holders: number;
  readonly released: WaitQueue;

  /** The regions of dm-stats; null if there are none. */
  stats: DmStats | null;

  eventNr: number;
  readonly eventQueue: WaitQueue;
  ueventSeq: number;
  /** Path events, newest first, that are sent when the table's event is raised. */
  readonly uevents: PathEvent[];
}

/** `dm-0` */
export const diskName = (md: MappedDevice): string => `dm-${md.minor}`;
