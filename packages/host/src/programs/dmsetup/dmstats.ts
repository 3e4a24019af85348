// dmstats.ts — dmstats(8), and `dmsetup stats`: the regions of maps whose I/O is counted. Mirrors libdm/libdm-stats.c, libdm/dm-tools/dmsetup.c: _stats.
//
// A region is made, listed and printed by messages to the map. The map keeps two words for dmstats: the program's name, and a text of the caller.
import { complain, parseOptions, refuse, tool } from '@dmsim/coreutils';
import type { OptionSpec, Tool } from '@dmsim/coreutils';
import type { HashCell } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import type { Call } from './dmstats-call.ts';
import { cellOf, cellsOfAll, failed, PROGRAM, regionsOf, send } from './dmstats-call.ts';
import { deleteGroup, groupRegions, groupSegments, leaveGroup, ungroup } from './dmstats-groups.ts';
import type { Region } from './dmstats-objects.ts';
import { areaCount } from './dmstats-objects.ts';
import { showStats } from './dmstats-report.ts';

const SPEC: OptionSpec = {
  short: 'o:O:S:vy',
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
    group: 'group',
    groupid: 'groupid:',
    length: 'length:',
    nameprefixes: 'nameprefixes',
    noheadings: 'noheadings',
    options: 'o:',
    precise: 'precise',
    programid: 'programid:',
    region: 'region',
    regionid: 'regionid:',
    regions: 'regions:',
    rows: 'rows',
    select: 'S:',
    separator: 'separator:',
    sort: 'O:',
    unquoted: 'unquoted',
    units: 'units:',
    segments: 'segments',
    start: 'start:',
    userdata: 'userdata:',
    verbose: 'v',
  },
  refused: 'cCfG:hj:m:M:nru:U:y',
  refusedLong: (
    'readonly checks columns concise deferred exec gid inactive manglename mode noflush nolockfs noopencount notable notimesuffix udevcookie noudevrules noudevsync readahead retry setuuid showkeys table target tree uid unbuffered verifyudev yes addnodeonresume addnodeoncreate bounds count filemap follow foreground histogram interval nogroup nomonitor nosuffix ' +
    'raw relative nametype uuid version major minor help'
  ).split(' '),
};

/** One command, done to one device. False if it failed; the error has been printed. */
type Act = (call: Call, cell: HashCell) => Task<boolean>;

const ACTS: Readonly<Record<string, Act>> = {
  create,
  delete: remove,
  clear,
  print,
  ungroup,
  group: groupRegions,
};

/** The complaint about a call that names no region; undefined: it is not known. */
const NO_REGION: Readonly<Record<string, string>> = {
  delete: 'Please specify a --regionid or --groupid, or use --allregions.\n',
  clear: 'Please specify a --regionid or use --allregions.\n',
  print: 'Please specify a --regionid or use --allregions.\n',
  group: 'Group requires --regions.\n',
  ungroup: 'Please specify group id.\n',
};

export const dmstatsProgram = (machine: Machine): Program => tool((t) => dmstats(t, machine));

function* dmstats(t: Tool, machine: Machine): Task<number> {
  const { has, value, operands } = parseOptions(t, SPEC);
  const [word = 'report', ...names] = operands;
  const call: Call = { t, machine, has, value };
  if (word === 'list' || word === 'report') return yield* showStats(call, word, names);
  const act = Object.hasOwn(ACTS, word) ? ACTS[word] : undefined;
  if (act === undefined) return refuse(t, word);
  if (word !== 'create' && !['allregions', 'regionid', 'groupid', 'regions'].some(has))
    return yield* failed(t, NO_REGION[word] ?? refuse(t, `${word} without a region`));
  const cells = yield* cellsOf(call, word, names);
  if (cells === null) return yield* failed(t);
  for (const cell of cells) if (!(yield* act(call, cell))) return yield* failed(t);
  return 0;
}

/** The devices that a command is for. Null if one does not exist, which has been said. */
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

function* remove(call: Call, cell: HashCell): Task<boolean> {
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

/** `dmstats clear`. */
function* clear(call: Call, cell: HashCell): Task<boolean> {
  const id = call.value('regionid');
  const regions = id === undefined ? null : yield* regionsOf(call, cell);
  if (regions?.every((region) => region.id !== id) === true) {
    yield* complain(call.t, `No such region: ${id}.\n`);
    return false;
  }
  return yield* forRegions(call, cell, '@stats_clear');
}

/** `dmstats print`. As the real one does, --allregions prints a region once for each of its areas. */
function* print(call: Call, cell: HashCell): Task<boolean> {
  const message = call.has('clear') ? '@stats_print_clear' : '@stats_print';
  const id = call.value('regionid');
  if (id !== undefined) return yield* printRegion(call, cell, `${message} ${id}`);
  const regions = yield* regionsOf(call, cell);
  if (regions === null) return false;
  if (regions.some(({ leads }) => leads !== null)) refuse(call.t, 'print --allregions with groups');
  for (const region of regions)
    for (let n = areaCount(region.length, region.step); n > 0; n--)
      if (!(yield* printRegion(call, cell, `${message} ${region.id}`))) return false;
  return true;
}

function* printRegion(call: Call, cell: HashCell, message: string): Task<boolean> {
  const text = yield* send(call, cell, message);
  if (text !== null) call.t.out.put(text);
  else yield* complain(call.t, 'Could not print statistics region.\n');
  return text !== null;
}
