// own-unit.ts — No write reaches a logical unit whose WWID is not the map's.
//
// An array may put another unit behind an address that a map still names. Each disk knows where it leads, the map of
// multipath carries the name that it was made for in its uuid.
import type { LogicalUnit } from '@dmsim/block';
import { BLOCK_TRACE, naaName, REQ_OP, scsiDeviceOf, t10Name } from '@dmsim/block';
import { DM_TRACE, MAP_VERDICTS } from '@dmsim/dm';

import { mapName } from '../map-name.ts';
import type { TraceEvent } from '../trace-event.ts';
import type { Watched } from '../watched.ts';
import type { Check, Invariant, WatchedRun } from './invariant.ts';
import { instantText, rangeText } from './violation.ts';

const UUID_PREFIX = 'mpath-';
const REMAPPED = MAP_VERDICTS.indexOf('remapped');

/** The names by which udev's properties may call a unit, and multipath a map over it. */
const namesOf = (unit: LogicalUnit): string[] => [
  `1${t10Name(unit)}`,
  t10Name(unit),
  `3${naaName(unit)}`,
  `0x${naaName(unit)}`,
  naaName(unit),
  unit.serial,
];

/** Whether a disk was found to be the unit of that name. A uuid that somebody made up names none. */
const isName = ({ layer }: Watched, wwid: string): boolean =>
  [...layer.devices.values()].some((disk) => {
    const sdev = scsiDeviceOf(disk);
    return sdev !== null && namesOf(sdev.unit).includes(wwid);
  });

function start({ machine, report }: WatchedRun): Check {
  /** By map: its WWID when it was first written to; null for one that multipath did not make. */
  const wwids = new Map<number, string | null>();
  /** Writes under way, and the map they went through. */
  const through = new Map<number, number>();

  const wwidOf = (dev: number): string | null => {
    let wwid = wwids.get(dev);
    if (wwid === undefined) {
      const uuid = machine.dm.devices.get(dev % (1 << 20))?.cell?.uuid ?? '';
      const name = uuid.startsWith(UUID_PREFIX) ? uuid.slice(UUID_PREFIX.length) : '';
      wwid = name !== '' && isName(machine, name) ? name : null;
      wwids.set(dev, wwid);
    }
    return wwid;
  };
  const landed = ({ id, at, dev, sector, nrSectors }: TraceEvent): void => {
    const map = through.get(id);
    const disk = machine.layer.devices.get(dev);
    const unit = disk === undefined ? undefined : scsiDeviceOf(disk)?.behind;
    if (map === undefined || disk === undefined || unit === undefined) return;
    const wwid = wwidOf(map) ?? '';
    if (namesOf(unit).includes(wwid)) return;
    const md = machine.layer.devices.get(map);
    const name = md === undefined ? '' : (mapName(machine, md) ?? md.name);
    const message = `bio ${id} is written to ${rangeText(sector, nrSectors)} of ${t10Name(unit)} through ${disk.name} ${instantText(at)}, but ${name} is the map of ${wwid}`;
    report({ message, at, bioId: id, dev: map });
  };
  return {
    see(event) {
      switch (event.point) {
        case DM_TRACE.dm_map.code:
          if (event.op !== REQ_OP.WRITE || event.extra !== REMAPPED) return;
          if (wwidOf(event.dev) !== null) through.set(event.id, event.dev);
          return;
        case DM_TRACE.dm_remove.code:
          wwids.delete(event.dev);
          return;
        case BLOCK_TRACE.block_landed.code:
          return landed(event);
        default:
          through.delete(event.id);
      }
    },
  };
}

export const ownUnit: Invariant = {
  name: "no write reaches a logical unit whose WWID is not the map's",
  meaning: "Somebody else's volume is overwritten.",
  points: [
    DM_TRACE.dm_map.code,
    DM_TRACE.dm_remove.code,
    BLOCK_TRACE.block_landed.code,
    BLOCK_TRACE.block_bio_complete.code,
  ],
  start,
};
