// create-device.ts — A device comes into being. Mirrors dm.c: alloc_dev, dm_create, dm_setup_md_queue.
import {
  addDisk,
  announceDisk,
  createBioList,
  createBlockDevice,
  createRequestQueue,
  devNumber,
} from '@dmsim/block';
import type { Bio, BlockDevice } from '@dmsim/block';
import type { Errno } from '@dmsim/sim';
import { createMutex, createWaitQueue, createWork, createWorkqueue, printk } from '@dmsim/sim';

import { rewindFragments } from './complete-io.ts';
import { mapDeferred } from './deferred.ts';
import type { DeviceMapper } from './device-mapper.ts';
import { removeIfDeferred } from './ioctl/remove.ts';
import type { MappedDevice } from './mapped-device.ts';
import { diskName } from './mapped-device.ts';
import { requestOps } from './request/queue-rq.ts';
import { dmSubmitBio } from './submit-bio.ts';
import { calculateLimits } from './table/limits.ts';
import type { DmTable } from './table/table.ts';
import { DM_TYPE } from './table/table.ts';

const MINORS = 1 << 20;
/** dm_get_blk_mq_queue_depth */
const RQ_DEPTH = 2048;

/** With `minor` null, the device gets the lowest free minor. A minor that is taken or out of range is ENXIO. */
export function createDevice(dm: DeviceMapper, minor: number | null): Errno | MappedDevice {
  const at = minor ?? lowestFree(dm);
  if (at >= MINORS || dm.devices.has(at)) return 'ENXIO';
  const name = `${dm.major}:${at}`;
  const wq = createWorkqueue(dm.sim, `kdmflush/${name}`, { ordered: true });
  const md: MappedDevice = {
    dm,
    sim: dm.sim,
    minor: at,
    dev: devNumber(dm.major, at),
    cell: null,
    name,
    diskSeq: ++dm.layer.diskSeqs,
    type: DM_TYPE.NONE,
    immutableTargetType: null,
    tableDevices: new Map(),
    tableWriters: new Map(),
    map: null,
    disk: null,
    blockIoForSuspend: false,
    suspended: false,
    noflushSuspending: false,
    suspendedInternally: false,
    postSuspending: false,
    frozen: false,
    freeing: false,
    deleting: false,
    deferredRemove: false,
    suspendLock: createMutex(`the suspend lock of ${name}`),
    internalSuspendCount: 0,
    internalResumed: createWaitQueue(`the end of the internal suspend of ${name}`),
    strategy: dm.strategy,
    pushback: createBioList(),
    deferred: createBioList(),
    requeueList: null,
    work: createWork(`dm_wq_work ${name}`, () => mapDeferred(md)),
    requeueWork: createWork(`dm_wq_requeue_work ${name}`, () => rewindFragments(md)),
    wq,
    pendingIo: 0,
    wait: createWaitQueue(`I/O in flight on ${name}`),
    holders: 0,
    released: createWaitQueue(`the last user of ${name}`),
    eventNr: 0,
    eventQueue: createWaitQueue(`an event of ${name}`),
    ueventSeq: 0,
    stats: null,
    uevents: [],
  };
  dm.devices.set(at, md);
  return md;
}

function lowestFree(dm: DeviceMapper): number {
  let minor = 0;
  while (dm.devices.has(minor)) minor++;
  return minor;
}

/** Makes the disk that the first table asks for, which then keeps its kind for good. False, with the reason in the log, if limits forbid it. */
export function setupQueue(md: MappedDevice, table: DmTable): boolean {
  const limits = calculateLimits(table, null);
  if (limits === null) {
    printk(md.dm.sim, 'device-mapper: core: Cannot calculate initial queue limits');
    return false;
  }
  md.type = table.type;
  md.disk = md.type === DM_TYPE.REQUEST_BASED ? requestDisk(md) : bioDisk(md);
  md.disk.limits = limits;
  addDisk(md.disk);
  announceDisk(md.disk);
  return true;
}

function bioDisk(md: MappedDevice): BlockDevice {
  return createBlockDevice(md.dm.layer, {
    major: md.dm.major,
    minor: md.minor,
    name: diskName(md),
    diskSeq: md.diskSeq,
    capacity: 0,
    submit: (bio: Bio) => dmSubmitBio(md, bio),
    onClose: () => removeIfDeferred(md),
  });
}

function requestDisk(md: MappedDevice): BlockDevice {
  const queue = createRequestQueue(md.dm.layer, {
    name: diskName(md),
    depth: RQ_DEPTH,
    ops: requestOps(md),
    pollingRequeue: true,
  });
  const disk = createBlockDevice(md.dm.layer, {
    major: md.dm.major,
    minor: md.minor,
    name: diskName(md),
    diskSeq: md.diskSeq,
    capacity: 0,
    queue,
    onClose: () => removeIfDeferred(md),
  });
  queue.dev = disk;
  return disk;
}
