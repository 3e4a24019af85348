// dmstats.ts — dmstats(8), and `dmsetup stats`: the regions of maps whose I/O is counted. Mirrors libdm/libdm-stats.c, libdm/dm-tools/dmsetup.c: _stats.
//
// A region is made, listed and printed by messages to the map. What dmstats keeps there: its name, and a text of the caller.
import { complain, parseOptions, refuse, tool } from '@dmsim/coreutils';
import type { OptionSpec, Tool } from '@dmsim/coreutils';
import { targetMessage } from '@dmsim/dm';
import type { HashCell } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import type { Group, Region } from './dmstats-rows.ts';
import { areaCount, COLUMNS, groupRow, isWithin, rowOf } from './dmstats-rows.ts';
import { formatReport } from './report/report.ts';

const SPEC: OptionSpec = {
  short: 'o:O:vy',
  long: {
    alias: 'alias:',
    alldevices: 'alldevices',
    allprograms: 'allprograms',
    allregions: 'allregions',
    area: 'area',
    areas: 'areas:',
    areasize: 'areasize:',
    clear: 'clear',
    force: 'force',
    groupid: 'groupid:',
    length: 'length:',
    noheadings: 'noheadings',
    options: 'o:',
    precise: 'precise',
    programid: 'programid:',
    region: 'region',
    regionid: 'regionid:',
    segments: 'segments',
    start: 'start:',
    userdata: 'userdata:',
  },
  refused: 'oOvy',
  refusedLong: (
    'bounds count filemap follow foreground group histogram interval nogroup nomonitor nosuffix nameprefixes ' +
    'raw regions relative rows select separator sort nametype units uuid verbose version major minor help'
  ).split(' '),
};

/** One call for one device. */
interface Call {
  readonly t: Tool;
  readonly machine: Machine;
  readonly has: (key: string) => boolean;
  readonly value: (key: string) => string | undefined;
}

/** False if it failed; the error has been printed. */
type Act = (call: Call, cell: HashCell) => Task<boolean>;

const ACTS: Readonly<Record<string, Act>> = {
  create,
  delete: remove,
  clear,
  print,
  ungroup,
};

/** The complaint about a call that names no region; undefined: it is not known. */
const NO_REGION: Readonly<Record<string, string>> = {
  delete: 'Please specify a --regionid or --groupid, or use --allregions.\n',
  print: 'Please specify a --regionid or use --allregions.\n',
};

export const dmstatsProgram = (machine: Machine): Program => tool((t) => dmstats(t, machine));

function* dmstats(t: Tool, machine: Machine): Task<number> {
  const { has, value, operands } = parseOptions(t, SPEC);
  const [word = 'report', ...names] = operands;
  const call: Call = { t, machine, has, value };
  if (word === 'list') return yield* list(call, names);
  const act = Object.hasOwn(ACTS, word) ? ACTS[word] : undefined;
  if (act === undefined) return refuse(t, word);
  if (word !== 'create' && !['allregions', 'regionid', 'groupid'].some(has))
    return yield* failed(t, NO_REGION[word] ?? refuse(t, `${word} without a region`));
  const cells = yield* cellsOf(call, word, names);
  if (cells === null) return yield* failed(t);
  for (const cell of cells) if (!(yield* act(call, cell))) return yield* failed(t);
  return 0;
}

function* failed(t: Tool, why = ''): Task<number> {
  yield* complain(t, `${why}Command failed.\n`);
  return 1;
}

const cellsOfAll = ({ machine }: Call): HashCell[] =>
  [...machine.dm.devices.values()]
    .flatMap(({ cell }) => (cell === null ? [] : [cell]))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** Null if there is no such device, which has been said. */
function* cellsOf(call: Call, word: string, names: readonly string[]): Task<HashCell[] | null> {
  const { t, has } = call;
  if (names.length === 0) {
    if (has('alldevices')) return cellsOfAll(call);
    if (word !== 'create') return refuse(t, `${word} without a device`);
    yield* complain(t, 'Please specify device(s) or use --alldevices.\n');
    return null;
  }
  const cells = names.map((name) => cellOf(call, name));
  const missing = cells.indexOf(undefined);
  if (missing < 0) return cells as HashCell[];
  if (word !== 'create' || names.length > 1) return refuse(t, `${word} of what is not there`);
  const what = `device-mapper: table ioctl on ${names[missing]}  failed: ${strerror('ENXIO')}`;
  yield* complain(t, `${what}\n`);
  return null;
}

function cellOf(call: Call, name: string): HashCell | undefined {
  const plain = name.replace(/^\/dev\/mapper\//, '');
  return cellsOfAll(call).find((cell) => cell.name === plain);
}

/** The answer of the map; null if it refused, which has been said. */
function* send({ machine, t }: Call, cell: HashCell, words: string): Task<string | null> {
  const answer = targetMessage(machine.dm, { name: cell.name }, { sector: 0n, message: words });
  if (answer === undefined) return '';
  if (typeof answer !== 'string') return answer.output;
  const what = `device-mapper: message ioctl on ${cell.name}  failed: ${strerror(answer)}`;
  yield* complain(t, `${what}\n`);
  return null;
}

/** A number of sectors, or a size with its unit. */
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

interface Range {
  readonly start: bigint;
  readonly length: bigint;
}

const PROGRAM = 'dmstats';

/** --segments: a region for each target. */
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

function* create(call: Call, cell: HashCell): Task<boolean> {
  const { t, has, value } = call;
  const made: string[] = [];
  for (const { start, length } of rangesOf(call, cell)) {
    const areas = Number(value('areas') ?? 1) || 1;
    const size = value('areasize');
    const step = size === undefined ? `/${areas}` : String(sectorsOf(call, size));
    const extra = has('precise') ? '1 precise_timestamps ' : '';
    const words = `${extra}${value('programid') ?? PROGRAM} ${value('userdata') ?? '-'}`;
    const answer = yield* send(call, cell, `@stats_create ${start}+${length} ${step} ${words}`);
    if (answer === null) return false;
    const count = size === undefined ? areas : areaCount(length, sectorsOf(call, size));
    t.out.put(`${cell.name}: Created new region with ${count} area(s) as region ID ${answer}\n`);
    made.push(answer);
  }
  return has('segments') ? yield* group(call, cell, made) : true;
}

/** The first region of a group keeps its list, in front of the text of the caller. */
function* group(call: Call, cell: HashCell, ids: readonly string[]): Task<boolean> {
  const [first = '', ...others] = ids;
  if (others.length === 0) refuse(call.t, '--segments of one target');
  const range = ids.every((id, i) => Number(id) === Number(first) + i);
  if (!range) refuse(call.t, 'a group of regions with gaps');
  const alias = call.value('alias') ?? '';
  const aux = `DMS_GROUP=${alias}:${first}-${ids.at(-1)}#${call.value('userdata') ?? '-'}`;
  if ((yield* send(call, cell, `@stats_set_aux ${first} ${aux}`)) === null) return false;
  const named = alias === '' ? '' : ` with alias ${alias}`;
  call.t.out.put(`Grouped regions ${ids.join(',')} as group ID ${first}${named}\n`);
  return true;
}

function* regionsOf(call: Call, cell: HashCell): Task<Region[] | null> {
  const { has, value } = call;
  const program = has('allprograms') ? '' : ` ${value('programid') ?? PROGRAM}`;
  const text = yield* send(call, cell, `@stats_list${program}`);
  if (text === null) return null;
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const [id = '', range = '', step = '0', owner = '', userData = ''] = line.split(' ');
    const [start = '0', length = '0'] = range.split('+');
    const [, alias = '', first, last, own] =
      /^DMS_GROUP=([^:]*):(\d+)-(\d+)#(.*)/.exec(userData) ?? [];
    return {
      id: id.slice(0, -1),
      start: BigInt(start),
      length: BigInt(length),
      step: BigInt(step),
      program: owner,
      userData: own ?? userData,
      leads: first === undefined ? null : { alias, first: Number(first), last: Number(last) },
    };
  });
}

/** --regionid, or all. */
function* chosenRegions(call: Call, cell: HashCell): Task<Region[] | null> {
  const all = yield* regionsOf(call, cell);
  const id = call.value('regionid');
  if (id === undefined || all === null) return all;
  return all.filter((region) => region.id === id);
}

function* forRegions(call: Call, cell: HashCell, message: string): Task<boolean> {
  const regions = yield* chosenRegions(call, cell);
  if (regions === null) return false;
  for (const { id } of regions)
    if ((yield* send(call, cell, `${message} ${id}`)) === null) return false;
  return true;
}

function* remove(call: Call, cell: HashCell): Task<boolean> {
  const { t, value, has } = call;
  const all = yield* regionsOf(call, cell);
  if (all === null) return false;
  if (has('groupid')) return yield* deleteGroup(call, cell, all);
  const id = value('regionid');
  if (id !== undefined && !has('allregions')) {
    if (all.some(({ leads }) => leads !== null && isWithin(Number(id), leads)))
      refuse(t, 'delete of a region that is in a group');
    if (!all.some((region) => region.id === id)) {
      yield* complain(t, `Region ID ${id} does not exist\nCould not delete statistics region\n`);
      return false;
    }
  }
  return yield* forRegions(call, cell, '@stats_delete');
}

/** The region that leads the group of --groupid. */
const leaderOf = ({ t, value }: Call, regions: readonly Region[]): Region =>
  regions.find(({ id, leads }) => leads !== null && id === value('groupid')) ??
  refuse(t, 'a group that is not there');

/** Its regions stay. */
function* ungroup(call: Call, cell: HashCell): Task<boolean> {
  const regions = yield* regionsOf(call, cell);
  if (regions === null) return false;
  const { id, userData } = leaderOf(call, regions);
  if ((yield* send(call, cell, `@stats_set_aux ${id} ${userData}`)) === null) return false;
  call.t.out.put(`Removed group ID ${id} on ${cell.name}\n`);
  return true;
}

/** With its regions. */
function* deleteGroup(call: Call, cell: HashCell, regions: readonly Region[]): Task<boolean> {
  const { leads, id } = leaderOf(call, regions);
  const group = leads as Group;
  for (const one of regions)
    if (
      isWithin(Number(one.id), group) &&
      (yield* send(call, cell, `@stats_delete ${one.id}`)) === null
    )
      return false;
  call.t.out.put(`Deleted statistics group ${id}.\n`);
  return true;
}

function clear(call: Call, cell: HashCell): Task<boolean> {
  return forRegions(call, cell, '@stats_clear');
}

function* print(call: Call, cell: HashCell): Task<boolean> {
  const id = call.value('regionid');
  if (id === undefined) return refuse(call.t, 'print --allregions');
  const message = call.has('clear') ? '@stats_print_clear' : '@stats_print';
  const text = yield* send(call, cell, `${message} ${id}`);
  if (text !== null) call.t.out.put(text);
  else yield* complain(call.t, 'Could not print statistics region.\n');
  return text !== null;
}

function* list(call: Call, names: readonly string[]): Task<number> {
  const { t, has } = call;
  if (['o', 'O', 'v', 'area', 'region'].some(has)) refuse(t, 'list with other columns or rows');
  const cells = names.length > 0 ? names.map((name) => cellOf(call, name)) : cellsOfAll(call);
  const rows: string[][] = [];
  for (const cell of cells) {
    if (cell === undefined) return yield* failed(t, 'Device does not exist.\n');
    const regions = yield* regionsOf(call, cell);
    if (regions === null) return yield* failed(t);
    for (const region of regions) rows.push(rowOf(cell, region, regions));
    for (const { leads, program } of regions)
      if (leads !== null) rows.push(groupRow(cell, program, leads, regions));
  }
  const style = {
    headings: !has('noheadings'),
    separator: undefined,
    prefixes: false,
    quoted: true,
    asRows: false,
  };
  t.out.put(formatReport({ columns: COLUMNS, types: NONE, style, sort: [], rows }));
  return 0;
}

const NONE: ReadonlySet<string> = new Set();
