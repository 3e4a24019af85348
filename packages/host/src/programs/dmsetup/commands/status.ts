// status.ts — `dmsetup status`, `table` and `ls --target`: prints the lines of a device's targets.
import type { HashCell, StatusOptions, TargetStatus } from '@dmsim/dm';
import { deviceInfo, tableStatus } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';

import { exactSectors } from '../../../exact-sectors.ts';
import { cellOf, ioctlFailed, meansAll, refOfCall } from '../device-ref.ts';
import { execCommand } from '../exec-command.ts';
import { unmangle } from '../names.ts';
import type { Call, CommandFn, Run } from '../run.ts';
import { logError, passes } from '../run.ts';
import { displayInfo, forEachDevice } from './info.ts';

type Kind = 'status' | 'table' | 'measure' | 'ls';

const command = (kind: Kind): CommandFn =>
  function* lines(run: Run, call: Call): Task<boolean> {
    if (meansAll(run, call)) return yield* forEachDevice(run, call, lines);
    const ref = yield* refOfCall(run, call);
    if (ref === null) return false;
    const cell = cellOf(run, ref);
    if (cell === undefined) {
      if (kind === 'table') return yield* ioctlFailed(run, 'table', ref, 'ENXIO');
      return yield* logError(run, 'Device does not exist.');
    }
    return yield* printTargets(run, call, cell, kind);
  };

export const measure: CommandFn = command('measure');
export const status: CommandFn = command('status');
export const table: CommandFn = command('table');
export const lsTarget: CommandFn = command('ls');

const INFORMATION = { status: 'info', ls: 'info', table: 'table', measure: 'measure' } as const;

function* printTargets(run: Run, call: Call, cell: HashCell, kind: Kind): Task<boolean> {
  const { switches, tool } = run;
  if (!(yield* passes(run, cell))) return true;
  const targets = matchingTargets(run, cell, INFORMATION[kind]);
  if (targets === null) return true;
  if (switches.has('exec')) return yield* execCommand(run, cell);
  if (kind === 'ls') {
    tool.out.put(`${unmangle(cell.name)}\t(${cell.md.dm.major}, ${cell.md.minor})\n`);
  } else if (kind === 'table' && switches.has('concise')) {
    printConcise(run, cell, targets);
  } else if (switches.has('v')) {
    yield* displayInfo(run, cell);
    printLines(run, '', targets);
    if (call.multiple) tool.out.put('\n');
  } else {
    printLines(run, call.multiple ? `${unmangle(cell.name)}: ` : '', targets);
  }
  return true;
}

/** Null if no target is of the given type. Without a type, a device without a table has no targets. */
function matchingTargets(
  { dm, switches }: Run,
  { name }: HashCell,
  kind: StatusOptions['kind'],
): readonly TargetStatus[] | null {
  const all = tableStatus(dm, { name }, { kind, inactive: switches.has('inactive') });
  const targets = typeof all === 'string' ? [] : all;
  const last = targets.at(-1);
  if (last !== undefined) exactSectors(last.start + last.length);
  const type = switches.value('target');
  if (type === undefined) return targets;
  const matching = targets.filter((target) => target.type === type);
  return matching.length > 0 ? matching : null;
}

/** Prints an empty line if there is no target. */
function printLines({ tool }: Run, start: string, targets: readonly TargetStatus[]): void {
  const lines = targets.length === 0 ? [''] : targets.map(formatTarget);
  for (const line of lines) tool.out.put(`${start}${line}\n`);
}

const formatTarget = ({ start, length, type, params }: TargetStatus): string =>
  `${start} ${length} ${type} ${params}`;

/** `name,uuid,minor,ro|rw{,line}`, a semicolon between devices, one line for all of them. */
function printConcise(run: Run, cell: HashCell, targets: readonly TargetStatus[]): void {
  const { minor, readOnly } = deviceInfo(cell, { inactive: run.switches.has('inactive') });
  const fields = [
    quote(unmangle(cell.name)),
    quote(unmangle(cell.uuid ?? '')),
    String(minor),
    readOnly ? 'ro' : 'rw',
    ...targets.map(
      ({ start, length, type, params }) => `${start} ${length} ${type} ${quote(params)}`,
    ),
  ];
  run.tool.out.put(`${run.conciseOutput ? ';' : ''}${fields.join(',')}`);
  run.conciseOutput = true;
}

const quote = (text: string): string => text.replaceAll(/[,;\\]/g, '\\$&');
