// shrink-schedule.ts — Smaller schedules than one that fails: whole commands go first, then numbers and tables become simple.
import type { Command, CommandOf, Schedule, SuspendFlags, Table } from '../schedule.ts';
import { UNIT } from '../schedule.ts';

/** From the boldest to the most careful; none is the schedule itself. */
export function* smallerSchedules(schedule: Schedule): IterableIterator<Schedule> {
  const { stacked, table, commands } = schedule;
  for (const fewer of fewerCommands(commands)) yield { ...schedule, commands: fewer };
  if (stacked) yield { ...schedule, stacked: false };
  for (const simple of simplerTables(table)) yield { ...schedule, table: simple };
  for (const [i, command] of commands.entries()) {
    for (const simple of simplerCommands(command)) {
      yield { ...schedule, commands: commands.with(i, simple) };
    }
  }
}

/** Without a half, a quarter, and so on to a single one; from the end, as what comes after a failure is not needed for it. */
function* fewerCommands(commands: readonly Command[]): IterableIterator<Command[]> {
  for (let size = commands.length; size >= 1; size = Math.floor(size / 2)) {
    for (let end = commands.length; end > 0; end -= size) {
      yield commands.toSpliced(Math.max(0, end - size), Math.min(size, end));
    }
  }
  // Some are needed only for each other.
  for (const size of [2, 3]) {
    for (let from = 0; from + size <= commands.length; from++) yield commands.toSpliced(from, size);
  }
  for (let from = 0; from + 2 < commands.length; from++) {
    yield commands.filter((_, i) => i !== from && i !== from + 2);
  }
}

function* simplerTables(table: Table): IterableIterator<Table> {
  if (table.type !== 'multipath') {
    if (table.type === 'linear' && table.parts.length > 1) {
      yield { ...table, parts: table.parts.slice(0, 1) };
    }
    return;
  }
  const { groups, selector } = table;
  const [first = []] = groups;
  if (groups.length > 1) yield { ...table, groups: [first] };
  if (first.length > 1) yield { ...table, groups: [first.slice(0, 1), ...groups.slice(1)] };
  if (selector !== 'round-robin') yield { ...table, selector: 'round-robin' };
}

type Simplifiers = {
  readonly [K in Command['kind']]: (command: CommandOf<K>) => Command[];
};

const none = (): Command[] => [];
const simplerIo = (io: CommandOf<'read' | 'write'>): Command[] => [
  ...(io.sector > 0 ? [{ ...io, sector: 0 }] : []),
  ...(io.nrSectors > UNIT ? [{ ...io, nrSectors: UNIT }] : []),
];
const onFirstPath = (command: Extract<Command, { readonly path: number }>): Command[] =>
  command.path > 0 ? [Object.assign({}, command, { path: 0 })] : [];
const withLockFs = (command: Extract<Command, { readonly flags: SuspendFlags }>): Command[] =>
  command.flags.lockFs
    ? []
    : [Object.assign({}, command, { flags: { ...command.flags, lockFs: true } })];
const withTable = (command: Extract<Command, { readonly table: Table }>): Command[] =>
  [...simplerTables(command.table)].map((table) => Object.assign({}, command, { table }));

const SIMPLER: Simplifiers = {
  write: simplerIo,
  read: simplerIo,
  'path-state': onFirstPath,
  'path-message': onFirstPath,
  delete: onFirstPath,
  rescan: onFirstPath,
  'group-message': (command) => (command.group > 1 ? [{ ...command, group: 1 }] : []),
  load: withTable,
  swap: (command) => [...withTable(command), ...withLockFs(command)],
  suspend: (command) => [
    ...(command.background ? [{ ...command, background: false }] : []),
    ...withLockFs(command),
  ],
  // Towards each other: a race is two things at about one time.
  sleep: ({ ms }) =>
    [1, 4, 5, 20].filter((less) => less < ms).map((less) => ({ kind: 'sleep', ms: less })),
  queueing: none,
  clear: none,
  resume: none,
  interrupt: none,
};

const simplerCommands = (command: Command): Command[] =>
  (SIMPLER[command.kind] as (command: Command) => Command[])(command);
