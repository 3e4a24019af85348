// dmstats-regions.ts — The commands of dmstats(8) that make, delete, clear and print regions. Mirrors libdm/dm-tools/dmsetup.c: _stats_create, _stats_delete, _stats_clear, _stats_print.
import { complain, refuse } from '@dmsim/coreutils';
import type { HashCell } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';

import type { Call } from './dmstats-call.ts';
import { PROGRAM, regionsOf, regionsOfProgram, send } from './dmstats-call.ts';
import { deleteGroup, groupSegments, leaveGroup } from './dmstats-groups.ts';
import type { Region } from './dmstats-objects.ts';
import { areaCount } from './dmstats-objects.ts';

/** Reads `2048`, in sectors, or a size with its unit, such as `1m`. Returns sectors. */
function sectorsOf({ t }: Call, word: string): bigint {
  const [, number, unit = ''] = /^(\d+)([sbkmgt]?)$/i.exec(word) ?? [];
  if (number === undefined) return refuse(t, `the size ${word}`);
  const bytes = {
    '': 512n,
    s: 512n,
    b: 1n,
    k: 1n << 10n,
    m: 1n << 20n,
    g: 1n << 30n,
    t: 1n << 40n,
  };
  return (BigInt(number) * bytes[unit.toLowerCase() as keyof typeof bytes]) / 512n;
}

/** In sectors of the map. */
interface Range {
  readonly start: bigint;
  readonly length: bigint;
}

/** The ranges that `create` makes regions of: with --segments one for each target, otherwise one. */
function rangesOf(call: Call, { md }: HashCell): Range[] {
  const { has, value } = call;
  const targets = md.map?.targets ?? [];
  if (has('segments'))
    return targets.map(({ begin, len }) => ({ start: BigInt(begin), length: BigInt(len) }));
  const end = targets.reduce((sum, { len }) => sum + BigInt(len), 0n);
  const start = sectorsOf(call, value('start') ?? '0');
  const length = sectorsOf(call, value('length') ?? '0');
  return [{ start, length: length === 0n ? end - start : length }];
}

/** `dmstats create`. False if it failed, which has been said; so for the others. */
export function* createRegions(call: Call, cell: HashCell): Task<boolean> {
  const { t, has, value } = call;
  const made: string[] = [];
  for (const { start, length } of rangesOf(call, cell)) {
    const areas = Number(value('areas') ?? 1) || 1;
    const size = value('areasize');
    const step = size === undefined ? `/${areas}` : String(sectorsOf(call, size));
    const extra = has('precise') ? '1 precise_timestamps ' : '';
    const words = `${extra}${value('programid') ?? PROGRAM} ${value('userdata') ?? '-'}`;
    const answer = yield* send(call, cell, `@stats_create ${start}+${length} ${step} ${words}`);
    if (answer === null) {
      yield* complain(t, `${cell.name}: Could not create statistics region.\n`);
      return false;
    }
    const count = size === undefined ? areas : areaCount(length, sectorsOf(call, size));
    t.out.put(`${cell.name}: Created new region with ${count} area(s) as region ID ${answer}\n`);
    made.push(answer);
  }
  return has('segments') ? yield* groupSegments(call, cell, made) : true;
}

/** The region of --regionid, or all. Null if the map did not answer, which has been said. */
function* chosenRegions(call: Call, cell: HashCell): Task<Region[] | null> {
  const all = yield* regionsOf(call, cell);
  const id = call.value('regionid');
  if (id === undefined || all === null) return all;
  return all.filter((region) => region.id === id);
}

/** Sends `message ID` for each chosen region. False if one failed, which has been said. */
function* forRegions(call: Call, cell: HashCell, message: string): Task<boolean> {
  const regions = yield* chosenRegions(call, cell);
  if (regions === null) return false;
  for (const { id } of regions)
    if ((yield* send(call, cell, `${message} ${id}`)) === null) return false;
  return true;
}

/** `dmstats delete`. */
export function* deleteRegions(call: Call, cell: HashCell): Task<boolean> {
  const { t, value, has } = call;
  const all = yield* regionsOf(call, cell);
  if (all === null) return false;
  if (has('groupid')) return yield* deleteGroup(call, cell, all);
  const id = value('regionid');
  if (id !== undefined && !has('allregions')) {
    if (!(yield* leaveGroup(call, cell, { id, all }))) return false;
    if (!all.some((region) => region.id === id)) {
      yield* complain(t, `Region ID ${id} does not exist\nCould not delete statistics region\n`);
      return false;
    }
  }
  return yield* forRegions(call, cell, '@stats_delete');
}

/** `dmstats clear`. It looks at regions of dmstats itself only: those of other programs are not there. */
export function* clearRegions(call: Call, cell: HashCell): Task<boolean> {
  const regions = yield* regionsOfProgram(call, cell, PROGRAM);
  if (regions === null) return false;
  const id = call.has('allregions') ? undefined : call.value('regionid');
  const chosen = id === undefined ? regions : regions.filter((region) => region.id === id);
  if (chosen.length === 0 && regions.length > 0) {
    yield* complain(call.t, `No such region: ${id}.\n`);
    return false;
  }
  for (const region of chosen)
    if ((yield* send(call, cell, `@stats_clear ${region.id}`)) === null) return false;
  return true;
}

/** `dmstats print`. As the real one does, --allregions looks at regions of dmstats itself only, and prints the region twice. */
export function* printRegions(call: Call, cell: HashCell): Task<boolean> {
  const message = call.has('clear') ? '@stats_print_clear' : '@stats_print';
  const id = call.has('allregions') ? undefined : call.value('regionid');
  if (id !== undefined) return yield* printRegion(call, cell, `${message} ${id}`);
  const regions = yield* regionsOfProgram(call, cell, PROGRAM);
  if (regions === null) return false;
  if (regions.length > 1) refuse(call.t, 'print --allregions of several regions');
  for (const region of [...regions, ...regions])
    if (!(yield* printRegion(call, cell, `${message} ${region.id}`))) return false;
  return true;
}

function* printRegion(call: Call, cell: HashCell, message: string): Task<boolean> {
  const text = yield* send(call, cell, message);
  if (text !== null) call.t.out.put(text);
  else yield* complain(call.t, 'Could not print statistics region.\n');
  return text !== null;
}
