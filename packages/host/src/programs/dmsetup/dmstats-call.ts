// dmstats-call.ts — What the commands of dmstats(8) share: their switches, the devices, the messages to them. dmstats-lines.ts reads the answers.
import { complain } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import { targetMessage } from '@dmsim/dm';
import type { HashCell } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';

import type { Machine } from '../../machine.ts';
import { parseRegions } from './dmstats-lines.ts';
import type { Region } from './dmstats-objects.ts';

/** A call of dmstats: its switches, and the machine that it is made on. */
export interface Call {
  readonly t: Tool;
  readonly machine: Machine;
  readonly has: (key: string) => boolean;
  readonly value: (key: string) => string | undefined;
}

/** Ends a call with `why` and `Command failed.`, and returns its status. */
export function* failed(t: Tool, why = ''): Task<number> {
  yield* complain(t, `${why}Command failed.\n`);
  return 1;
}

/** The devices of the machine, in the order of their names. */
export const cellsOfAll = ({ machine }: Call): HashCell[] =>
  [...machine.dm.devices.values()]
    .flatMap(({ cell }) => (cell === null ? [] : [cell]))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** The device that goes by `name`, or by `/dev/mapper/NAME`. */
export function cellOf(call: Call, name: string): HashCell | undefined {
  const plain = name.replace(/^\/dev\/mapper\//, '');
  return cellsOfAll(call).find((cell) => cell.name === plain);
}

/** Sends a message to the map, and returns its answer; null if it refused, which has been said. */
export function* send({ machine, t }: Call, cell: HashCell, words: string): Task<string | null> {
  const answer = targetMessage(machine.dm, { name: cell.name }, { sector: 0n, message: words });
  if (answer === undefined) return '';
  if (typeof answer !== 'string') return answer.output;
  const what = `device-mapper: message ioctl on ${cell.name}  failed: ${strerror(answer)}`;
  yield* complain(t, `${what}\n`);
  return null;
}

/** The owner of regions that no --programid is given for. */
export const PROGRAM = 'dmstats';

/** The regions of a device that belong to the program, or to any with --allprograms. Null if the map did not answer, which has been said. */
export const regionsOf = (call: Call, cell: HashCell): Task<Region[] | null> =>
  regionsOfProgram(call, cell, call.has('allprograms') ? '' : (call.value('programid') ?? PROGRAM));

/** Those of `program`; of all if it is empty. */
export function* regionsOfProgram(
  call: Call,
  cell: HashCell,
  program: string,
): Task<Region[] | null> {
  const text = yield* send(call, cell, `@stats_list${program === '' ? '' : ` ${program}`}`);
  return text === null ? null : parseRegions(text);
}
