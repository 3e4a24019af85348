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
import { cellOf, cellsOfAll, failed } from './dmstats-call.ts';
import { groupRegions, ungroup } from './dmstats-groups.ts';
import { clearRegions, createRegions, deleteRegions, printRegions } from './dmstats-regions.ts';
import { showStats } from './dmstats-report.ts';
import { statsUsage } from './dmstats-usage.ts';
import { REPORT_HELP } from './report/field-help.ts';

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
  create: createRegions,
  delete: deleteRegions,
  clear: clearRegions,
  print: printRegions,
  group: groupRegions,
  ungroup,
};

/** Commands that are not simulated. */
const OTHERS: ReadonlySet<string> = new Set(['help', 'update_filemap', 'version']);

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
  const [word, ...names] = operands;
  const usage = statsUsage(t.name === 'dmstats' ? 'dmstats' : 'dmsetup stats');
  if (word === undefined) return yield* wrongCall(t, usage);
  const call: Call = { t, machine, has, value };
  if (word === 'list' || word === 'report') return yield* showStats(call, word, names);
  const act = actOf(t, word);
  if (act === undefined) return yield* failed(t, `Unknown stats command.\n${usage}${REPORT_HELP}`);
  if (word !== 'create' && !['allregions', 'regionid', 'groupid', 'regions'].some(has))
    return yield* failed(t, NO_REGION[word] ?? refuse(t, `${word} without a region`));
  const cells = yield* cellsOf(call, word, names);
  if (cells === null) return yield* failed(t);
  for (const cell of cells) if (!(yield* act(call, cell))) return yield* failed(t);
  return 0;
}

function* wrongCall(t: Tool, text: string): Task<number> {
  yield* complain(t, text);
  return 1;
}

/** What a command does; undefined if there is no such command. */
function actOf(t: Tool, word: string): Act | undefined {
  if (OTHERS.has(word)) return refuse(t, word);
  return Object.hasOwn(ACTS, word) ? ACTS[word] : undefined;
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
