// daemons.ts — Processes that run beside a lab and don't keep it from ending: udevd's workers, multipathd's threads.
import type { Process, SpawnOptions, Task } from '@dmsim/sim';
import { spawn } from '@dmsim/sim';

import type { Machine } from './machine.ts';

export function spawnDaemon(
  machine: Machine,
  name: string,
  main: (self: Process) => Task<number>,
  options: Pick<SpawnOptions, 'threadOf'> = {},
): Process {
  const process = spawn(machine.sim, name, main, { newGroup: true, ...options });
  machine.daemons.add(process);
  process.atExit.push(() => machine.daemons.delete(process));
  return process;
}
