// dmstats-fields.ts — The fields of `dmstats list` and `dmstats report`. Mirrors libdm/dm-tools/dmsetup.c: _report_fields.
import { deviceInfo } from '@dmsim/dm';

import type { StatsObject } from './dmstats-objects.ts';
import { areaCount, formatIds } from './dmstats-objects.ts';
import { FIELDS } from './report/fields.ts';
import type { ReportRow } from './report/fields.ts';
import type { Field } from './report/report.ts';

/** The fields of `dmsetup info` that need to know nothing but the device. */
const OF_DEVICE: ReadonlySet<string> = new Set(
  (
    'name mangled_name unmangled_name uuid mangled_uuid unmangled_uuid attr tables_loaded suspended readonly ' +
    'devno major minor open segments events'
  ).split(' '),
);

const deviceFields = (): Field<StatsObject>[] =>
  FIELDS.filter(({ id }) => OF_DEVICE.has(id)).map(ofDevice);

const ofDevice = ({
  type,
  id,
  heading,
  width,
  numeric,
  show,
}: Field<ReportRow>): Field<StatsObject> => ({
  type,
  id,
  heading,
  width,
  numeric: numeric === true,
  show: ({ cell }) => show({ info: deviceInfo(cell, { inactive: false }) } as ReportRow),
});

type Show = (object: StatsObject) => string;

const text = (id: string, heading: string, width: number, show: Show): Field<StatsObject> => ({
  type: 'region',
  id,
  heading,
  width,
  show,
});

const number = (id: string, heading: string, width: number, show: Show): Field<StatsObject> => ({
  ...text(id, heading, width, show),
  numeric: true,
});

/** Stands for a group or a text that is not there. */
const NONE = '-';
/** No sectors, in the line of a region. */
const NOTHING = '0b';

const idOf: Show = ({ kind, region: { id, leads } }) =>
  kind === 'group' && leads !== null ? formatIds(leads.members) : id;

/** The alias of a group stands for the name of its device. */
const nameOf: Show = ({ cell, group }) => {
  const alias = group?.leads?.alias ?? '';
  return alias === '' ? cell.name : alias;
};

/** A size in sectors as --units has it. */
export type SizeText = (sectors: bigint) => string;

const regionFields = (size: SizeText): Field<StatsObject>[] => [
  number('region_id', 'RgID', 4, idOf),
  number('region_start', 'RgStart', 7, ({ kind, start, region }) =>
    size(kind === 'group' ? start : region.start),
  ),
  number('region_len', 'RgSize', 6, ({ kind, length, region }) =>
    size(kind === 'group' ? length : region.length),
  ),
  number('area_id', 'ArID', 4, ({ area }) => String(area)),
  number('area_start', 'ArStart', 7, ({ kind, start }) =>
    kind === 'region' && start === 0n ? NOTHING : size(start),
  ),
  number('area_len', 'ArSize', 6, ({ kind, length, region }) =>
    size(kind === 'region' ? region.step : length),
  ),
  number('area_offset', 'ArOff', 5, ({ kind, area, region: { step } }) =>
    kind === 'region' ? NOTHING : size(BigInt(area) * step),
  ),
  number('area_count', '#Areas', 6, ({ kind, region: { length, step } }) =>
    kind === 'group' ? '1' : String(areaCount(length, step)),
  ),
  number('group_id', 'GrpID', 5, ({ group }) => group?.id ?? NONE),
  text('program_id', 'ProgID', 6, ({ region }) => region.program),
  text('user_data', 'UserData', 8, ({ kind, region: { userData } }) =>
    userData === NONE || kind === 'group' ? '' : userData,
  ),
  text('precise', 'Precise', 7, ({ region }) => String(Number(region.precise))),
  text('hist_bins', '#Bins', 9, ({ region: { bounds } }) =>
    String(bounds === '' ? 0 : bounds.split(',').length + 1),
  ),
  text('stats_name', 'Name', 16, nameOf),
  text('obj_type', 'ObjType', 7, ({ kind }) => kind),
];

/** The fields of the counters, in the order of @stats_print: id, heading, width. */
const COUNTERS = [
  ['read_count', '#Reads', 6],
  ['reads_merged_count', '#RdMrgs', 7],
  ['read_sector_count', '#RdSectors', 10],
  ['read_time', 'AccRdTime', 11],
  ['write_count', '#Writes', 7],
  ['writes_merged_count', '#WrMrgs', 7],
  ['write_sector_count', '#WrSectors', 10],
  ['write_time', 'AccWrTime', 11],
  ['in_progress_count', '#InProg', 7],
  ['io_ticks', 'IoTicks', 7],
  ['queue_ticks', 'QueueTicks', 10],
  ['read_ticks', 'RdTicks', 7],
  ['write_ticks', 'WrTicks', 7],
] as const;

/** Counters are known in a report only. */
const counterFields = (): Field<StatsObject>[] =>
  COUNTERS.map(([id, heading, width], i) => ({
    type: 'stats',
    id,
    heading,
    width,
    numeric: true,
    show: ({ counters }) => String(counters[i] ?? 0n),
  }));

/** All fields of a list and a report that are simulated. */
export const statsFields = (size: SizeText): readonly Field<StatsObject>[] => [
  ...deviceFields(),
  ...counterFields(),
  ...regionFields(size),
];

/** The size with --units s: a number of sectors. */
export const plainSize: SizeText = String;

const UNITS = 'kmgtpe';

/** The size with --units h: binary units and two decimals, `1.00m`; no sectors are `0`. */
export function humanSize(sectors: bigint): string {
  if (sectors === 0n) return '0';
  let value = Number(sectors) / 2;
  let unit = 0;
  for (; value >= 1024 && unit < UNITS.length - 1; unit++) value /= 1024;
  return `${value.toFixed(2)}${UNITS[unit]}`;
}
