// shrink-schedule.ts — Smaller schedules than one that fails: whole commands go first, then numbers and tables become simple.
import type { Command, CommandOf, Schedule, SuspendFlags, Table } from '../schedule.ts';
import { PATHS, UNIT } from '../schedule.ts';
import { simplerGuests } from './shrink-guest.ts';
import { onPathsAfter } from './tables.ts';

/** From the boldest to the most careful; none is the schedule itself. */
export function* smallerSchedules(schedule: Schedule): IterableIterator<Schedule> {
  const { stacked, table, commands } = schedule;
  for (const fewer of fewerCommands(commands)) yield { ...schedule, commands: fewer };
  yield* simplerGuest(schedule);
  if (stacked) yield { ...schedule, stacked: false };
  yield* simplerWorlds(schedule);
  for (const simple of simplerTables(table)) yield { ...schedule, table: simple };
  for (const [i, command] of commands.entries()) {
    for (const simple of simplerCommands(command)) {
      yield { ...schedule, commands: commands.with(i, simple) };
    }
    for (const sooner of soonerCommands(command, commands)) {
      yield { ...schedule, commands: commands.with(i, sooner) };
    }
  }
}

/** Without the machine, and then with a simpler one. */
function* simplerGuest({ guest, ...others }: Schedule): IterableIterator<Schedule> {
  if (guest === undefined) return;
  yield others;
  for (const simple of simplerGuests(guest)) yield { ...others, guest: simple };
}

/** Without what the paths have of their own; then latencies towards none and towards each other. */
function* simplerWorlds(schedule: Schedule): IterableIterator<Schedule> {
  const { portGroups, latencies, ...usual } = schedule;
  const groups = portGroups === undefined ? {} : { portGroups };
  if (latencies === undefined) {
    if (portGroups === true && !schedule.commands.some(({ kind }) => kind === 'access'))
      yield usual;
    return;
  }
  yield { ...usual, ...groups };
  for (const [path, us] of latencies.entries()) {
    for (const less of lessThan(us, [0, ...latencies])) {
      yield { ...usual, ...groups, latencies: latencies.with(path, less) };
    }
  }
}

/** Each once, the least first. */
const lessThan = (value: number, others: readonly number[]): number[] =>
  [...new Set(others)].filter((other) => other < value).toSorted((a, b) => a - b);

const TIMES: readonly number[] = [1, 4, 5, 20];

/** Times towards zero, and towards each other: a race is two things at one instant. */
function soonerCommands(command: Command, all: readonly Command[]): Command[] {
  if (command.kind !== 'sleep' && command.kind !== 'stall') return [];
  const others = all.flatMap((other) => ('ms' in other ? [other.ms] : []));
  return lessThan(command.ms, [...TIMES, ...others]).map((ms) =>
    Object.assign({}, command, { ms }),
  );
}

/** Without a half, a quarter, and so on to a single one; from the end, as what comes after a failure is not needed for it. */
export function* fewerCommands(commands: readonly Command[]): IterableIterator<Command[]> {
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
  if (table.type === 'target') {
    const first = Number(/\$([0-3])/.exec(table.params)?.[1] ?? 0);
    if (first > 0) yield onPathsAfter(table, PATHS - first);
  }
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
const simplerIo = (io: CommandOf<'read' | 'write' | 'discard'>): Command[] => [
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
  discard: simplerIo,
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
  stall: onFirstPath,
  access: (command) => [
    ...onFirstPath(command),
    ...(command.state === 'standby' ? [] : [{ ...command, state: 'standby' as const }]),
  ],
  job: (command) => [
    ...(command.word === 'backup' ? [] : [{ ...command, word: 'backup' as const }]),
    ...(command.onError === 'report' ? [] : [{ ...command, onError: 'report' as const }]),
  ],
  // Times: see `soonerCommands`.
  sleep: none,
  queueing: none,
  monitor: none,
  flush: none,
  'job-control': none,
  clear: none,
  resume: none,
  interrupt: none,
};

const simplerCommands = (command: Command): Command[] =>
  (SIMPLER[command.kind] as (command: Command) => Command[])(command);
