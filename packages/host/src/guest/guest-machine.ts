// guest-machine.ts — Builds the small machine inside a guest: its tree and its programs.
import { createFlusherSettings, writeBack } from '@dmsim/bdev';
import { createBlockLayer } from '@dmsim/block';
import { createSync } from '@dmsim/coreutils';
import { clockOf } from '@dmsim/libc';
import { bashProgram } from '@dmsim/shell';
import type { Sim, Task } from '@dmsim/sim';
import { spawn } from '@dmsim/sim';
import type { Program, ProgramTable } from '@dmsim/vfs';
import { attributeFile, createDirectory, createTmpfs } from '@dmsim/vfs';

import { syncFileSystem } from '../ext4/journal.ts';
import type { Mounts } from '../ext4/mounts.ts';
import { createMounts, mountLines } from '../ext4/mounts.ts';
import { mkfsProgram, mountProgram, umountProgram } from '../ext4/programs.ts';
import { startHungTaskWatch } from '../hung-task.ts';
import type { ProgramFactory } from '../programs/bind-programs.ts';
import { bindPrograms } from '../programs/bind-programs.ts';
import { psProgram } from '../programs/procps/ps.ts';
import { SHARED_PROGRAMS } from '../programs/shared-programs.ts';
import { blkdiscard } from '../programs/util-linux/blkdiscard.ts';
import { blockdevProgram } from '../programs/util-linux/blockdev.ts';
import { dmesgProgram } from '../programs/util-linux/dmesg.ts';
import { devDirectory } from '../tree/dev.ts';
import { procDirectory } from '../tree/proc.ts';
import type { Userland } from '../userland.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** `panic` is called from within the guest and does not return. */
export function createGuestMachine(sim: Sim, panic: (why: string) => never): Userland {
  const none: ProgramTable = new Map();
  const mounts = createMounts((): Userland => machine, {
    panic,
    startThread: (name, main) => void spawn(sim, name, main),
  });
  const machine: Mutable<Userland> = {
    sim,
    layer: createBlockLayer(sim),
    dm: null,
    root: createTmpfs(sim.limits.fileBytes, clockOf(sim)),
    programs: none,
    modules: new Map(),
    mounts: new Map(),
    fileSystems: mounts,
    pageCaches: new Map(),
    flusher: createFlusherSettings(),
    hungTasks: startHungTaskWatch(sim),
  };
  populate(machine, mounts);
  machine.programs = bindPrograms({ machine, mounts }, GUEST_PROGRAMS, SHARED_PROGRAMS);
  return machine;
}

function populate(machine: Userland, mounts: Mounts): void {
  const { root } = machine;
  root.link('dev', devDirectory(machine));
  const proc = procDirectory(machine);
  const mountsFile = attributeFile({ show: () => mountLines(mounts), size: 0 });
  root.link('proc', {
    ...proc,
    lookup: (name) => (name === 'mounts' ? mountsFile : proc.lookup(name)),
  });
  for (const name of ['tmp', 'run', 'root', 'var', 'mnt', 'etc'])
    root.link(name, createDirectory());
}

interface Mounted {
  readonly machine: Userland;
  readonly mounts: Mounts;
}

const shell = ({ machine: { programs } }: Mounted): Program => bashProgram({ programs });

const GUEST_PROGRAMS = new Map<string, ProgramFactory<Mounted>>([
  ['bash', shell],
  ['blkdiscard', ({ machine }) => blkdiscard(machine)],
  ['blockdev', ({ machine }) => blockdevProgram(machine)],
  ['dmesg', ({ machine }) => dmesgProgram(machine)],
  ['mkfs.ext4', ({ machine, mounts }) => mkfsProgram(machine, mounts)],
  ['mount', ({ mounts }) => mountProgram(mounts)],
  ['ps', () => psProgram(() => [])],
  ['sh', shell],
  ['sync', ({ machine, mounts }) => createSync(() => syncAll(machine, mounts))],
  ['umount', ({ mounts }) => umountProgram(mounts)],
]);

/** sync(2): writes file systems first, then the disks' own pages. */
function* syncAll({ pageCaches }: Userland, mounts: Mounts): Task<void> {
  for (const fs of mounts.mounted.values()) yield* syncFileSystem(fs);
  for (const cache of pageCaches.values()) if (cache.dirtyPages > 0) yield* writeBack(cache);
}
