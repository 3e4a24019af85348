// umount.ts — umount(8) of util-linux: takes a file system away that the lab mounted.
import type { Tool } from '@dmsim/coreutils';
import { failUsage, parseOptions, refuse, resolve, tool, warn } from '@dmsim/coreutils';
import type { Errno, Task } from '@dmsim/sim';
import type { Program, Resolved } from '@dmsim/vfs';

import { unmount } from '../../ext4/mounts.ts';
import type { Machine } from '../../machine.ts';
import type { Mount } from '../../mounts.ts';
import { BOOT_MOUNTS } from '../../mounts.ts';

export const umount = (machine: Machine): Program => tool((t) => main(t, machine));

/** MNT_EX_FAIL */
const FAILED = 32;

/** The mount point; a disk may be named, too. */
const targetOf = ({ mounts }: Machine, name: string): string =>
  [...mounts.values()].findLast(({ source }) => source === name)?.target ?? name;

/** The shell that calls has its current directory there, too. */
function* unmountExt4(t: Tool, machine: Machine, path: string): Task<Errno | undefined> {
  if (`${t.context.cwd}/`.startsWith(`${path}/`)) return 'EBUSY';
  return yield* unmount(machine.fileSystems, path);
}

function uncover(found: Resolved | Errno, { covered }: Mount): void {
  if (covered !== undefined && typeof found !== 'string') found.parent.link(found.name, covered);
}

function* main(t: Tool, machine: Machine): Task<number> {
  const { has, operands } = parseOptions(t, {
    short: 'flnqrv',
    long: { force: 'f', lazy: 'l', 'no-mtab': 'n', quiet: 'q', 'read-only': 'r', verbose: 'v' },
    refused: 'aAcdhiNORtV',
    refusedLong: [
      'internal-only',
      'no-canonicalize',
      'namespace',
      'all',
      'all-targets',
      'recursive',
      'types',
      'test-opts',
      'detach-loop',
      'fake',
    ],
  });
  if (operands.length === 0) failUsage(t, 'bad usage');
  let status = 0;
  for (const name of operands) {
    const found = resolve(t, targetOf(machine, name));
    const path = typeof found === 'string' ? name : found.path;
    const mount = machine.mounts.get(path);
    if (mount === undefined) {
      if (BOOT_MOUNTS.some(({ target }) => target === path)) refuse(t, name);
      const missing = typeof found === 'string' || found.node === undefined;
      yield* warn(t, missing ? `${name}: no mount point specified.` : `${name}: not mounted.`);
      status = FAILED;
      continue;
    }
    if (mount.type === 'ext4' && (yield* unmountExt4(t, machine, path)) === 'EBUSY') {
      yield* warn(t, `${name}: target is busy.`);
      status = FAILED;
      continue;
    }
    machine.mounts.delete(path);
    uncover(found, mount);
    if (has('v')) t.out.put(`umount: ${path} unmounted\n`);
  }
  return status;
}
