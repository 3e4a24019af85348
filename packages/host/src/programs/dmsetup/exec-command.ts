// exec-command.ts — --exec: a program that runs once for each device, with the device's path as its last argument.
import { runChild } from '@dmsim/coreutils';
import type { HashCell } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';

import { unmangle } from './names.ts';
import type { Run } from './run.ts';

/**
 * Words end at white space; quotes have no meaning. dmsetup goes on, however the program ends. Makes sure of the
 * node afterwards, by the name that people use. False without a word.
 */
export function* execCommand(run: Run, cell: HashCell): Task<boolean> {
  const words = (run.switches.value('exec') ?? '').split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return false;
  const name = unmangle(cell.name);
  run.nodesToAdd.push({ name, cell });
  yield* runChild(run.tool, [...words, `/dev/mapper/${name}`]);
  return true;
}
