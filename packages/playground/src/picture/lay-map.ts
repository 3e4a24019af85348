// lay-map.ts — The box of a mapped device: its gate, its two table slots, and its queues.
import type { MapState, MapSurvey } from '@dmsim/observe';

import type { Rect } from './layout.ts';

export type QueueName = 'deferred' | 'pushed back' | 'in the target' | 'requeue list';

export interface QueueBox extends Rect {
  readonly name: QueueName;
  /** The ids of the bios, in the order of the queue. */
  readonly bios: readonly number[];
}

export interface Slot {
  readonly id: number;
  readonly targets: string;
}

/** `closing`: a suspend waits for I/O in flight. */
export type Gate = 'open' | 'closing' | 'closed';

export interface MapBox extends Rect {
  readonly dev: number;
  readonly name: string;
  readonly disk: string;
  readonly number: string;
  readonly gate: Gate;
  readonly noflush: boolean;
  readonly live: Slot | null;
  readonly inactive: Slot | null;
  /** Null if the map is not multipath. */
  readonly queueIfNoPath: boolean | null;
  readonly queues: readonly QueueBox[];
  readonly dirtyPages: number;
}

export const MAP_WIDTH = 264;
export const TITLE = 30;
export const SLOTS = 44;
const QUEUE = 30;
const PADDING = 10;
export const LABEL = 104;

export function layMap(
  map: MapSurvey,
  state: MapState | undefined,
  { x, y }: { readonly x: number; readonly y: number },
): MapBox {
  const names = queuesOf(map);
  const queues = names.map((name, i): QueueBox => ({
    name,
    bios: biosOf(state, name),
    x: x + PADDING,
    y: y + TITLE + SLOTS + i * QUEUE,
    width: MAP_WIDTH - 2 * PADDING,
    height: QUEUE - 6,
  }));
  return {
    x,
    y,
    width: MAP_WIDTH,
    height: TITLE + SLOTS + names.length * QUEUE + PADDING / 2,
    dev: map.dev,
    name: map.name,
    disk: map.disk,
    number: map.number,
    gate: gateOf(map, state),
    noflush: state?.noflush ?? false,
    live: slotOf(map.live),
    inactive: slotOf(map.inactive),
    queueIfNoPath: map.live?.multipath?.queueIfNoPath ?? null,
    queues,
    dirtyPages: map.dirtyPages,
  };
}

function queuesOf({ live, inactive, requestBased }: MapSurvey): QueueName[] {
  if (requestBased) return ['requeue list'];
  const multipath = (live ?? inactive)?.multipath !== null && (live ?? inactive) !== null;
  return ['deferred', 'pushed back', ...(multipath ? (['in the target'] as const) : [])];
}

function biosOf(state: MapState | undefined, name: QueueName): readonly number[] {
  if (state === undefined) return [];
  switch (name) {
    case 'deferred':
      return state.deferred;
    case 'pushed back':
      return state.pushedBack;
    case 'in the target':
      return state.queued;
    case 'requeue list':
      return state.requeued;
  }
}

function gateOf({ suspended }: MapSurvey, state: MapState | undefined): Gate {
  if (state === undefined) return suspended ? 'closed' : 'open';
  switch (state.state) {
    case 'running':
      return 'open';
    case 'suspending':
    case 'blocked':
      return 'closing';
    case 'suspended':
      return 'closed';
  }
}

function slotOf(table: MapSurvey['live']): Slot | null {
  if (table === null) return null;
  return { id: table.id, targets: [...new Set(table.targets)].join(', ') };
}
