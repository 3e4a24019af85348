// message.ts — DM_TARGET_MSG. Mirrors dm-ioctl.c: target_message, message_for_md.
import { printk } from '@dmsim/sim';

import type { DeviceMapper } from '../device-mapper.ts';
import { statsMessage } from '../stats/messages.ts';
import { splitArgs } from '../table/split-args.ts';
import { findTarget, tableSize } from '../table/table.ts';
import type { MessageResult } from '../target-type.ts';
import type { DeviceKey } from './find-device.ts';
import { findCell } from './find-device.ts';
import type { HashCell } from './hash-cell.ts';
import { cancelDeferredRemove } from './remove.ts';

/** Sends a message to the target of the live table that holds `sector`; one that begins with `@` goes to the core. */
export function targetMessage(
  dm: DeviceMapper,
  key: DeviceKey,
  { sector, message }: { readonly sector: bigint; readonly message: string },
): MessageResult {
  const cell = findCell(dm, key);
  if (cell === undefined) return 'ENXIO';
  const log = (text: string): 'EINVAL' => {
    printk(dm.sim, `device-mapper: ioctl: ${text}`);
    return 'EINVAL';
  };
  const argv = splitArgs(message);
  const [first] = argv;
  if (first === undefined) return log('Empty message received.');
  if (first.startsWith('@')) return coreMessage(cell, argv, log);
  const { map } = cell.md;
  if (map === null) return log('The device has no table.');
  if (sector >= BigInt(tableSize(map))) return log('Target message sector outside device.');
  const ti = findTarget(map, Number(sector));
  if (ti.type.message === undefined) return log('Target type does not support messages');
  return ti.type.message(ti, argv);
}

function coreMessage(
  cell: HashCell,
  argv: readonly string[],
  log: (text: string) => 'EINVAL',
): MessageResult {
  const [word = ''] = argv;
  if (word === '@cancel_deferred_remove')
    return argv.length === 1 ? cancelDeferredRemove(cell.md) : 'EINVAL';
  const answer = statsMessage(cell.md, argv);
  if (answer !== null) return answer;
  return log(`Unsupported message sent to DM core: ${word}`);
}
