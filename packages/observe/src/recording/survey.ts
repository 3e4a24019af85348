// survey.ts — A machine seen from outside at one instant: disks, mapped devices with their tables, processes.
import type { BlockDevice } from '@dmsim/block';
import { formatDev, scsiDeviceOf } from '@dmsim/block';
import type { DmTable, MappedDevice } from '@dmsim/dm';
import { DM_TYPE } from '@dmsim/dm';
import type { Multipath } from '@dmsim/multipath';
import type { Nanos, Process } from '@dmsim/sim';

import type { Watched } from '../watched.ts';

/** A disk that is not a mapped device. */
export interface DiskSurvey {
  /** `devNumber` */
  readonly dev: number;
  /** `sda` */
  readonly name: string;
  /** `8:0` */
  readonly number: string;
  readonly sectors: number;
  readonly scsi: ScsiSurvey | null;
  /** Dirty pages in the page cache. */
  readonly dirtyPages: number;
}

export interface ScsiSurvey {
  /** `0:0:0:0` */
  readonly address: string;
  readonly host: number;
  /** As /sys/block/X/device/state shows it. */
  readonly state: string;
  /** The logical unit's name: all paths to one medium share it. */
  readonly wwid: string;
  /** The access state that the hardware handler assumes; null without a handler. */
  readonly access: string | null;
}

export interface MapSurvey {
  readonly dev: number;
  /** `mpatha` */
  readonly name: string;
  /** `dm-0` */
  readonly disk: string;
  /** `254:0` */
  readonly number: string;
  readonly suspended: boolean;
  readonly requestBased: boolean;
  readonly live: TableSurvey | null;
  readonly inactive: TableSurvey | null;
  readonly dirtyPages: number;
}

export interface TableSurvey {
  /** The number that trace points give it. */
  readonly id: number;
  /** As `dmsetup table` prints them. */
  readonly lines: readonly string[];
  readonly targets: readonly string[];
  /** The devices it stands on, by `devNumber`. */
  readonly devices: readonly number[];
  readonly multipath: MultipathSurvey | null;
}

export interface MultipathSurvey {
  readonly queueIfNoPath: boolean;
  /** Bios wait for the hardware handler to make a path usable. */
  readonly pgInit: boolean;
  readonly groups: readonly GroupSurvey[];
}

export interface GroupSurvey {
  readonly nr: number;
  readonly current: boolean;
  readonly bypassed: boolean;
  readonly selector: string;
  readonly paths: readonly PathSurvey[];
}

export interface PathSurvey {
  readonly dev: number;
  readonly number: string;
  readonly active: boolean;
  readonly failCount: number;
}

export interface ProcessSurvey {
  readonly pid: number;
  readonly ppid: number;
  readonly name: string;
  /** Null while it can run. */
  readonly waitsFor: string | null;
  /** Signals do not end the wait (state D). */
  readonly uninterruptible: boolean;
  readonly since: Nanos;
}

export interface Survey {
  readonly disks: readonly DiskSurvey[];
  readonly maps: readonly MapSurvey[];
  readonly processes: readonly ProcessSurvey[];
}

/** `dirtyPages` counts a device's dirty pages; the trace knows nothing of the page cache. */
export function surveyMachine(
  { sim, layer, dm }: Watched,
  dirtyPages: (dev: BlockDevice) => number,
): Survey {
  const disks: DiskSurvey[] = [];
  for (const dev of layer.devices.values()) {
    if (dev.major !== dm.major && dev.partition === null)
      disks.push(surveyDisk(dev, dirtyPages(dev)));
  }
  const maps = [...dm.devices.values()].map((md) =>
    surveyMap(md, md.disk === null ? 0 : dirtyPages(md.disk)),
  );
  const processes: ProcessSurvey[] = [];
  for (const process of sim.processes.values()) {
    if (process.state !== 'zombie') processes.push(surveyProcess(process));
  }
  return { disks, maps, processes };
}

function surveyDisk(dev: BlockDevice, dirtyPages: number): DiskSurvey {
  const scsi = scsiDeviceOf(dev);
  return {
    dev: dev.dev,
    name: dev.name,
    number: formatDev(dev),
    sectors: dev.capacity,
    dirtyPages,
    scsi:
      scsi === null
        ? null
        : {
            address: Object.values(scsi.address).join(':'),
            host: scsi.address.host,
            state: scsi.state,
            wwid: scsi.unit.wwid,
            access: scsi.handler === null ? null : scsi.accessState,
          },
  };
}

function surveyMap(md: MappedDevice, dirtyPages: number): MapSurvey {
  const inactive = md.cell?.newMap ?? null;
  return {
    dev: md.dev,
    name: md.cell?.name ?? md.name,
    disk: `dm-${md.minor}`,
    number: md.name,
    suspended: md.suspended,
    requestBased: md.type === DM_TYPE.REQUEST_BASED,
    live: md.map === null ? null : surveyTable(md.map),
    inactive: inactive === null ? null : surveyTable(inactive),
    dirtyPages,
  };
}

function surveyTable({ id, targets, devices }: DmTable): TableSurvey {
  const [first] = targets;
  return {
    id,
    lines: targets.map((ti) =>
      [ti.begin, ti.len, ti.type.name, ti.type.status?.(ti, 'table') ?? ''].join(' '),
    ),
    targets: targets.map(({ type }) => type.name),
    devices: devices.map(({ bdev }) => bdev.dev).toReversed(),
    multipath: first?.type.name === 'multipath' ? surveyMultipath(first.state as Multipath) : null,
  };
}

function surveyMultipath(m: Multipath): MultipathSurvey {
  return {
    queueIfNoPath: m.queueIfNoPath,
    pgInit: m.pgInitInProgress > 0,
    groups: m.priorityGroups.map((pg) => ({
      nr: pg.pgNum,
      current: pg === m.currentPg,
      bypassed: pg.bypassed,
      selector: pg.selector.name,
      paths: pg.pgpaths.map(({ dev, active, failCount }) => ({
        dev: dev.bdev.dev,
        number: dev.name,
        active,
        failCount,
      })),
    })),
  };
}

function surveyProcess({ pid, ppid, name, state, wait, since }: Process): ProcessSurvey {
  const waits = state === 'waiting';
  return {
    pid,
    ppid,
    name,
    waitsFor: waits ? (wait?.on ?? 'nothing') : null,
    uninterruptible: waits && wait?.interruptible === false,
    since,
  };
}
