// dm-maps.ts — The kernel's multipath maps: which there are, what their tables and status lines say. Mirrors libmultipath/devmapper.c: dm_get_maps, dm_get_map, dm_get_status.
import type { DeviceInfo, DeviceMapper, TargetStatus } from '@dmsim/dm';
import { allCells, deviceInfo, findCell, tableStatus } from '@dmsim/dm';

import { mangledName, plainName } from './mangled-name.ts';

export const UUID_PREFIX = 'mpath-';
export const TARGET = 'multipath';

export function dmInfo(dm: DeviceMapper, name: string): DeviceInfo | null {
  const cell = findCell(dm, { name: mangledName(name) });
  return cell === undefined ? null : deviceInfo(cell);
}

export const isPresent = (dm: DeviceMapper, name: string): boolean =>
  findCell(dm, { name: mangledName(name) }) !== undefined;

/** Null when there is no such map, or it is not multipath's. */
export function wwidOf(dm: DeviceMapper, name: string): string | null {
  const uuid = findCell(dm, { name: mangledName(name) })?.uuid ?? null;
  return uuid?.startsWith(UUID_PREFIX) === true ? uuid.slice(UUID_PREFIX.length) : null;
}

/** One target, multipath, and multipath's uuid. */
export function isMultipathMap(dm: DeviceMapper, name: string): boolean {
  if (wwidOf(dm, name) === null) return false;
  const [first, ...rest] = findCell(dm, { name: mangledName(name) })?.md.map?.targets ?? [];
  return first?.type.name === TARGET && rest.length === 0;
}

/** Whether a multipath map stands on a disk. */
export const isPathOfMap = (
  dm: DeviceMapper,
  { major, minor }: { readonly major: number; readonly minor: number },
): boolean =>
  allCells(dm).some(({ name, md }) => {
    const devices = md.map?.devices ?? [];
    const stands = devices.some(({ bdev }) => bdev.minor === minor && bdev.major === major);
    return stands && isMultipathMap(dm, name);
  });

/** In the kernel's order: by name. */
export const multipathMaps = (
  dm: DeviceMapper,
): { readonly name: string; readonly wwid: string }[] =>
  allCells(dm).flatMap(({ name }) => {
    const wwid = wwidOf(dm, name);
    return wwid !== null && isMultipathMap(dm, name) ? [{ name: plainName(name), wwid }] : [];
  });

/** The size and the parameters of its table; null when it has none of multipath's. */
export function tableOf(
  dm: DeviceMapper,
  name: string,
): { readonly size: number; readonly params: string } | null {
  const target = oneTarget(dm, name, 'table');
  return target === null ? null : { size: target.length, params: target.params };
}

export const statusOf = (dm: DeviceMapper, name: string): string | null =>
  oneTarget(dm, name, 'info')?.params ?? null;

function oneTarget(dm: DeviceMapper, name: string, kind: 'table' | 'info'): TargetStatus | null {
  const targets = tableStatus(dm, { name: mangledName(name) }, { kind });
  if (typeof targets === 'string' || targets.length !== 1) return null;
  const [first] = targets;
  return first?.type === TARGET ? first : null;
}
