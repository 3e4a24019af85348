// message.ts — Messages from an administrator or multipathd. Mirrors dm-mpath.c: multipath_message, action_dev, bypass_pg_num.
import type { DmTarget, MessageResult } from '@dmsim/dm';
import { parseKernelUnsigned, resolveDevice } from '@dmsim/dm';
import type { Errno } from '@dmsim/sim';
import { printk } from '@dmsim/sim';

import type { MpathIo, Multipath, PgPath, PriorityGroup } from './multipath.ts';
import { findPriorityGroup } from './multipath.ts';
import { bypassPg, failPath, reinstatePath, switchPg } from './path-state.ts';
import { disableNopathTimeout, enableNopathTimeout, setQueueIfNoPath } from './queue-if-no-path.ts';

/**
 * queue_if_no_path | fail_if_no_path
 * { disable_group | enable_group | switch_group } <group>
 * { fail_path | reinstate_path } <dev>
 *
 * Words in any case. Refused while suspended, but not while a suspend still waits for I/O.
 */
export function message(
  { state: m }: DmTarget<Multipath, MpathIo>,
  argv: readonly string[],
): MessageResult {
  if (m.md.suspended) return 'EBUSY';
  const [word = '', argument] = argv;
  if (argv.length === 1 && changeQueueing(m, word.toLowerCase())) return undefined;
  if (argv.length !== 2 || argument === undefined) {
    const got = `Expected 2 arguments, got ${argv.length}.`;
    return refuse(m, `Invalid multipath message arguments. ${got}`);
  }
  switch (word.toLowerCase()) {
    case 'disable_group':
      return bypassGroup(m, argument, true);
    case 'enable_group':
      return bypassGroup(m, argument, false);
    case 'switch_group':
      return switchGroup(m, argument);
    case 'fail_path':
      return forEachPath(m, argument, failPathAction);
    case 'reinstate_path':
      return forEachPath(m, argument, reinstatePath);
    default:
      return refuse(m, `Unrecognised multipath message received: ${word}`);
  }
}

function refuse(m: Multipath, text: string): 'EINVAL' {
  printk(m.sim, `device-mapper: multipath: ${text}`);
  return 'EINVAL';
}

/** False if `word` is not about queueing. */
function changeQueueing(m: Multipath, word: string): boolean {
  switch (word) {
    case 'queue_if_no_path':
      setQueueIfNoPath(m, { on: true, save: false });
      enableNopathTimeout(m);
      return true;
    case 'fail_if_no_path':
      setQueueIfNoPath(m, { on: false, save: false });
      disableNopathTimeout(m);
      return true;
    default:
      return false;
  }
}

const groupByNumber = (m: Multipath, word: string): PriorityGroup | undefined =>
  findPriorityGroup(m, parseKernelUnsigned(word) ?? 0);

function bypassGroup(m: Multipath, word: string, bypassed: boolean): Errno | undefined {
  const pg = groupByNumber(m, word);
  if (pg === undefined) return refuse(m, 'invalid PG number supplied to bypass_pg');
  bypassPg(m, pg, bypassed);
  return undefined;
}

function switchGroup(m: Multipath, word: string): Errno | undefined {
  const pg = groupByNumber(m, word);
  if (pg === undefined) return refuse(m, 'invalid PG number supplied to switch_pg_num');
  switchPg(m, pg);
  return undefined;
}

function failPathAction(pgpath: PgPath): undefined {
  failPath(pgpath);
}

/** Acts on every path of that device, in all groups; the answer is that of the last one. EINVAL, without a log line, if there is none. */
function forEachPath(
  m: Multipath,
  word: string,
  action: (pgpath: PgPath) => Errno | undefined,
): Errno | undefined {
  const at = resolveDevice(m.md.dm, word);
  if (typeof at === 'string') {
    refuse(m, `message: error getting device ${word}`);
    return at;
  }
  let result: Errno | undefined = 'EINVAL';
  for (const pg of m.priorityGroups) {
    for (const pgpath of pg.pgpaths) {
      const { major, minor } = pgpath.dev.bdev;
      if (major === at.major && minor === at.minor) result = action(pgpath);
    }
  }
  return result;
}
