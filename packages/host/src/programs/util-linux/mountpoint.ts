// mountpoint.ts — mountpoint(1) of util-linux: tells whether something is mounted on a directory.
import type { Tool } from '@dmsim/coreutils';
import { err, failUsage, parseOptions, refuse, resolve, tool, warn } from '@dmsim/coreutils';
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program, Resolved, Vnode } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import { mountsOf } from '../../mounts.ts';

export const mountpoint = (machine: Machine): Program => tool((t) => main(t, machine));

/** MNT_EX_FAIL */
const NONE_THERE = 32;

function* main(t: Tool, machine: Machine): Task<number> {
  const { has, operands } = parseOptions(t, {
    short: 'qdx',
    long: { quiet: 'q', fs_devno: 'd', 'fs-devno': 'd', devno: 'x', nofollow: 'nofollow' },
    refused: 'hV',
    refusedLong: ['help', 'version'],
  });
  const [name, ...rest] = operands;
  if (name === undefined || rest.length > 0) failUsage(t, 'bad usage');
  const found = there(resolve(t, name, { follow: !has('nofollow') }));
  if (typeof found === 'string') return has('q') ? 1 : err(t, `${name}: ${strerror(found)}`);
  if (has('x')) return yield* tellDevice(t, name, found.node, has('q'));
  const isMounted = mountsOf(machine).some(({ target }) => target === found.path);
  // File systems in memory have device numbers that nobody chooses.
  if (isMounted && has('d')) refuse(t, t.args.join(' '));
  if (!has('q')) t.out.put(`${name} is ${isMounted ? '' : 'not '}a mountpoint\n`);
  return isMounted ? 0 : NONE_THERE;
}

interface Found {
  readonly node: Vnode;
  readonly path: string;
}

function there(found: Resolved | Errno): Found | Errno {
  if (typeof found === 'string') return found;
  return found.node === undefined ? 'ENOENT' : { node: found.node, path: found.path };
}

/** -x: the number of a block device. */
function* tellDevice(t: Tool, name: string, node: Vnode, quiet: boolean): Task<number> {
  if (node.kind === 'block') {
    t.out.put(`${node.major}:${node.minor}\n`);
    return 0;
  }
  if (!quiet) yield* warn(t, `${name}: not a block device`);
  return NONE_THERE;
}
