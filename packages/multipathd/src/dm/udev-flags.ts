// udev-flags.ts — Flags that a change of a map passes to udev's rules, in the upper half of its cookie. Mirrors libdevmapper.h: DM_UDEV_…, libmultipath/devmapper.c: build_udev_flags.
import type { Multipath } from '../multipath.ts';
import { countPaths } from '../multipath.ts';
import { isUsable } from '../path.ts';

export const DM_UDEV = {
  DISABLE_SUBSYSTEM_RULES: 0x02,
  DISABLE_OTHER_RULES: 0x08,
  DISABLE_LIBRARY_FALLBACK: 0x20,
  PRIMARY_SOURCE: 0x40,
  /** Subsystem flags of multipath: nothing changed for who stands on it; no kpartx; no path to use. */
  RELOAD: 0x100,
  NO_KPARTX: 0x200,
  NO_PATHS: 0x400,
} as const;

/** Always there: udev, not the library, makes nodes and links. */
export const BASE_FLAGS: number = DM_UDEV.DISABLE_LIBRARY_FALLBACK | DM_UDEV.PRIMARY_SOURCE;

export function udevFlags(map: Multipath, { reload }: { readonly reload: boolean }): number {
  const hopeful = countPaths(map, ({ state }) => isUsable(state) || state === 'pending');
  return (
    (map.skipKpartx ? DM_UDEV.NO_KPARTX : 0) |
    (hopeful === 0 || map.ghostDelayTick > 0 ? DM_UDEV.NO_PATHS : 0) |
    (reload && !map.forceUdevReload ? DM_UDEV.RELOAD : 0)
  );
}
