// shrink-schedule.ts — Smaller schedules than one that fails: whole commands go first, then numbers and tables become simple.
import type { Command, Schedule, Table } from '../schedule.ts';
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

function* simplerCommands(command: Command): IterableIterator<Command> {
  switch (command.kind) {
    case 'write':
    case 'read':
      if (command.sector > 0) yield { ...command, sector: 0 };
      if (command.nrSectors > UNIT) yield { ...command, nrSectors: UNIT };
      return;
    case 'path-state':
    case 'path-message':
    case 'delete':
    case 'rescan':
      if (command.path > 0) yield { ...command, path: 0 };
      return;
    case 'group-message':
      if (command.group > 1) yield { ...command, group: 1 };
      return;
    case 'load':
      for (const table of simplerTables(command.table)) yield { ...command, table };
      return;
    case 'swap':
      for (const table of simplerTables(command.table)) yield { ...command, table };
      if (!command.flags.lockFs) yield { ...command, flags: { ...command.flags, lockFs: true } };
      return;
    case 'suspend':
      if (command.background) yield { ...command, background: false };
      if (!command.flags.lockFs) yield { ...command, flags: { ...command.flags, lockFs: true } };
      return;
    case 'sleep':
      // Towards each other: a race is two things at about one time.
      for (const ms of [1, 4, 5, 20]) if (ms < command.ms) yield { ...command, ms };
      return;
    case 'queueing':
    case 'clear':
    case 'resume':
    case 'interrupt':
      return;
  }
}
