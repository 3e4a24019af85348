// messages.ts — The messages of dm-stats: @stats_create, _delete, _clear, _list, _print, _print_clear, _set_aux. Mirrors dm-stats.c: dm_stats_message.
import type { Errno } from '@dmsim/sim';
import { printk } from '@dmsim/sim';

import type { MappedDevice } from '../mapped-device.ts';
import { tableSize } from '../table/table.ts';
import type { MessageResult } from '../target-type.ts';
import { parseCreate } from './parse-create.ts';
import { printAreas } from './print.ts';
import type { DmStats, Region } from './region.ts';
import { createRegion, createStats } from './region.ts';

type Message = (md: MappedDevice, args: readonly string[]) => MessageResult;

const MESSAGES: Readonly<Record<string, Message>> = {
  '@stats_create': create,
  '@stats_list': list,
  '@stats_delete': remove,
  '@stats_clear': (md, args) => onRegion(md, args, [1], (region) => region.areas.clear()),
  '@stats_print': (md, args) => print(md, args, false),
  '@stats_print_clear': (md, args) => print(md, args, true),
  '@stats_set_aux': (md, args) =>
    onRegion(md, args, [2], (region) => {
      region.auxData = args[1] ?? '';
    }),
};

/** Null if it is another message. */
export function statsMessage(
  md: MappedDevice,
  [word = '', ...args]: readonly string[],
): MessageResult | null {
  const message = MESSAGES[word.toLowerCase()];
  if (message === undefined) return null;
  const result = message(md, args);
  if (result === 'EINVAL')
    printk(md.sim, `device-mapper: stats: Invalid parameters for message ${word}`);
  return result;
}

function create(md: MappedDevice, args: readonly string[]): MessageResult {
  const size = md.map === null ? 0 : tableSize(md.map);
  const options = parseCreate(args, size);
  if (options === null) return 'EINVAL';
  const stats = md.stats ?? createStats(md.sim);
  const id = createRegion(stats, options);
  if (typeof id === 'string') return id;
  md.stats = stats;
  return { output: String(id) };
}

function list({ stats }: MappedDevice, args: readonly string[]): MessageResult {
  if (args.length > 1) return 'EINVAL';
  const [program] = args;
  const regions = (stats?.regions ?? []).filter(
    ({ programId }) => program === undefined || program === programId,
  );
  return { output: regions.map((region) => `${describe(region)}\n`).join('') };
}

/** `<id>: <start>+<length> <step> <program> <aux> [precise_timestamps] [histogram:<bound>,…]` */
function describe(region: Region): string {
  const { id, start, end, step, programId, auxData, precise, bounds } = region;
  return [
    `${id}: ${start}+${end - start} ${step} ${programId} ${auxData}`,
    ...(precise ? ['precise_timestamps'] : []),
    ...(bounds.length > 0 ? [`histogram:${bounds.join(',')}`] : []),
  ].join(' ');
}

function remove(md: MappedDevice, args: readonly string[]): MessageResult {
  return onRegion(md, args, [1], (region, { regions }) => {
    regions.splice(regions.indexOf(region), 1);
    if (regions.length === 0) md.stats = null;
  });
}

/** `<id> [<first area> <number of areas>]` */
function print(md: MappedDevice, args: readonly string[], clear: boolean): MessageResult {
  const [, first = '-', count = '-'] = args;
  const [from, length] = [first, count].map((word) => (word === '-' ? null : parseIndex(word)));
  if (from === undefined || length === undefined) return 'EINVAL';
  let output = '';
  const error = onRegion(md, args, [1, 3], (region) => {
    output = printAreas(md.sim, region, { from: from ?? 0, length: length ?? Infinity, clear });
  });
  return error ?? { output };
}

/** Undefined for what is no number. */
const parseIndex = (word: string): number | undefined =>
  /^[+-]?\d+$/.test(word) ? Number(BigInt.asUintN(64, BigInt(word))) : undefined;

function onRegion(
  { stats }: MappedDevice,
  args: readonly string[],
  counts: readonly number[],
  fn: (region: Region, stats: DmStats) => void,
): Errno | undefined {
  if (!counts.includes(args.length)) return 'EINVAL';
  const [word = ''] = args;
  if (!/^\+?\d+$/.test(word)) return 'EINVAL';
  const region = stats?.regions.find(({ id }) => id === Number(word));
  if (region === undefined || stats === null) return 'ENOENT';
  fn(region, stats);
  return undefined;
}
