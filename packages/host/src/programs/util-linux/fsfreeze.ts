// fsfreeze.ts — fsfreeze(8) of util-linux: freezes a mounted file system, and thaws it.
import type { Tool } from '@dmsim/coreutils';
import { err, failUsage, parseOptions, refuse, resolve, tool } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Ext4 } from '../../ext4/file-system.ts';
import { freezeFileSystem, thawFileSystem } from '../../ext4/freeze.ts';
import type { Machine } from '../../machine.ts';
import { mountOf } from '../../mounts.ts';

export const fsfreeze = (machine: Machine): Program => tool((t) => main(t, machine));

function* main(t: Tool, machine: Machine): Task<number> {
  const { has, operands } = parseOptions(t, {
    short: 'fu',
    long: { freeze: 'f', unfreeze: 'u' },
    refused: 'hV',
    refusedLong: ['help', 'version'],
  });
  const [name, ...rest] = operands;
  if (has('f') === has('u')) err(t, 'neither --freeze or --unfreeze specified');
  if (name === undefined) failUsage(t, 'no filename specified');
  if (rest.length > 0) failUsage(t, 'unexpected number of arguments');
  const fs = fileSystemAt(t, machine, name, has('u') ? 'unfreeze' : 'freeze');
  if (has('u')) yield* thawMount(t, name, fs);
  else yield* freezeMount(t, name, fs);
  return 0;
}

const IN_MEMORY: ReadonlySet<string> = new Set(['rootfs', 'tmpfs', 'devtmpfs']);

function fileSystemAt(t: Tool, machine: Machine, name: string, doing: string): Ext4 {
  const found = resolve(t, name);
  if (typeof found === 'string' || found.node === undefined)
    err(t, `cannot open ${name}: ${strerror(typeof found === 'string' ? found : 'ENOENT')}`);
  const fs = machine.fileSystems.mounted.get(found.path);
  if (fs !== undefined) return fs;
  if (!IN_MEMORY.has(mountOf(machine, found.path).type)) refuse(t, t.args.join(' '));
  return err(t, `${name}: ${doing} failed: ${strerror('EOPNOTSUPP')}`);
}

function* thawMount(t: Tool, name: string, fs: Ext4): Task<void> {
  const error = yield* thawFileSystem(fs);
  if (error !== undefined) err(t, `${name}: unfreeze failed: ${strerror(error)}`);
}

function* freezeMount(t: Tool, name: string, fs: Ext4): Task<void> {
  const error = fs.freezes > 0 ? 'EBUSY' : yield* freezeFileSystem(fs);
  if (error !== undefined) err(t, `${name}: freeze failed: ${strerror(error)}`);
}
