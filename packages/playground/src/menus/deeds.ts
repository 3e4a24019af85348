// deeds.ts — The deeds that menus offer for a disk or a mapped device, as commands that one could type.
import type { DiskSurvey, MapSurvey, Survey } from '@dmsim/observe';

export interface Deed {
  readonly label: string;
  /** The commands, for a shell of its own. */
  readonly command: string;
}

const ALL_HOSTS = '/sys/class/scsi_host/host*';
export const RESCAN: string = `for h in ${ALL_HOSTS}; do echo "- - -" > $h/scan; done`;

const mapsOver = ({ maps }: Survey, dev: number): MapSurvey[] =>
  maps.filter(
    ({ live }) =>
      live?.multipath?.groups.some(({ paths }) => paths.some((path) => path.dev === dev)) === true,
  );

export function deviceDeeds(survey: Survey, dev: number): Deed[] {
  const disk = survey.disks.find((one) => one.dev === dev);
  const number = `${Math.floor(dev / 1048576)}:${dev % 1048576}`;
  const deeds = disk?.scsi === null || disk === undefined ? [] : scsiDeeds(disk, disk.scsi);
  for (const { name } of mapsOver(survey, dev)) {
    deeds.push(
      {
        label: `tell ${name}: the path has failed`,
        command: `dmsetup message ${name} 0 fail_path ${number}`,
      },
      {
        label: `tell ${name}: the path works again`,
        command: `dmsetup message ${name} 0 reinstate_path ${number}`,
      },
    );
  }
  deeds.push({ label: 'scan all hosts: plug in what was unplugged', command: RESCAN });
  return deeds;
}

function scsiDeeds(
  { name }: DiskSurvey,
  { state, address }: NonNullable<DiskSurvey['scsi']>,
): Deed[] {
  const device = `/sys/block/${name}/device`;
  const [host, channel, target, lun] = address.split(':');
  const errors = `/sys/kernel/debug/scsi_debug/${host}:${channel}:${target}:${lun}/error`;
  return [
    state === 'running'
      ? { label: 'take it offline', command: `echo offline > ${device}/state` }
      : { label: 'make it run again', command: `echo running > ${device}/state` },
    { label: 'unplug it', command: `echo 1 > ${device}/delete` },
    { label: 'slow it down: 20 ms a command', command: `simctl latency ${name} fixed 20ms` },
    {
      label: 'fail its next command: the transport is lost',
      command: `mount -t debugfs none /sys/kernel/debug 2>/dev/null; echo '2 -1 0xff 0x1 0 0 0 0 0' > ${errors}`,
    },
  ];
}

export function mapDeeds(survey: Survey, dev: number): Deed[] {
  const map = survey.maps.find((one) => one.dev === dev);
  if (map === undefined) return [];
  const { name } = map;
  const deeds: Deed[] = [
    { label: 'write a block to it', command: writeTo(name) },
    ...(map.suspended
      ? []
      : [
          { label: 'suspend it, noflush', command: `dmsetup suspend --noflush ${name}` },
          { label: 'suspend it, with a flush', command: `dmsetup suspend ${name}` },
        ]),
    {
      label: map.inactive === null ? 'resume it' : 'resume it: the loaded table becomes live',
      command: `dmsetup resume ${name}`,
    },
    { label: 'load the same table again', command: `dmsetup table ${name} | dmsetup load ${name}` },
  ];
  const table = tableOfRunning(survey, map);
  if (table !== null) {
    deeds.push(
      {
        label: 'load a table of the disks that run',
        command: `dmsetup load ${name} --table "${table}"`,
      },
      {
        label: 'swap to a table of the disks that run',
        command: `dmsetup suspend --noflush ${name}; dmsetup load ${name} --table "${table}"; dmsetup resume ${name}`,
      },
      {
        label: 'tell it to queue I/O that has no path',
        command: `dmsetup message ${name} 0 queue_if_no_path`,
      },
      {
        label: 'tell it to fail I/O that has no path',
        command: `dmsetup message ${name} 0 fail_if_no_path`,
      },
    );
  }
  return deeds;
}

/** Runs in the background, since it may have to wait. */
export const writeTo = (name: string): string =>
  `dd if=/dev/zero of=/dev/mapper/${name} bs=4096 count=1 oflag=direct status=none`;

/** Returns a table line with queue_if_no_path over every running SCSI disk; null if the map is not multipath or there is no disk. */
export function tableOfRunning({ disks }: Survey, { live, inactive }: MapSurvey): string | null {
  const table = live ?? inactive;
  const [line = ''] = table?.lines ?? [];
  if (table?.multipath === null || table === null) return null;
  const running = disks.filter(({ scsi }) => scsi?.state === 'running');
  if (running.length === 0) return null;
  const [start, length] = line.split(' ');
  const mode = /queue_mode (\w+)/.exec(line)?.[1];
  const features =
    mode === undefined ? '1 queue_if_no_path' : `3 queue_if_no_path queue_mode ${mode}`;
  const paths = running.map(({ number }) => `${number} 1`).join(' ');
  return `${start} ${length} multipath ${features} 0 1 1 round-robin 0 ${running.length} 1 ${paths}`;
}

/** Returns the paths of a multipath map that are SCSI disks. */
function disksOf({ disks }: Survey, { live }: MapSurvey): DiskSurvey[] {
  const devices = new Set(live?.devices);
  return disks.filter(({ dev, scsi }) => scsi !== null && devices.has(dev));
}

export const allPathsDown = (survey: Survey, map: MapSurvey): string =>
  disksOf(survey, map)
    .map(({ name }) => `echo offline > /sys/block/${name}/device/state`)
    .join('; ');

export const allPathsBack = (survey: Survey, map: MapSurvey): string =>
  disksOf(survey, map)
    .map(
      ({ name, number }) =>
        `echo running > /sys/block/${name}/device/state; dmsetup message ${map.name} 0 reinstate_path ${number}`,
    )
    .join('; ');

/** A disk that is unplugged while it is in use keeps its name, so it comes back under another one. */
export function replug(survey: Survey, map: MapSurvey): string {
  const [disk] = disksOf(survey, map);
  return disk === undefined ? '' : `echo 1 > /sys/block/${disk.name}/device/delete; ${RESCAN}`;
}
