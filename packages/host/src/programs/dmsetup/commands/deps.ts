// deps.ts — `dmsetup deps`: lists the devices that a device stands on, newest use first.
import { tableDeps } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';

import { cellOf, ioctlFailed, keyOf, meansAll, refOfCall } from '../device-ref.ts';
import { blockName, mapName } from '../devices.ts';
import { unmangle } from '../names.ts';
import type { Call, Run } from '../run.ts';
import { passes } from '../run.ts';
import { displayInfo, forEachDevice } from './info.ts';

/** -o: how devices are named. */
export type DeviceNaming = 'devno' | 'blkdevname' | 'devname';

const NAMINGS: readonly DeviceNaming[] = ['devno', 'blkdevname', 'devname'];

/** The last word counts; words may be abbreviated. */
export function parseNaming(list: string): DeviceNaming | { readonly error: string } {
  let naming: DeviceNaming = 'devno';
  for (let rest = list; rest !== '';) {
    const end = rest.indexOf(',');
    const typed = end < 0 ? rest : rest.slice(0, end);
    const found = NAMINGS.find((word) => word.startsWith(typed));
    if (found === undefined) return { error: `Option not recognised: ${rest}.` };
    naming = found;
    rest = end < 0 ? '' : rest.slice(end + 1);
  }
  return naming;
}

/** Undefined if numbers are wanted or there is no name. */
export function nameOf(
  run: Run,
  { major, minor }: { readonly major: number; readonly minor: number },
): string | undefined {
  const naming = parseNaming(run.switches.value('o') ?? '');
  if (naming === 'blkdevname') return blockName(run, major, minor);
  return naming === 'devname' ? mapName(run, major, minor) : undefined;
}

export function* deps(run: Run, call: Call): Task<boolean> {
  if (meansAll(run, call)) return yield* forEachDevice(run, call, deps);
  const ref = yield* refOfCall(run, call);
  if (ref === null) return false;
  const { switches, tool } = run;
  const used = tableDeps(run.dm, keyOf(ref), { inactive: switches.has('inactive') });
  if (typeof used === 'string') return yield* ioctlFailed(run, 'deps', ref, used);
  const verbose = switches.has('v');
  const cell = cellOf(run, ref);
  if (!(yield* passes(run, cell))) return true;
  if (verbose) yield* displayInfo(run, cell);
  if (call.multiple && !verbose) tool.out.put(`${unmangle(cell?.name ?? '')}: `);
  const names = used.map((dev) => ` (${nameOf(run, dev) ?? `${dev.major}, ${dev.minor}`})`);
  tool.out.put(`${used.length} dependencies\t:${names.join('')}\n`);
  if (call.multiple && verbose) tool.out.put('\n');
  return true;
}
