// lay-devices.ts — Places the disks below the maps, by the groups of their tables, and the logical units behind them.
import type { DiskSurvey, Instant, MapSurvey, TableSurvey } from '@dmsim/observe';

import type { Rect } from './layout.ts';

export interface DeviceBox extends Rect {
  readonly dev: number;
  readonly name: string;
  readonly number: string;
  /** The state in sysfs; null if the disk is no SCSI device. */
  readonly state: string | null;
  /** Whether dm-mpath holds the path active; null if no multipath table uses the disk. */
  readonly active: boolean | null;
  readonly failCount: number;
  /** The disk is gone, but a table still holds it. */
  readonly gone: boolean;
  /** sysfs and dm-mpath disagree about the disk. */
  readonly disagree: boolean;
  readonly address: string;
  readonly wwid: string | null;
  readonly dirtyPages: number;
}

export interface GroupBox extends Rect {
  readonly key: string;
  /** The `devNumber` of the map; 0 for disks that no table uses. */
  readonly map: number;
  readonly table: 'live' | 'inactive' | 'none';
  readonly title: string;
  readonly current: boolean;
}

export interface UnitBox extends Rect {
  readonly wwid: string;
  readonly title: string;
}

export interface Below {
  readonly groups: readonly GroupBox[];
  readonly devices: readonly DeviceBox[];
  readonly units: readonly UnitBox[];
  /** The right edge of all boxes. */
  readonly right: number;
}

export const DEVICE_WIDTH = 226;
const ROW = 34;
const HEADER = 22;
const PADDING = 6;
const SPACE = 12;
const UNIT_WIDTH = 92;
const UNIT_HEIGHT = 52;
const GAP = 36;

interface Member {
  readonly dev: number;
  readonly number: string;
  readonly active: boolean | null;
  readonly failCount: number;
}

interface Group {
  readonly key: string;
  readonly map: number;
  readonly table: GroupBox['table'];
  readonly title: string;
  readonly current: boolean;
  readonly members: readonly Member[];
}

export function layDevices(
  { survey }: Instant,
  at: { readonly x: number; readonly y: number },
): Below {
  const disks = new Map(survey.disks.map((disk) => [disk.dev, disk]));
  const placed = new Set(survey.maps.map(({ dev }) => dev));
  const groups: GroupBox[] = [];
  const devices: DeviceBox[] = [];
  let { y } = at;
  for (const group of groupsOf(survey.maps, [...disks.values()])) {
    // A device that two tables use is drawn once.
    const members = group.members.filter(({ dev }) => !placed.has(dev));
    if (members.length === 0) continue;
    const height = HEADER + members.length * ROW + PADDING;
    groups.push({ ...group, x: at.x, y, width: DEVICE_WIDTH + 2 * PADDING, height });
    for (const [i, member] of members.entries()) {
      placed.add(member.dev);
      const place = {
        x: at.x + PADDING,
        y: y + HEADER + i * ROW,
        width: DEVICE_WIDTH,
        height: ROW - 4,
      };
      devices.push(deviceBox(member, disks.get(member.dev), place));
    }
    y += height + SPACE;
  }
  const unitsX = at.x + DEVICE_WIDTH + 2 * PADDING + GAP;
  const units = layUnits(devices, unitsX);
  const right = units.length > 0 ? unitsX + UNIT_WIDTH : at.x + DEVICE_WIDTH + 2 * PADDING;
  return { groups, devices, units, right };
}

function groupsOf(maps: readonly MapSurvey[], disks: readonly DiskSurvey[]): Group[] {
  const groups: Group[] = [];
  for (const map of maps) groups.push(...tableGroups(map, map.live, 'live'));
  for (const map of maps) groups.push(...tableGroups(map, map.inactive, 'inactive'));
  // A loop device without a file is not drawn.
  const there = disks.filter(({ sectors }) => sectors > 0);
  const members = there.map(({ dev, number }) => ({ dev, number, active: null, failCount: 0 }));
  groups.push({
    key: 'none',
    map: 0,
    table: 'none',
    title: 'in no table',
    current: false,
    members,
  });
  return groups;
}

function* tableGroups(
  { dev, name }: MapSurvey,
  table: TableSurvey | null,
  which: 'live' | 'inactive',
): Generator<Group> {
  if (table === null) return;
  const prefix = which === 'inactive' ? `table ${table.id}, not live: ` : '';
  const { multipath } = table;
  if (multipath === null) {
    const [type = ''] = new Set(table.targets);
    const members = table.devices.map((below) => ({
      dev: below,
      number: `${Math.floor(below / 1048576)}:${below % 1048576}`,
      active: null,
      failCount: 0,
    }));
    yield {
      key: `${dev}-${which}`,
      map: dev,
      table: which,
      title: `${prefix}${type} of ${name}`,
      current: false,
      members,
    };
    return;
  }
  for (const { nr, current, bypassed, selector, paths } of multipath.groups) {
    const title = `${prefix}group ${nr}, ${selector}${bypassed ? ', bypassed' : ''}`;
    yield { key: `${dev}-${which}-${nr}`, map: dev, table: which, title, current, members: paths };
  }
}

const GOOD = new Set(['running', 'created']);

function deviceBox(
  { dev, number, active, failCount }: Member,
  disk: DiskSurvey | undefined,
  place: Rect,
): DeviceBox {
  const shown = disk === undefined ? { ...GONE, name: number } : diskFields(disk);
  const { state, gone } = shown;
  const works = !gone && (state === null || GOOD.has(state));
  const disagree = active !== null && active !== works;
  return { ...place, dev, number, active, failCount, disagree, ...shown };
}

type DiskFields = Pick<DeviceBox, 'name' | 'state' | 'gone' | 'address' | 'wwid' | 'dirtyPages'>;

const GONE = { state: 'gone', gone: true, address: '', wwid: null, dirtyPages: 0 };

function diskFields({ name, scsi, dirtyPages }: DiskSurvey): DiskFields {
  const { state, address, wwid } = scsi ?? { state: null, address: '', wwid: null };
  return { name, state, gone: false, address, wwid, dirtyPages };
}

function layUnits(devices: readonly DeviceBox[], x: number): UnitBox[] {
  const paths = new Map<string, DeviceBox[]>();
  for (const device of devices) {
    if (device.wwid === null) continue;
    paths.set(device.wwid, [...(paths.get(device.wwid) ?? []), device]);
  }
  let free = 0;
  return [...paths].map(([wwid, boxes], i) => {
    const middle = boxes.reduce((sum, box) => sum + box.y + box.height / 2, 0) / boxes.length;
    const y = Math.max(free, middle - UNIT_HEIGHT / 2);
    free = y + UNIT_HEIGHT + SPACE;
    const title = paths.size > 1 ? `disk ${i + 1}` : 'the disk';
    return { wwid, title, x, y, width: UNIT_WIDTH, height: UNIT_HEIGHT };
  });
}
