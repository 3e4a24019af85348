// switches.ts — dmsetup's options: which exist, which may be combined, and which are not simulated.
import { refuse } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import { getopt } from '@dmsim/libc';
import type { OptionTable } from '@dmsim/libc';

export interface Switches {
  has(key: string): boolean;
  count(key: string): number;
  /** Returns the value of the last one given. */
  value(key: string): string | undefined;
  /** As atoi(3) reads it; 0 without one. */
  number(key: string): number;
  readonly operands: readonly string[];
}

/** In the order in which getopt offers them when a name is ambiguous. Short options stand under their letter. */
const LONG: Readonly<Record<string, string>> = {
  readonly: 'r',
  alias: 'alias:',
  alldevices: 'alldevices',
  allprograms: 'allprograms',
  allregions: 'allregions',
  area: 'area',
  areas: 'areas:',
  areasize: 'areasize:',
  addnodeonresume: 'addnodeonresume',
  addnodeoncreate: 'addnodeoncreate',
  bounds: 'bounds:',
  checks: 'checks',
  clear: 'clear',
  columns: 'c',
  concise: 'concise',
  count: 'count:',
  deferred: 'deferred',
  exec: 'exec:',
  filemap: 'filemap',
  follow: 'follow:',
  force: 'f',
  foreground: 'foreground',
  gid: 'G:',
  group: 'group',
  groupid: 'groupid:',
  help: 'h',
  histogram: 'histogram',
  inactive: 'inactive',
  interval: 'interval:',
  length: 'length:',
  manglename: 'manglename:',
  major: 'j:',
  minor: 'm:',
  mode: 'M:',
  nameprefixes: 'nameprefixes',
  nogroup: 'nogroup',
  noflush: 'noflush',
  noheadings: 'noheadings',
  nolockfs: 'nolockfs',
  noopencount: 'noopencount',
  nosuffix: 'nosuffix',
  notable: 'n',
  notimesuffix: 'notimesuffix',
  nomonitor: 'nomonitor',
  options: 'o:',
  noudevrules: 'noudevrules',
  noudevsync: 'noudevsync',
  precise: 'precise',
  programid: 'programid:',
  raw: 'raw',
  readahead: 'readahead:',
  region: 'region',
  regions: 'regions:',
  regionid: 'regionid:',
  relative: 'relative',
  retry: 'retry',
  rows: 'rows',
  select: 'S:',
  segments: 'segments',
  separator: 'separator:',
  setuuid: 'setuuid',
  showkeys: 'showkeys',
  sort: 'O:',
  start: 'start:',
  table: 'table:',
  target: 'target:',
  tree: 'tree',
  udevcookie: 'udevcookie:',
  uid: 'U:',
  units: 'units:',
  uuid: 'u:',
  unbuffered: 'unbuffered',
  unquoted: 'unquoted',
  userdata: 'userdata:',
  // As in dmsetup, the long form takes a value and ignores it.
  verbose: 'v:',
  verifyudev: 'verifyudev',
  version: 'version',
  yes: 'y',
};

const OPTIONS: OptionTable = { short: 'cCfG:hj:m:M:no:O:rS:u:U:vy', long: LONG };

/** Options that only dmstats uses, and those whose effect is not simulated. */
const REFUSED: readonly string[] = (
  'alias alldevices allprograms allregions area areas areasize bounds clear filemap follow foreground group groupid ' +
  'histogram length nogroup nomonitor precise programid raw region regionid regions relative segments start userdata'
).split(' ');

/** A number, and a unit that is a letter; what follows it does not matter. */
export const UNITS: RegExp = /^\s*(?:\d+\.?\d*(?:e\d+)?|\.\d+(?:e\d+)?)?[hbskmgtper]/i;

/** The owners of a node that are simulated: root, and the groups root and disk. */
const OWNERS: readonly (readonly [string, readonly number[]])[] = [
  ['U', [0]],
  ['G', [0, 6]],
];

/** A message for standard error, or the switches. */
export function parseSwitches(tool: Tool): Switches | { readonly error: string } {
  const parsed = getopt(tool.args, OPTIONS);
  if (parsed.error !== undefined) return { error: `dmsetup: ${parsed.error.message}` };
  const given = parsed.given.map(([key, value]) => [key === 'C' ? 'c' : key, value] as const);
  // A repeated option replaces the earlier one.
  const last = new Map(given);
  const switches: Switches = {
    has: (key) => last.has(key),
    count: (key) => given.filter(([k]) => k === key).length,
    value: (key) => last.get(key),
    number: (key) => atoi(last.get(key) ?? ''),
    operands: parsed.operands,
  };
  if (given.length === 0) return switches;
  const error = checkSwitches(switches);
  if (error !== undefined) return { error };
  refuseSwitches(tool, switches);
  return switches;
}

function checkValues(switches: Switches): string | undefined {
  if (switches.has('count') && switches.number('count') < 0)
    return 'Count must be zero or greater.';
  if (switches.has('interval') && switches.number('interval') <= 0)
    return 'Interval must be a positive integer.';
  const mode = switches.value('M');
  if (mode !== undefined && !/^\s*[+-]?[0-7]+$/.test(mode))
    return `Invalid argument for --mode: ${mode}. `;
  const mangling = switches.value('manglename');
  if (mangling !== undefined && !/^(none|auto|hex)$/i.test(mangling)) {
    return 'Unknown name mangling mode.';
  }
  const readAhead = switches.value('readahead');
  if (readAhead !== undefined && atoi(readAhead) < -1) {
    return `Negative read ahead value (${atoi(readAhead)}) is not understood.`;
  }
  return undefined;
}

function checkSwitches(switches: Switches): string | undefined {
  const problem = checkValues(switches);
  if (problem !== undefined) return problem;
  if (switches.has('j') !== switches.has('m')) {
    return 'Please specify both major number and minor number.';
  }
  if (switches.has('table') && switches.has('n')) return '--table and --notable are incompatible.';
  if (switches.has('addnodeonresume') && switches.has('addnodeoncreate')) {
    return '--addnodeonresume and --addnodeoncreate are incompatible.';
  }
  return undefined;
}

function refuseSwitches(tool: Tool, switches: Switches): void {
  for (const key of REFUSED) {
    if (switches.has(key)) refuse(tool, key.length === 1 ? `-${key}` : `--${key}`);
  }
  if (switches.count('v') > 1) refuse(tool, '-vv');
  for (const [key, own] of OWNERS)
    if (switches.has(key) && !own.includes(switches.number(key)))
      refuse(tool, `-${key} ${switches.value(key)}`);
  if (/^(none|hex)$/i.test(switches.value('manglename') ?? '')) refuse(tool, '--manglename');
}

/** atoi(3): what stands at the beginning, 0 when that is no number. */
export function atoi(text: string): number {
  const match = /^\s*([+-]?\d+)/.exec(text);
  return match === null ? 0 : Number(BigInt.asIntN(32, BigInt(match[1] ?? '0')));
}
