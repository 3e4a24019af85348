// dmstats-call.ts — What the commands of dmstats(8) share: their switches, the devices, the messages to them.
import { complain } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import { targetMessage } from '@dmsim/dm';
import type { HashCell } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';

import type { Machine } from '../../machine.ts';
import type { Region } from './dmstats-objects.ts';
import { parseIds } from './dmstats-objects.ts';

/** One call for one device. */
export interface Call {
  readonly t: Tool;
  readonly machine: Machine;
  readonly has: (key: string) => boolean;
  readonly value: (key: string) => string | undefined;
}

export function* failed(t: Tool, why = ''): Task<number> {
  yield* complain(t, `${why}Command failed.\n`);
  return 1;
}

export const cellsOfAll = ({ machine }: Call): HashCell[] =>
  [...machine.dm.devices.values()]
    .flatMap(({ cell }) => (cell === null ? [] : [cell]))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));

export function cellOf(call: Call, name: string): HashCell | undefined {
  const plain = name.replace(/^\/dev\/mapper\//, '');
  return cellsOfAll(call).find((cell) => cell.name === plain);
}

/** The answer of the map; null if it refused, which has been said. */
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

export function* regionsOf(call: Call, cell: HashCell): Task<Region[] | null> {
  const { has, value } = call;
  const program = has('allprograms') ? '' : ` ${value('programid') ?? PROGRAM}`;
  const text = yield* send(call, cell, `@stats_list${program}`);
  if (text === null) return null;
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map(parseRegion);
}

const HISTOGRAM = 'histogram:';

/** `0: 0+2048 512 dmstats - [precise_timestamps] [histogram:…]` */
function parseRegion(line: string): Region {
  const words = line.split(' ');
  const word = (i: number): string => words[i] ?? '';
  const [start = '0', length = '0'] = word(1).split('+');
  const [, alias = '', ids = '', own] = /^DMS_GROUP=([^:]*):([\d,-]+)#(.*)/.exec(word(4)) ?? [];
  const members = parseIds(ids);
  const features = words.slice(5);
  const histogram = features.find((feature) => feature.startsWith(HISTOGRAM));
  return {
    id: word(0).slice(0, -1),
    start: BigInt(start),
    length: BigInt(length),
    step: BigInt(word(2)),
    program: word(3),
    precise: features.includes('precise_timestamps'),
    bounds: histogram?.slice(HISTOGRAM.length) ?? '',
    userData: own ?? word(4),
    leads: members === null ? null : { alias, members },
  };
}
