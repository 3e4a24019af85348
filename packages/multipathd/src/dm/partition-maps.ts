// partition-maps.ts — The partitions that kpartx made of a map. Mirrors libmultipath/devmapper.c: do_foreach_partmaps.
import { allCells, findCell, tableDeps } from '@dmsim/dm';
import type { DeviceMapper } from '@dmsim/dm';

import { dmInfo, wwidOf } from './dm-maps.ts';
import { mangledName } from './mangled-name.ts';

/** Their names: linear maps over it, with `partN-` before its uuid. */
export function partitionMaps(dm: DeviceMapper, name: string): string[] {
  const wwid = wwidOf(dm, name);
  const cell = findCell(dm, { name: mangledName(name) });
  if (wwid === null || cell === undefined) return [];
  return allCells(dm).flatMap((other) => {
    const uuid = other.uuid ?? '';
    if (!/^part\d+-mpath-/.test(uuid) || !uuid.endsWith(`-mpath-${wwid}`)) return [];
    const deps = tableDeps(dm, { name: other.name });
    const stands = typeof deps !== 'string' && deps.some(({ minor }) => minor === cell.md.minor);
    return stands ? [other.name] : [];
  });
}

/** The first of them that someone has open. */
export const openPartition = (dm: DeviceMapper, name: string): string | undefined =>
  partitionMaps(dm, name).find((part) => (dmInfo(dm, part)?.openCount ?? 0) > 0);
