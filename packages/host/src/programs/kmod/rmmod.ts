// rmmod.ts — rmmod(8): unloads modules that make disks. Its messages are those of busybox, whose rmmod the recorded machine has.
import { complain, refuse, tool } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import { strerror } from '@dmsim/sim';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import { unloadModule } from '../../modules.ts';

export const rmmod = (machine: Machine): Program => tool((t) => main(t, machine));

function* main(t: Tool, machine: Machine): Task<number> {
  const option = t.args.find((word) => word.startsWith('-'));
  if (option !== undefined || t.args.length === 0) refuse(t, option ?? 'rmmod without a module');
  let status = 0;
  for (const word of t.args) {
    const name = word.replace(/^.*\//, '').replace(/\.ko$/, '').replaceAll('-', '_');
    const error = unloadModule(machine, name);
    if (error === undefined) continue;
    if (error === 'not simulated') refuse(t, `the end of ${name}`);
    yield* complain(t, `rmmod: can't unload module '${word}': ${strerror(error)}\n`);
    status = 1;
  }
  return status;
}
