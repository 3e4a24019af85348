// rename.ts — `dmsetup rename`: gives a device another name, or with --setuuid a first uuid.
import { devRename } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';

import { deviceRef, ioctlFailed } from '../device-ref.ts';
import { MAX_NAME, MAX_UUID, mangledUuid, newName } from '../names.ts';
import { ownNodes, sayInTheWay, udevCookie } from '../nodes.ts';
import type { Call, Run } from '../run.ts';
import { logError } from '../run.ts';

export function* rename(run: Run, { args }: Call): Task<boolean> {
  const { dm, machine, switches } = run;
  const ref = yield* deviceRef(run, args.length === 2 ? args[0] : undefined);
  if (ref === null) return false;
  const setUuid = switches.has('setuuid');
  const word = args.at(-1) ?? '';
  if (!setUuid && word === '') return yield* logError(run, 'Non empty new name is required.');
  const to = setUuid ? yield* newUuid(run, word) : yield* otherName(run, word);
  if (to === null) return false;
  // The kernel accepts only a name here.
  const name = ref.name ?? '';
  const error = devRename(dm, { name }, { to, setUuid, cookie: udevCookie(run) });
  if (error !== undefined) return yield* ioctlFailed(run, 'rename', ref, error);
  if (setUuid || machine.nodes.rename(name, to, ownNodes(run))) return true;
  yield* sayInTheWay(run, to);
  return true;
}

/** Only rename reports a name that is too long without a full stop. */
function* otherName(run: Run, name: string): Task<string | null> {
  if (name.length <= MAX_NAME || name.includes('/')) return yield* newName(run, name);
  yield* logError(run, `Name "${name}" too long`);
  return null;
}

function* newUuid(run: Run, uuid: string): Task<string | null> {
  if (uuid.length <= MAX_UUID) return yield* mangledUuid(run, uuid);
  yield* logError(run, `Uuid "${uuid}" too long`);
  return null;
}
