// info.ts — `dmsetup info`, and the block that -v prints after other commands.
import type { DeviceInfo, HashCell } from '@dmsim/dm';
import { allCells, deviceInfo } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';

import { cellOf, meansAll, refOfCall } from '../device-ref.ts';
import { readAhead } from '../devices.ts';
import { unmangle } from '../names.ts';
import type { Call, CommandFn, Run } from '../run.ts';
import { logError, perform } from '../run.ts';

export function* info(run: Run, call: Call): Task<boolean> {
  if (meansAll(run, call)) return yield* forEachDevice(run, call, info);
  const ref = yield* refOfCall(run, call);
  if (ref === null) return false;
  return yield* displayInfo(run, cellOf(run, ref));
}

/** Shows devices in the order of names. A device that fails does not stop the others. */
export function* forEachDevice(
  run: Run,
  call: Call,
  fn: CommandFn,
  { silent = false }: { readonly silent?: boolean } = {},
): Task<boolean> {
  const cells = allCells(run.dm);
  if (cells.length === 0 && !silent) run.tool.out.put('No devices found\n');
  let ok = true;
  for (const { name } of cells) {
    if (!(yield* perform(fn, run, { ...call, listed: name, multiple: true }))) ok = false;
  }
  return ok;
}

/** `name`: the device's name when the ioctl began, if it may have been renamed since. */
export function* displayInfo(run: Run, cell: HashCell | undefined, name?: string): Task<boolean> {
  if (cell === undefined) return yield* logError(run, 'Device does not exist.');
  if (run.report !== null) return yield* run.report.addDevice(cell);
  const sectors = readAhead(run, cell);
  if (typeof sectors === 'object') yield* logError(run, sectors.error);
  const now = deviceInfo(cell, { inactive: run.switches.has('inactive') });
  const shown = { ...now, name: name ?? now.name };
  run.tool.out.put(formatInfo(shown, typeof sectors === 'number' ? sectors : null));
  return true;
}

function formatInfo(shown: DeviceInfo, sectors: number | null): string {
  const state = [
    shown.suspended ? 'SUSPENDED' : 'ACTIVE',
    ...(shown.readOnly ? ['(READ-ONLY)'] : []),
    ...(shown.deferredRemove ? ['(DEFERRED REMOVE)'] : []),
  ].join(' ');
  const tables = [
    ...(shown.liveTable ? ['LIVE'] : []),
    ...(shown.inactiveTable ? ['INACTIVE'] : []),
  ].join(' & ');
  const lines = [
    `Name:              ${unmangle(shown.name)}`,
    `State:             ${state}`,
    ...(sectors === null ? [] : [`Read Ahead:        ${sectors}`]),
    `Tables present:    ${tables === '' ? 'None' : tables}`,
    `Open count:        ${shown.openCount}`,
    `Event number:      ${shown.eventNr}`,
    `Major, minor:      ${shown.major}, ${shown.minor}`,
    `Number of targets: ${shown.targetCount}`,
    ...(shown.uuid === null ? [] : [`UUID: ${unmangle(shown.uuid)}`]),
    '',
  ];
  return lines.map((line) => `${line}\n`).join('');
}
