// layout.ts — Computes the picture of an instant: the places of all its parts, in the picture's own units.
import type { Instant, MapSurvey, TableSurvey } from '@dmsim/observe';

import { layDevices } from './lay-devices.ts';
import type { DeviceBox, GroupBox, UnitBox } from './lay-devices.ts';
import { layDots } from './lay-dots.ts';
import type { Dot } from './lay-dots.ts';
import type { MapBox } from './lay-map.ts';
import { layMap, MAP_WIDTH } from './lay-map.ts';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ProcessBox extends Rect {
  readonly pid: number;
  readonly name: string;
  /** The thing that the process waits for; null while it can run. */
  readonly waitsFor: string | null;
  readonly uninterruptible: boolean;
}

export interface Edge {
  readonly key: string;
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  /** `next`: the line belongs to a table that is loaded but not live. */
  readonly kind: 'live' | 'next' | 'wait';
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly processes: readonly ProcessBox[];
  /** The number of processes that are not drawn. */
  readonly moreProcesses: number;
  readonly maps: readonly MapBox[];
  readonly groups: readonly GroupBox[];
  readonly devices: readonly DeviceBox[];
  readonly units: readonly UnitBox[];
  readonly edges: readonly Edge[];
  readonly dots: readonly Dot[];
}

const MARGIN = 12;
const PROCESS_WIDTH = 128;
const PROCESS_HEIGHT = 26;
const MAX_PROCESSES = 9;
const GAP = 40;
const SPACE = 16;
const MIN_HEIGHT = 300;

/** Returns the devices below a map: those of its live table, then those of its inactive one. */
export function devicesBelow({ live, inactive }: MapSurvey): number[] {
  const of = (table: TableSurvey | null): readonly number[] => table?.devices ?? [];
  return [...new Set([...of(live), ...of(inactive)])];
}

export function layOut(instant: Instant): Picture {
  const { survey } = instant;
  const levels = levelsOf(survey.maps);
  const columns = Math.max(0, ...levels.values()) + (survey.maps.length > 0 ? 1 : 0);
  const maps: MapBox[] = [];
  const mapsX = MARGIN + PROCESS_WIDTH + GAP;
  for (let level = 0; level < columns; level++) {
    let y = MARGIN;
    for (const map of survey.maps.filter(({ dev }) => levels.get(dev) === level)) {
      const state = instant.maps.find(({ dev }) => dev === map.dev);
      const box = layMap(map, state, { x: mapsX + level * (MAP_WIDTH + GAP), y });
      maps.push(box);
      y += box.height + SPACE;
    }
  }
  const devicesX = mapsX + columns * (MAP_WIDTH + GAP);
  const below = layDevices(instant, { x: devicesX, y: MARGIN });
  const { shown, hidden } = layProcesses(instant);
  const all = [...maps, ...below.groups, ...below.units, ...shown];
  const height = Math.max(MIN_HEIGHT, ...all.map((box) => box.y + box.height + 2 * MARGIN));
  const width = below.right + MARGIN;
  const placed = {
    maps: centred(maps, height).map((box, i) => withQueuesMoved(box, maps[i] as MapBox)),
    processes: centred(shown, height),
    ...below,
  };
  return {
    width,
    height,
    processes: placed.processes,
    moreProcesses: hidden,
    maps: placed.maps,
    groups: below.groups,
    devices: below.devices,
    units: below.units,
    edges: edgesOf(survey.maps, placed),
    dots: layDots(instant, placed),
  };
}

/** Returns the depth of a map below the top of its stack. */
function levelsOf(maps: readonly MapSurvey[]): Map<number, number> {
  const levels = new Map(maps.map(({ dev }) => [dev, 0]));
  // A stack is at most as deep as there are maps.
  for (let round = 0; round < maps.length; round++) {
    for (const map of maps) {
      const level = (levels.get(map.dev) ?? 0) + 1;
      for (const dev of devicesBelow(map)) {
        const known = levels.get(dev);
        if (known !== undefined && known < level && level < maps.length) levels.set(dev, level);
      }
    }
  }
  return levels;
}

/** Moves the boxes of each column down together, so that short columns stand in the middle. */
function centred<Box extends Rect>(boxes: readonly Box[], height: number): Box[] {
  const bottom = new Map<number, number>();
  for (const { x, y, height } of boxes) bottom.set(x, Math.max(bottom.get(x) ?? 0, y + height));
  return boxes.map((box) => {
    const free = height - MARGIN - (bottom.get(box.x) ?? 0);
    return { ...box, y: box.y + Math.max(0, Math.floor(free / 2)) };
  });
}

function withQueuesMoved(box: MapBox, from: MapBox): MapBox {
  const by = box.y - from.y;
  return { ...box, queues: box.queues.map((queue) => ({ ...queue, y: queue.y + by })) };
}

function layProcesses({ survey }: Instant): { shown: ProcessBox[]; hidden: number } {
  // Processes that wait for I/O come first, since they say most. A shell that waits for its children is left out, since they are drawn.
  const telling = survey.processes.filter(
    ({ name, ppid, waitsFor }) =>
      ppid <= 1 || name !== 'bash' || waitsFor?.startsWith('process ') !== true,
  );
  const ordered = telling.toSorted(
    (a, b) => Number(b.uninterruptible) - Number(a.uninterruptible) || a.pid - b.pid,
  );
  const shown = ordered
    .slice(0, MAX_PROCESSES)
    .map(({ pid, name, waitsFor, uninterruptible }, i) => ({
      pid,
      name,
      waitsFor,
      uninterruptible,
      x: MARGIN,
      y: MARGIN + i * (PROCESS_HEIGHT + 6),
      width: PROCESS_WIDTH,
      height: PROCESS_HEIGHT,
    }));
  return { shown, hidden: ordered.length - shown.length };
}

export interface Placed {
  readonly processes: readonly ProcessBox[];
  readonly maps: readonly MapBox[];
  readonly groups: readonly GroupBox[];
  readonly devices: readonly DeviceBox[];
  readonly units: readonly UnitBox[];
}

const right = ({ x, y, width, height }: Rect): readonly [number, number] => [
  x + width,
  y + height / 2,
];
const left = ({ x, y, height }: Rect): readonly [number, number] => [x, y + height / 2];

function edgesOf(
  maps: readonly MapSurvey[],
  { maps: boxes, groups, devices, units, processes }: Placed,
): Edge[] {
  const edges: Edge[] = [];
  for (const map of maps) {
    const box = boxes.find(({ dev }) => dev === map.dev);
    if (box === undefined) continue;
    const waits = processes.filter(
      ({ waitsFor }) => waitsFor?.endsWith(` on ${map.disk}`) === true,
    );
    for (const process of waits) {
      edges.push({
        key: `p${process.pid}-${map.dev}`,
        from: right(process),
        to: left(box),
        kind: 'wait',
      });
    }
    for (const group of groups.filter(({ map: dev }) => dev === map.dev)) {
      const kind = group.table === 'inactive' ? 'next' : 'live';
      edges.push({ key: `g${group.key}`, from: right(box), to: left(group), kind });
    }
    for (const dev of devicesBelow(map)) {
      const kind = map.live?.devices.includes(dev) === true ? 'live' : 'next';
      const lower = boxes.find((one) => one.dev === dev);
      if (lower !== undefined) {
        edges.push({ key: `m${map.dev}-${dev}`, from: right(box), to: left(lower), kind });
      }
    }
  }
  for (const device of devices) {
    const unit = units.find(({ wwid }) => wwid === device.wwid);
    if (unit !== undefined) {
      edges.push({ key: `u${device.dev}`, from: right(device), to: left(unit), kind: 'live' });
    }
  }
  return edges;
}
