// load.ts — `dmsetup load`, also called reload: puts a table into the inactive slot.
import { tableLoad } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';

import { cellOf, deviceRef, ioctlFailed, keyOf } from '../device-ref.ts';
import type { Call, Run } from '../run.ts';
import { logError } from '../run.ts';
import { readTable } from '../table-lines.ts';
import { displayInfo } from './info.ts';

export function* load(run: Run, { args }: Call): Task<boolean> {
  const { switches } = run;
  const named = !switches.has('u') && !switches.has('j');
  const problem = problemOf(run, args, named);
  if (problem !== undefined) return yield* logError(run, problem);
  const ref = yield* deviceRef(run, named ? args[0] : undefined);
  if (ref === null) return false;
  const file = args[named ? 1 : 0];
  const specs = yield* readTable(run, { text: switches.value('table'), file });
  if (specs === null) return false;
  const error = tableLoad(run.dm, keyOf(ref), { specs, readOnly: switches.has('r') });
  if (error !== undefined) return yield* ioctlFailed(run, 'reload', ref, error);
  return switches.has('v') ? yield* displayInfo(run, cellOf(run, ref)) : true;
}

function problemOf({ switches }: Run, args: readonly string[], named: boolean): string | undefined {
  if (switches.has('n')) return '--notable only available when creating new device.';
  if (named && args.length === 0) return 'Please specify device.';
  return !named && args.length > 1 ? 'Too many command line arguments.' : undefined;
}
