// lanes.ts — The lanes of the space-time diagram: one for each process, for each mapped device and its target, and for each disk.
import { BIO_QUEUE, BLOCK_TRACE } from '@dmsim/block';
import { DM_TRACE, SUSPEND_PHASES } from '@dmsim/dm';
import { MULTIPATH_TRACE } from '@dmsim/multipath';
import type { Recording, TraceEvent } from '@dmsim/observe';
import { createTraceEvent, nameIn, readRecord, surveyAt } from '@dmsim/observe';
import { RECORD_WIDTH, SIM_TRACE } from '@dmsim/sim';

import { commandOf } from '../model/rows.ts';

export type SliceKind =
  | 'process'
  | 'bio'
  | 'waits'
  | 'pushed-back'
  | 'deferred'
  | 'request'
  | 'failed'
  | 'suspend'
  | 'noflush';

export interface Slice {
  readonly kind: SliceKind;
  /** Numbers of records. A slice that has not ended ends with the run. */
  readonly from: number;
  to: number;
  readonly label: string;
  readonly bio: number;
  /** The row within the lane, from 0. Slices of one row do not overlap. */
  readonly row: number;
}

export interface Lane {
  readonly key: string;
  readonly label: string;
  readonly slices: readonly Slice[];
  readonly rows: number;
}

/** An arrow from the slice of a bio to the request that carries it on a disk. */
export interface Arrow {
  readonly nth: number;
  readonly bio: number;
  readonly from: Spot;
  readonly to: Spot;
}

interface Spot {
  readonly lane: string;
  readonly row: number;
}

export interface SpaceTime {
  readonly lanes: readonly Lane[];
  readonly arrows: readonly Arrow[];
}

class LaneBuilder {
  readonly slices: Slice[] = [];
  readonly key: string;
  readonly label: string;
  /** The open slice of each row, or null. */
  readonly #rows: (Slice | null)[] = [];
  readonly #open: Map<string, Slice> = new Map();
  readonly #end: number;

  constructor(key: string, label: string, end: number) {
    this.key = key;
    this.label = label;
    this.#end = end;
  }

  begin(id: string, slice: Pick<Slice, 'kind' | 'from' | 'label' | 'bio'>): Slice {
    this.end(id, slice.from);
    let row = this.#rows.indexOf(null);
    if (row < 0) row = this.#rows.length;
    const made: Slice = { ...slice, to: this.#end, row };
    this.#rows[row] = made;
    this.#open.set(id, made);
    this.slices.push(made);
    return made;
  }

  end(id: string, at: number, kind?: SliceKind): void {
    const slice = this.#open.get(id);
    if (slice === undefined) return;
    this.#open.delete(id);
    this.#rows[slice.row] = null;
    slice.to = at;
    if (kind !== undefined) Object.assign(slice, { kind });
  }

  get rows(): number {
    return Math.max(1, this.#rows.length);
  }
}

export function spaceTimeOf(recording: Recording): SpaceTime {
  const builder = new Builder(recording);
  const event = createTraceEvent();
  for (let nth = 1; nth <= recording.count; nth++) {
    readRecord(event, recording.records, (nth - 1) * RECORD_WIDTH);
    event.nth = nth;
    builder.see(event);
  }
  return builder.finish();
}

interface OpenBio {
  readonly lane: LaneBuilder;
  readonly slice: Slice;
  /** The requests in which disks got the bio. */
  readonly requests: { readonly lane: LaneBuilder; readonly request: string }[];
}

/** The order of lanes, by the first letter of their keys: s suspends, m the map, t bios in its target, b pushed back, w deferred, d a disk. */
const GROUPS: Readonly<Record<string, number>> = { s: 0, m: 0, w: 0, b: 0, t: 0, d: 1 };
const WITHIN = 'smtbw';

class Builder {
  readonly #recording: Recording;
  readonly #lanes: Map<string, LaneBuilder> = new Map();
  readonly #arrows: Arrow[] = [];
  /** The slice in which a bio was submitted. */
  readonly #bios: Map<number, OpenBio> = new Map();

  constructor(recording: Recording) {
    this.#recording = recording;
    this.#lane('processes', 'processes');
  }

  see(event: TraceEvent): void {
    switch (event.point) {
      case SIM_TRACE.sched_process_fork.code:
        return this.#forked(event);
      case SIM_TRACE.sched_process_exit.code:
        return this.#lane('processes', '').end(String(event.dev), event.nth);
      case BLOCK_TRACE.block_bio_queue.code:
        return this.#submitted(event);
      case BLOCK_TRACE.block_bio_complete.code:
        return this.#completed(event);
      case BLOCK_TRACE.block_rq_issue.code:
        return this.#issued(event);
      case BLOCK_TRACE.block_rq_complete.code:
        return this.#onDevice(event).end(
          requestId(event),
          event.nth,
          event.extra === 0 ? undefined : 'failed',
        );
      case BLOCK_TRACE.block_rq_requeue.code:
        return this.#onDevice(event).end(requestId(event), event.nth, 'failed');
      default:
        return this.#seeMap(event);
    }
  }

  #seeMap(event: TraceEvent): void {
    const { nth, dev, id, op, sector } = event;
    const bio = { from: nth, label: `bio ${id}`, bio: id };
    switch (event.point) {
      case DM_TRACE.dm_defer.code:
        this.#deferred(event).begin(`${id} ${sector}`, { ...bio, kind: 'deferred' });
        return;
      case DM_TRACE.dm_pushback.code:
        this.#pushedBack(event).begin(`${id} ${sector}`, { ...bio, kind: 'pushed-back' });
        return;
      case MULTIPATH_TRACE.mpath_bio_queued.code:
        this.#target(event).begin(`${id} ${sector}`, { ...bio, kind: 'waits' });
        return;
      case DM_TRACE.dm_undefer.code:
        this.#lanes.get(`b${dev}`)?.end(`${id} ${sector}`, nth);
        this.#lanes.get(`w${dev}`)?.end(`${id} ${sector}`, nth);
        return;
      case MULTIPATH_TRACE.mpath_bio_dequeued.code:
        return this.#target(event).end(`${id} ${sector}`, nth);
      case DM_TRACE.dm_suspend.code: {
        const lane = this.#lane(`s${dev}`, `${this.#name(event)}: suspends`);
        if (SUSPEND_PHASES[id] === 'begin') {
          const noflush = op === 1;
          lane.begin('suspend', {
            kind: noflush ? 'noflush' : 'suspend',
            from: nth,
            label: noflush ? 'noflush suspend' : 'suspend',
            bio: 0,
          });
        } else if (SUSPEND_PHASES[id] === 'undone') lane.end('suspend', nth);
        return;
      }
      case DM_TRACE.dm_resume.code:
        this.#lanes.get(`s${dev}`)?.end('suspend', nth);
    }
  }

  finish(): SpaceTime {
    // Each map comes with its target and its queues, then the disks, then the processes.
    const number = ({ key }: LaneBuilder): number => Number(key.slice(1)) || 0;
    const rank = ({ key }: LaneBuilder): number => GROUPS[key[0] ?? ''] ?? 2;
    const within = ({ key }: LaneBuilder): number => WITHIN.indexOf(key[0] ?? '');
    const lanes = [...this.#lanes.values()].toSorted(
      (a, b) => rank(a) - rank(b) || number(a) - number(b) || within(a) - within(b),
    );
    return {
      lanes: lanes.map(({ key, label, slices, rows }) => ({
        key,
        // A device that serves both bios and requests, such as a request-based map, has two lanes.
        label: key[0] === 'd' && this.#lanes.has(`m${key.slice(1)}`) ? `${label}: requests` : label,
        slices,
        rows,
      })),
      arrows: this.#arrows,
    };
  }

  #lane(key: string, label: string): LaneBuilder {
    let lane = this.#lanes.get(key);
    if (lane === undefined) {
      lane = new LaneBuilder(key, label, this.#recording.count);
      this.#lanes.set(key, lane);
    }
    return lane;
  }

  #name({ nth, dev }: TraceEvent): string {
    // A map gets its name with its first table; a disk that is gone has it in an earlier survey.
    const { count } = this.#recording;
    const names = [nth, nth - 1, nth + 8, count].map((at) =>
      nameIn(surveyAt(this.#recording, at), dev),
    );
    return names.find((name) => !name.includes(':')) ?? names[0] ?? '';
  }

  readonly #deferred = (event: TraceEvent): LaneBuilder =>
    this.#lane(`w${event.dev}`, `${this.#name(event)}: deferred`);
  readonly #pushedBack = (event: TraceEvent): LaneBuilder =>
    this.#lane(`b${event.dev}`, `${this.#name(event)}: pushed back`);
  readonly #target = (event: TraceEvent): LaneBuilder =>
    this.#lane(`t${event.dev}`, `${this.#name(event)}: target`);
  readonly #onDevice = (event: TraceEvent): LaneBuilder =>
    this.#lanes.get(`d${event.dev}`) ?? this.#lane(`d${event.dev}`, this.#name(event));

  #forked({ nth, dev: pid }: TraceEvent): void {
    const label = commandOf(this.#recording, pid);
    this.#lane('processes', '').begin(String(pid), { kind: 'process', from: nth, label, bio: 0 });
  }

  #submitted(event: TraceEvent): void {
    if ((event.extra & BIO_QUEUE.NEW) === 0) return;
    const { nth, dev, id } = event;
    const lane = this.#lanes.get(`m${dev}`) ?? this.#lane(`m${dev}`, this.#name(event));
    const slice = lane.begin(String(id), { kind: 'bio', from: nth, label: `bio ${id}`, bio: id });
    this.#bios.set(id, { lane, slice, requests: [] });
  }

  #completed({ nth, id, extra }: TraceEvent): void {
    const bio = this.#bios.get(id);
    bio?.lane.end(String(id), nth, extra === 0 ? undefined : 'failed');
    // The trace has no end of a request that the driver did not take.
    for (const { lane, request } of bio?.requests ?? []) lane.end(request, nth);
    this.#bios.delete(id);
  }

  #issued(event: TraceEvent): void {
    const { nth, id } = event;
    const lane = this.#onDevice(event);
    const slice = lane.begin(requestId(event), {
      kind: 'request',
      from: nth,
      label: `bio ${id}`,
      bio: id,
    });
    const bio = this.#bios.get(id);
    if (bio === undefined) return;
    bio.requests.push({ lane, request: requestId(event) });
    this.#arrows.push({
      nth,
      bio: id,
      from: { lane: bio.lane.key, row: bio.slice.row },
      to: { lane: lane.key, row: slice.row },
    });
  }
}

const requestId = ({ id, sector }: TraceEvent): string => `${id} ${sector}`;
