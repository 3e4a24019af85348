// sg-turs.ts — sg_turs of sg3_utils: TEST UNIT READY, which for a mapped device goes to the path below.
import { sendTestUnitReady } from '@dmsim/block';
import type { Tool } from '@dmsim/coreutils';
import { complain, refuse, tool } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import { seconds } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import type { SgMessages } from './sg-device.ts';
import { openSgDevice } from './sg-device.ts';

const MESSAGES: SgMessages = {
  cannotOpen: (path, reason) => `main: error opening file: ${path}: ${reason}\n`,
  refused: (reason) => `test unit ready: pass-through os error: ${reason}\n${reason}\n`,
};

const TIMEOUT = seconds(60);
/** The sense key, and the exit status that sg3_utils has for it. */
const NOT_READY = 2;
const NOT_READY_STATUS = 2;

export function sgTurs(machine: Machine): Program {
  return tool((t) => main(t, machine));
}

function* main(t: Tool, machine: Machine): Task<number> {
  const sdev = yield* openSgDevice(t, machine, MESSAGES);
  if (typeof sdev === 'number') return sdev;
  const result = yield* sendTestUnitReady(sdev, TIMEOUT);
  if (result.kind === 'good') return 0;
  if (result.kind !== 'sense' || result.key !== NOT_READY)
    refuse(t, 'an answer other than "ready" and "not ready"');
  yield* complain(t, 'device not ready\n');
  t.out.put('Completed 1 Test Unit Ready commands with 1 errors\n');
  return NOT_READY_STATUS;
}
