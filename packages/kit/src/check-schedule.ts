// check-schedule.ts — Refuses a schedule that is written wrongly. A path that is not there, or I/O beyond the end of the map, would otherwise do nothing, and what is checked would hold because nothing happened.
import type { Kind, Kinds, Place } from './check-options.ts';
import {
  anObject,
  checkOptions,
  isTrue,
  listOf,
  milliseconds,
  multipleOf,
  nameOf,
  oneOf,
  text,
  wholeNumber,
  yesOrNo,
} from './check-options.ts';
import type {
  Command,
  CommandOf,
  GuestSetup,
  OwnSelector,
  Schedule,
  SuspendFlags,
  Table,
} from './schedule.ts';
import { MAP_SECTORS, PATHS, UNIT } from './schedule.ts';

/** Thrown for a schedule that is written wrongly: it is never run. */
export class BadSchedule extends TypeError {
  override readonly name = 'BadSchedule';
}

type TableOf<K extends Table['type']> = Extract<Table, { readonly type: K }>;

const path = wholeNumber(0, PATHS - 1);
const paths = listOf(path);

/** Equal parts of the map, each of whole units. */
const equalParts: Kind = (value) =>
  paths(value) ??
  (Number.isInteger(MAP_SECTORS / UNIT / (value as readonly unknown[]).length)
    ? null
    : 'a list of 1, 2, 4, … or 128 paths');

const OWN_SELECTOR: Kinds<OwnSelector> = {
  name: text,
  args: listOf(text),
  pathArgs: listOf(listOf(text)),
};

/** The selector of a table, or of all tables (`ownSelector` of `anySchedule`). */
export const anOwnSelector: Kind = partsOf('a selector', OWN_SELECTOR);

const latencies = listOf(wholeNumber(0));
const ofEachPath: Kind = (value) =>
  latencies(value) ??
  ((value as readonly unknown[]).length === PATHS
    ? null
    : `a list of ${PATHS} numbers, one for each path`);

const TABLES: { readonly [K in Table['type']]: Kinds<TableOf<K>> } = {
  multipath: {
    type: text,
    mode: oneOf('bio', 'rq'),
    queueIfNoPath: yesOrNo,
    selector: oneOf(
      'round-robin',
      'queue-length',
      'service-time',
      'historical-service-time',
      'io-affinity',
    ),
    ownSelector: anOwnSelector,
    groups: listOf(paths),
  },
  linear: { type: text, parts: equalParts },
  striped: { type: text, stripes: equalParts },
  target: { type: text, target: text, params: text },
};

/** The table of all schedules (`ownTarget` of `anySchedule`). */
export const anOwnTable: Kind = partsOf('a table', { ...TABLES.target, type: oneOf('target') });

const GUEST: Kinds<GuestSetup> = {
  disk: oneOf('virtio-blk', 'scsi'),
  iothread: yesOrNo,
  werror: oneOf('report', 'ignore', 'enospc', 'stop', 'retry'),
  rerror: oneOf('report', 'ignore', 'stop', 'retry'),
  retryInterval: wholeNumber(0),
  retryTimeout: wholeNumber(0),
  ioHang: wholeNumber(0),
  overlay: isTrue,
  discard: isTrue,
};

const FLAGS: Kinds<SuspendFlags> = { noflush: yesOrNo, lockFs: yesOrNo };
const IO = {
  kind: text,
  sector: multipleOf(UNIT, 0, MAP_SECTORS - UNIT),
  nrSectors: multipleOf(UNIT, UNIT, MAP_SECTORS),
};

const COMMANDS: { readonly [K in Command['kind']]: Kinds<CommandOf<K>> } = {
  write: IO,
  read: IO,
  discard: IO,
  flush: { kind: text },
  'path-state': { kind: text, path, state: oneOf('offline', 'running') },
  'path-message': { kind: text, word: oneOf('fail_path', 'reinstate_path'), path },
  'group-message': {
    kind: text,
    word: oneOf('disable_group', 'enable_group', 'switch_group'),
    group: wholeNumber(0),
  },
  queueing: { kind: text, word: oneOf('queue_if_no_path', 'fail_if_no_path') },
  delete: { kind: text, path },
  rescan: { kind: text, path },
  load: { kind: text, table: anObject },
  clear: { kind: text },
  suspend: { kind: text, flags: anObject, background: yesOrNo },
  resume: { kind: text, flags: anObject },
  swap: { kind: text, flags: anObject, table: anObject },
  interrupt: { kind: text },
  stall: { kind: text, path, ms: milliseconds },
  monitor: { kind: text, word: oneOf('stop', 'cont', 'system_reset') },
  job: {
    kind: text,
    word: oneOf('mirror', 'backup', 'commit', 'stream'),
    onError: oneOf('report', 'enospc', 'stop'),
  },
  'job-control': { kind: text, word: oneOf('complete', 'resume', 'cancel') },
  access: {
    kind: text,
    path,
    state: oneOf('optimized', 'non-optimized', 'standby', 'transitioning'),
  },
  sleep: { kind: text, ms: milliseconds },
};

const SCHEDULE: Kinds<Schedule> = {
  stacked: yesOrNo,
  table: anObject,
  latencies: ofEachPath,
  portGroups: yesOrNo,
  guest: anObject,
  commands: listOf(anObject),
};

/** May be absent. */
const OPTIONAL = new Set(['ownSelector', 'latencies', 'portGroups', 'guest', 'overlay', 'discard']);

/** Throws a `BadSchedule` that names the place: `command 3 (write)`. */
export function checkSchedule(schedule: Schedule): void {
  try {
    checkParts('the schedule', schedule, SCHEDULE);
    checkTable('table', schedule.table);
    if (schedule.guest !== undefined) checkParts('guest', schedule.guest, GUEST);
    for (const [i, command] of schedule.commands.entries()) checkCommand(i + 1, command);
  } catch (error) {
    throw new BadSchedule((error as Error).message);
  }
}

function checkCommand(nth: number, command: Command): void {
  const here = (): string => `command ${nth} (${command.kind})`;
  checkParts(
    here,
    command,
    kindsFor(() => `command ${nth}`, 'kind', COMMANDS, command.kind),
  );
  switch (command.kind) {
    case 'write':
    case 'read':
    case 'discard':
      if (command.sector + command.nrSectors > MAP_SECTORS)
        throw new TypeError(
          `${here()} goes beyond the end of the map, which has ${MAP_SECTORS} sectors`,
        );
      return;
    case 'load':
      checkTable(() => `${here()}: table`, command.table);
      return;
    case 'suspend':
    case 'resume':
      checkFlags(here, command.flags);
      return;
    case 'swap':
      checkFlags(here, command.flags);
      checkTable(() => `${here()}: table`, command.table);
      return;
    default:
  }
}

function checkFlags(at: Place, flags: SuspendFlags): void {
  checkParts(() => `${nameOf(at)}: flags`, flags, FLAGS);
}

function checkTable(at: Place, table: Table): void {
  const here = (): string => `${nameOf(at)} (${table.type})`;
  checkParts(here, table, kindsFor(at, 'type', TABLES, table.type));
}

function kindsFor<K extends string>(
  at: Place,
  tag: string,
  all: Readonly<Record<K, object>>,
  name: K,
): Kinds<object> {
  if (Object.hasOwn(all, name)) return all[name];
  const names = Object.keys(all).join(', ');
  throw new TypeError(`${nameOf(at)} has the ${tag} ${JSON.stringify(name)}; there are ${names}`);
}

/** A value that is an object of these parts, as a kind: its description says what is wrong in it. */
function partsOf<Parts extends object>(what: string, kinds: Kinds<Parts>): Kind {
  return (value) => {
    const wanted = anObject(value);
    if (wanted !== null) return wanted;
    try {
      checkParts(what, value as Parts, kinds);
      return null;
    } catch (error) {
      return `${what} that is whole (${(error as Error).message})`;
    }
  };
}

/** As `checkOptions`, but nothing may be absent unless it is optional. */
function checkParts(at: Place, parts: object, kinds: Kinds<object>): void {
  const names = Object.keys(kinds);
  if (checkOptions(at, parts, kinds) === names.length) return;
  for (const name of names) {
    if (!OPTIONAL.has(name) && (parts as Readonly<Record<string, unknown>>)[name] === undefined)
      throw new TypeError(`${nameOf(at)} has no ${name}`);
  }
}
