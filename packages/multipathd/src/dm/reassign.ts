// reassign.ts — Devices that stand on the paths of a map are moved onto the map. Mirrors libmultipath/devmapper.c: dm_reassign, dm_reassign_table; sysfs.c: sysfs_check_holders.
import { allCells, tableDeps, tableLoad, tableStatus } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';

import type { Session } from '../session.ts';
import { dmInfo } from './dm-maps.ts';
import { mangledName } from './mangled-name.ts';
import { resumeMap } from './simple-command.ts';
import { DM_UDEV } from './udev-flags.ts';

export function* reassign(session: Session, alias: string): Task<void> {
  const { dm } = session.host;
  const info = dmInfo(dm, alias);
  const paths = tableDeps(dm, { name: alias });
  if (info === null || typeof paths === 'string') return;
  const to = `${dm.major}:${info.minor}`;
  for (const { major, minor } of paths) {
    const from = `${major}:${minor}`;
    const dev = nameOf(session, from) ?? from;
    session.log.put(3, `${dev}: checking holder`);
    for (const { name, md } of allCells(dm)) {
      const deps = tableDeps(dm, { name });
      const stands =
        typeof deps !== 'string' && deps.some((d) => d.major === major && d.minor === minor);
      if (!stands) continue;
      if (md.minor === info.minor) session.log.put(3, `${dev}: holder already correct`);
      else {
        session.log.put(0, `${dev}: reassign table ${name} old ${from} new ${to}`);
        yield* reassignTable(session, name, { from, to });
      }
    }
  }
}

const nameOf = (session: Session, number: string): string | undefined =>
  session.host.udev.blockDevices().find((kernel) => numberOf(session, kernel) === number);

/** The first mention of the path in each line is replaced, whatever it is a part of. */
function* reassignTable(
  session: Session,
  name: string,
  { from, to }: { readonly from: string; readonly to: string },
): Task<void> {
  const { log, host } = session;
  const { dm } = host;
  const lines = tableStatus(dm, { name: mangledName(name) }, { kind: 'table' });
  if (typeof lines === 'string') return;
  const moves = ({ type, params }: { readonly type: string; readonly params: string }): boolean =>
    type !== 'multipath' && params.includes(from);
  if (!lines.some(moves)) return;
  const specs = lines.map((line) => {
    const { type } = line;
    const params = moves(line) ? line.params.replace(from, () => to) : line.params;
    if (moves(line)) {
      log.put(3, `${name}: replace target ${type} ${line.params}`);
      log.put(3, `${name}: with target ${type} ${params}`);
    }
    return { start: BigInt(line.start), length: BigInt(line.length), type, params };
  });
  if (tableLoad(dm, { name: mangledName(name) }, { specs }) !== undefined) return;
  yield* resumeMap(session, name, { flush: false, flags: DM_UDEV.RELOAD });
}

function numberOf({ host }: Session, kernel: string): string {
  const properties = host.udev.properties(kernel);
  return `${properties?.get('MAJOR')}:${properties?.get('MINOR')}`;
}
