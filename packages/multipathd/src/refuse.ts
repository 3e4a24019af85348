// refuse.ts — Ends a lab that uses a part of multipath-tools that is not simulated, with a message that names it.
import { NotSupported } from '@dmsim/sim';
import type { ProgramContext } from '@dmsim/vfs';

import type { MultipathHost } from './host.ts';

/** `what` is as the user wrote it: `prio path_latency`, `multipath -C`. */
export function refuse(what: string): never {
  throw new NotSupported('multipath-tools', 0, what);
}

/** Refuses to go on without udevd, and beside one that libdevmapper is told to leave out. */
export function needUdev({ udev }: MultipathHost, { env }: ProgramContext, program: string): void {
  if (!udev.isRunning()) refuse(`${program} without udevd (begin the lab with #udev)`);
  for (const name of ['DM_DISABLE_UDEV', 'DM_DEFAULT_NAME_MANGLING_MODE'])
    if (env.has(name)) refuse(`${name}=${env.get(name)} ${program}`);
}
