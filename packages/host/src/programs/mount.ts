// mount.ts — mount(8) of the kernel's own file systems: debugfs has to be asked for, the others are there already.
import { refuse, complain, tool } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';

export function mount(machine: Machine): Program {
  return tool((t) => main(t, machine));
}

const KERNEL_FILE_SYSTEMS = new Set(['debugfs', 'proc', 'sysfs', 'tmpfs', 'devtmpfs']);

function* main(t: Tool, { mounts }: Machine): Task<number> {
  const [flag, type, source, target, ...rest] = t.args;
  if (flag !== '-t' || type === undefined || !KERNEL_FILE_SYSTEMS.has(type)) {
    refuse(t, t.args.join(' '));
  }
  if (source === undefined || target === undefined || rest.length > 0) refuse(t, t.args.join(' '));
  const where = target.replace(/(.)\/$/, '$1');
  if (mounts.has(where)) {
    yield* complain(t, `mount: mounting ${source} on ${target} failed: Device or resource busy\n`);
    return 255;
  }
  mounts.set(where, type);
  return 0;
}
