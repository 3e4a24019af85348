// target.ts — The filled target type. Mirrors dm-mpath.c: multipath_target.
import type { TargetType } from '@dmsim/dm';

import { freeMultipath } from './alloc-multipath.ts';
import { busy } from './busy.ts';
import { ctr } from './ctr.ts';
import { multipathEndIoBio, rqEndIo } from './end-io.ts';
import { prepareIoctl } from './ioctl.ts';
import { cloneAndMapRq, multipathMapBio, releaseCloneRq } from './map.ts';
import { message } from './message.ts';
import type { ModuleServices } from './module-services.ts';
import { createMpathIo } from './mpath-io.ts';
import type { MpathIo, Multipath } from './multipath.ts';
import { measure, status } from './status.ts';
import { postsuspend, presuspend, resume } from './suspend.ts';

/** The constructor needs the module that it belongs to, which has the selectors. */
export function createTarget(module: () => ModuleServices): TargetType<Multipath, MpathIo> {
  return {
    name: 'multipath',
    version: [1, 14, 0],
    features: { singleton: true, immutable: true },
    ctr: (ti, argv) => ctr(module(), ti, argv),
    dtr: (ti) => freeMultipath(ti.state),
    map: multipathMapBio,
    endIo: multipathEndIoBio,
    cloneAndMapRq,
    releaseCloneRq,
    rqEndIo,
    busy,
    presuspend,
    postsuspend,
    resume,
    status,
    measure,
    message,
    prepareIoctl,
    iterateDevices({ state: { priorityGroups }, begin, len }, fn) {
      for (const pg of priorityGroups) for (const { dev } of pg.pgpaths) fn(dev, begin, len);
    },
    perBio: createMpathIo,
  };
}
