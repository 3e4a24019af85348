// sg-turs.ts — sg_turs of sg3_utils: TEST UNIT READY, which for a mapped device goes to the path below.
import type { Tool } from '@dmsim/coreutils';
import { tool } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import type { SgMessages } from './sg-device.ts';
import { openSgDevice } from './sg-device.ts';

const MESSAGES: SgMessages = {
  cannotOpen: (path, reason) => `main: error opening file: ${path}: ${reason}\n`,
  refused: (reason) => `test unit ready: pass-through os error: ${reason}\n${reason}\n`,
};

export function sgTurs(machine: Machine): Program {
  return tool((t) => main(t, machine));
}

function* main(t: Tool, machine: Machine): Task<number> {
  const sdev = yield* openSgDevice(t, machine, MESSAGES);
  return typeof sdev === 'number' ? sdev : 0;
}
