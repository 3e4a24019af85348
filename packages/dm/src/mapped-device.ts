// mapped-device.ts — One device of dm: its state, its queues, its tables. Mirrors drivers/md/dm-core.h: struct mapped_device.
import type { BioList, BlockDevice } from '@dmsim/block';
import type { Mutex, Sim, WaitQueue, Work, Workqueue } from '@dmsim/sim';

import type { DeviceMapper } from './device-mapper.ts';
import type { HashCell } from './ioctl/hash-cell.ts';
import type { RequeueStrategy } from './requeue.ts';
import type { DmTable, QueueMode } from './table.ts';
import type { DmIo, TargetType } from './target-type.ts';
import type { PathEvent } from './uevent.ts';

export interface MappedDevice {
  readonly dm: DeviceMapper;
  /** That of `dm`: at hand, for every I/O asks for it. */
  readonly sim: Sim;
  readonly minor: number;
  /** `devNumber` of the disk. */
  readonly dev: number;
  /** Its entry in the name table; null once it is being removed. */
  cell: HashCell | null;
  /** `254:0`: how log lines and tables call it. */
  readonly name: string;
  type: QueueMode;
  immutableTargetType: TargetType | null;
  /** What its tables have open, each once, with the number of tables (and slots) that use it. */
  readonly tableDevices: Map<BlockDevice, number>;
  /** The live table. */
  map: DmTable | null;
  /** There from the first table load on. */
  disk: BlockDevice | null;

  /** The flags of dm-core.h that someone can see the effect of. */
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
  /** Where suspend and resume wait until `suspendedInternally` is over. */
  readonly internalResumed: WaitQueue;
  readonly strategy: RequeueStrategy;
  /** What was given back during a noflush suspend, in order, until it is merged (strategy `pushback`). */
  readonly pushback: BioList;
  /** What waits for resume. */
  readonly deferred: BioList;
  /** Fragments that wait to be rewound, newest first (strategy `deferred-head`). */
  requeueList: DmIo | null;
  /** Maps what is deferred; does nothing while suspended (dm_wq_work). */
  readonly work: Work;
  readonly requeueWork: Work;
  readonly wq: Workqueue;
  /** dm_io records alive. */
  pendingIo: number;
  /** Where suspend waits for them. */
  readonly wait: WaitQueue;

  /** Ioctls that sleep with it in their hands (dm_get): it is not destroyed before they are through. */
  holders: number;
  readonly released: WaitQueue;

  eventNr: number;
  readonly eventQueue: WaitQueue;
  ueventSeq: number;
  /** Path events until the table's event is raised, newest first. */
  readonly uevents: PathEvent[];
}

/** `dm-0` */
export const diskName = (md: MappedDevice): string => `dm-${md.minor}`;
