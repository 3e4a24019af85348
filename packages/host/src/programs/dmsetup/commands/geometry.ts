// geometry.ts — `dmsetup setgeometry <device> <cyl> <head> <sect> <start>`: a geometry for HDIO_GETGEO, which no program here asks for.
import { devSetGeometry } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';

import { cellOf, deviceRef, ioctlFailed, keyOf } from '../device-ref.ts';
import type { Call, Run } from '../run.ts';
import { displayInfo } from './info.ts';

export function* setGeometry(run: Run, { args: [word, ...numbers] }: Call): Task<boolean> {
  const named = !run.switches.has('u') && !run.switches.has('j');
  const ref = yield* deviceRef(run, named ? word : undefined);
  if (ref === null) return false;
  const error = devSetGeometry(run.dm, keyOf(ref), numbers.join(' '));
  if (error !== undefined) return yield* ioctlFailed(run, 'setgeometry', ref, error);
  return run.switches.has('v') ? yield* displayInfo(run, cellOf(run, ref)) : true;
}
