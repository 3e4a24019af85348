// medium.ts — Finds where the sectors of a device are, so that reads through one name can be checked against writes through another.
import type { BlockDevice, Placement, Store } from '@dmsim/block';
import { scsiDeviceOf } from '@dmsim/block';
import type { DmTable } from '@dmsim/dm';
import { findTarget } from '@dmsim/dm';

import type { Watched } from '../watched.ts';

const LOOP_MAJOR = 7;

type PlacementOf = (dev: BlockDevice) => Placement;

const same = (sector: number): number => sector;
/** More than an I/O has, and a small integer: with Infinity, indices would be floating-point numbers. */
const all = (): number => 2 ** 30;

const NOWHERE: Placement = { key: () => 0, mediumOf: () => 0, sectorOf: same, following: all };

/**
 * A plain disk is a medium of its own, and the paths to one logical unit are one. A multipath map is where its paths are, if
 * these are in one place. Linear, striped and delay say where each sector is; of any other target nothing is known.
 */
export function placementFinder({ dm }: Watched): PlacementOf {
  const numbers = new Map<unknown, number>();
  const numberOf = (thing: unknown): number => {
    let number = numbers.get(thing);
    if (number === undefined) numbers.set(thing, (number = numbers.size + 1));
    return number;
  };
  const whole = new Map<number, Placement>();
  const wholeMedium = (medium: BlockDevice | Store): Placement => {
    const number = numberOf(medium);
    let placement = whole.get(number);
    if (placement === undefined) whole.set(number, (placement = wholeOf(number)));
    return placement;
  };
  const placeOfDisk = (disk: BlockDevice): Placement => {
    const unit = scsiDeviceOf(disk)?.behind;
    if (unit === undefined) return wholeMedium(disk);
    // Each sector of a medium that is smaller than its disk has several numbers there.
    return unit.capacity > unit.mediumSectors ? NOWHERE : wholeMedium(unit.store);
  };
  const placementOf = (dev: BlockDevice): Placement => {
    if (dev.partition !== null)
      return shifted(placementOf(dev.partition.disk), dev.partition.start);
    // Anyone may change the file behind it.
    if (dev.major === LOOP_MAJOR) return NOWHERE;
    if (dev.major !== dm.major) return placeOfDisk(dev);
    const map = dm.devices.get(dev.minor)?.map ?? null;
    if (map === null) return NOWHERE;
    return placeOfPaths(map, placementOf) ?? piecewise(map, { placementOf, numberOf });
  };
  return placementOf;
}

/** Each device is a medium of its own, whatever it stands on; only multipath tables keep data where it is. */
export function ownMedium({ dm }: Watched): PlacementOf {
  const placements = new Map<number, Placement>();
  const place = ({ dev, major, minor }: BlockDevice): Placement => ({
    key: () => {
      const map = dm.devices.get(minor)?.map ?? null;
      return major === dm.major && (map === null || !isMultipath(map)) ? 0 : dev;
    },
    mediumOf: () => (major === LOOP_MAJOR ? 0 : dev),
    sectorOf: same,
    following: all,
  });
  return (disk) => {
    let placement = placements.get(disk.dev);
    if (placement === undefined) placements.set(disk.dev, (placement = place(disk)));
    return placement;
  };
}

const shifted = ({ key, mediumOf, sectorOf, following }: Placement, by: number): Placement => ({
  key,
  mediumOf: (sector) => mediumOf(sector + by),
  sectorOf: (sector) => sectorOf(sector + by),
  following: (sector) => following(sector + by),
});

const wholeOf = (number: number): Placement => ({
  key: () => number,
  mediumOf: () => number,
  sectorOf: same,
  following: all,
});

function isMultipath({ targets }: DmTable): boolean {
  return targets.length === 1 && targets[0]?.type.name === 'multipath';
}

/** Null: the table is not multipath. Paths that are unplugged carry nothing. */
function placeOfPaths(map: DmTable, placementOf: PlacementOf): Placement | null {
  if (!isMultipath(map)) return null;
  let common: Placement | null = null;
  for (const { bdev } of map.devices) {
    if (bdev.dying) continue;
    const placement = placementOf(bdev);
    const key = placement.key();
    if (key === 0 || (common !== null && common.key() !== key)) return NOWHERE;
    common = placement;
  }
  return common ?? NOWHERE;
}

interface Finding {
  readonly placementOf: PlacementOf;
  readonly numberOf: (thing: unknown) => number;
}

/** Looks at each sector when it is asked for, as devices below have tables of their own. */
function piecewise(map: DmTable, { placementOf, numberOf }: Finding): Placement {
  const locate = (sector: number): { readonly below: Placement; readonly sector: number } => {
    const ti = findTarget(map, sector);
    const at = ti.type.locate?.(ti, sector) ?? null;
    if (at === null) return { below: NOWHERE, sector };
    return { below: placementOf(at.dev.bdev), sector: at.sector };
  };
  return {
    key: () => {
      const text = textOf(map, placementOf);
      return text === null ? 0 : numberOf(text);
    },
    mediumOf: (sector) => {
      const at = locate(sector);
      return at.below.mediumOf(at.sector);
    },
    sectorOf: (sector) => {
      const at = locate(sector);
      return at.below.sectorOf(at.sector);
    },
    following: () => 1,
  };
}

/** The same for tables that put every sector to the same place; null if some of it is unknown. */
function textOf({ targets }: DmTable, placementOf: PlacementOf): string | null {
  const lines: string[] = [];
  for (const ti of targets) {
    const { begin, len, maxIoLen, type } = ti;
    if (type.locate === undefined) return null;
    const pieces: string[] = [];
    type.iterateDevices?.(ti, ({ bdev }, start) =>
      pieces.push(`${placementOf(bdev).key()}@${start}`),
    );
    if (pieces.some((piece) => piece.startsWith('0@'))) return null;
    // For striped, `maxIoLen` is a chunk.
    lines.push(`${begin}+${len} ${type.name} ${maxIoLen} ${pieces.join(' ')}`);
  }
  return lines.join('\n');
}
