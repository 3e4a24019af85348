// reassign.ts — Devices that stand on the paths of a map are moved onto the map. Mirrors libmultipath/devmapper.c: dm_reassign, dm_reassign_table; sysfs.c: sysfs_check_holders.
import { allCells, tableDeps, tableLoad, tableStatus } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';

import type { Session } from '../session.ts';
import { dmInfo } from './dm-maps.ts';
import { resumeMap } from './simple-command.ts';
import { DM_UDEV } from './udev-flags.ts';

export function* reassign(session: Session, alias: string): Task<void> {
  const { dm } = session.host;
  const info = dmInfo(dm, alias);
  const paths = tableDeps(dm, { name: alias });
  if (info === null || typeof paths === 'string') return;
  const to = `${dm.major}:${info.minor}`;
  for (const { major, minor } of paths) {
    for (const { name } of allCells(dm)) {
      const deps = name === alias ? [] : tableDeps(dm, { name });
      const stands =
        typeof deps !== 'string' && deps.some((d) => d.major === major && d.minor === minor);
      if (stands) yield* reassignTable(session, name, { from: `${major}:${minor}`, to });
    }
  }
}

/** The first mention of the path in each line is replaced, whatever it is a part of. */
function* reassignTable(
  session: Session,
  name: string,
  { from, to }: { readonly from: string; readonly to: string },
): Task<void> {
  const { log, host } = session;
  const { dm } = host;
  const dev = [...host.udev.blockDevices()].find((kernel) => numberOf(session, kernel) === from);
  log.put(0, `${dev ?? from}: reassign table ${name} old ${from} new ${to}`);
  const lines = tableStatus(dm, { name }, { kind: 'table' });
  if (typeof lines === 'string') return;
  const moves = ({ type, params }: { readonly type: string; readonly params: string }): boolean =>
    type !== 'multipath' && params.includes(from);
  if (!lines.some(moves)) return;
  const specs = lines.map((line) => ({
    start: BigInt(line.start),
    length: BigInt(line.length),
    type: line.type,
    params: moves(line) ? line.params.replace(from, () => to) : line.params,
  }));
  if (tableLoad(dm, { name }, { specs }) !== undefined) return;
  yield* resumeMap(session, name, { flush: false, flags: DM_UDEV.RELOAD });
}

function numberOf({ host }: Session, kernel: string): string {
  const properties = host.udev.properties(kernel);
  return `${properties?.get('MAJOR')}:${properties?.get('MINOR')}`;
}
