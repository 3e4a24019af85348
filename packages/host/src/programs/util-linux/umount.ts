// umount.ts — umount(8) of util-linux: takes a file system away that the lab mounted.
import type { Tool } from '@dmsim/coreutils';
import { failUsage, parseOptions, refuse, resolve, tool, warn } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { unmount } from '../../ext4/mounts.ts';
import type { Machine } from '../../machine.ts';
import { BOOT_MOUNTS } from '../../mounts.ts';

export const umount = (machine: Machine): Program => tool((t) => main(t, machine));

/** MNT_EX_FAIL */
const FAILED = 32;

function* main(t: Tool, machine: Machine): Task<number> {
  const { operands } = parseOptions(t, {
    short: 'flnqrv',
    long: { force: 'f', lazy: 'l', 'no-mtab': 'n', quiet: 'q', 'read-only': 'r', verbose: 'v' },
    refused: 'aAcdiNORt',
    refusedLong: ['all', 'all-targets', 'recursive', 'types', 'test-opts', 'detach-loop', 'fake'],
  });
  if (operands.length === 0) failUsage(t, 'bad usage');
  let status = 0;
  for (const name of operands) {
    const given = resolve(t, name);
    const source = [...machine.mounts.values()].findLast((one) => one.source === name);
    const found = source === undefined ? given : resolve(t, source.target);
    const path = typeof found === 'string' ? name : found.path;
    const mount = machine.mounts.get(path);
    if (mount === undefined) {
      if (BOOT_MOUNTS.some(({ target }) => target === path)) refuse(t, name);
      const missing = typeof found === 'string' || found.node === undefined;
      yield* warn(t, missing ? `${name}: no mount point specified.` : `${name}: not mounted.`);
      status = FAILED;
      continue;
    }
    if (mount.type === 'ext4') {
      if ((yield* unmount(machine.fileSystems, path)) === 'EBUSY') {
        yield* warn(t, `${name}: target is busy.`);
        status = FAILED;
        continue;
      }
    }
    machine.mounts.delete(path);
    if (mount.covered !== undefined && typeof found !== 'string')
      found.parent.link(found.name, mount.covered);
  }
  return status;
}
