// mangle.ts — `dmsetup mangle`: says whether names have the form that udev keeps. Here they always do: --manglename is not simulated.
import type { Task } from '@dmsim/sim';

import { cellOf, meansAll, refOfCall } from '../device-ref.ts';
import type { Call, Run } from '../run.ts';
import { forEachDevice } from './info.ts';

export function* mangle(run: Run, call: Call): Task<boolean> {
  if (meansAll(run, call)) return yield* forEachDevice(run, call, mangle);
  const ref = yield* refOfCall(run, call);
  if (ref === null) return false;
  const cell = cellOf(run, ref);
  if (cell === undefined) return false;
  const { name, uuid } = cell;
  const what = uuid === null ? 'name' : 'name and UUID';
  run.tool.out.put(`${name}: ${uuid ?? '[no UUID]'}: ${what} already in correct form\n`);
  return true;
}
