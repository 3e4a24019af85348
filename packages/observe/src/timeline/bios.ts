// bios.ts — A slice per bio on its device and per request on a path, with an arrow from one to the other.
import { BLK_STS, BLOCK_TRACE, blkStatusName, opName } from '@dmsim/block';
import type { BlkStatus, ReqOp } from '@dmsim/block';
import { DM_TRACE } from '@dmsim/dm';
import { MULTIPATH_TRACE } from '@dmsim/multipath';

import { rangeText } from '../invariants/violation.ts';
import type { TraceEvent } from '../trace-event.ts';
import type { Watched } from '../watched.ts';
import type { ChromeTraceWriter } from './json-writer.ts';
import { toMicros } from './json-writer.ts';
import { deviceNames } from './names.ts';
import type { Track, Tracks } from './tracks.ts';

/** An I/O in flight on one device. */
interface Open {
  readonly group: string;
  readonly kind: 'bio' | 'request';
  readonly lane: Track;
  readonly dev: number;
}

const INSTANTS: Readonly<Record<number, string>> = {
  [DM_TRACE.dm_pushback.code]: 'pushed back',
  [DM_TRACE.dm_defer.code]: 'deferred',
  [DM_TRACE.dm_undefer.code]: 'leaves deferred',
  [MULTIPATH_TRACE.mpath_bio_queued.code]: 'queued in target',
  [MULTIPATH_TRACE.mpath_bio_dequeued.code]: 'leaves the target',
};

/** The name of what a point's last argument counts. */
const COUNTERS: Readonly<Record<number, string>> = {
  [DM_TRACE.dm_pushback.code]: 'pushback',
  [DM_TRACE.dm_defer.code]: 'deferred',
  [DM_TRACE.dm_undefer.code]: 'deferred',
  [MULTIPATH_TRACE.mpath_bio_queued.code]: 'queued in target',
  [MULTIPATH_TRACE.mpath_bio_dequeued.code]: 'queued in target',
};

export class BioTimeline {
  readonly #machine: Watched;
  readonly #writer: ChromeTraceWriter;
  readonly #tracks: Tracks;
  readonly #name: (dev: number) => string;
  readonly #bios: Map<number, Open> = new Map();
  readonly #requests: Map<string, Open> = new Map();
  readonly #inFlight: Map<number, number> = new Map();
  #flows = 0;

  constructor(machine: Watched, writer: ChromeTraceWriter, tracks: Tracks) {
    this.#machine = machine;
    this.#writer = writer;
    this.#tracks = tracks;
    this.#name = deviceNames(machine);
  }

  /** False when the event is not about a bio. */
  see(event: TraceEvent): boolean {
    switch (event.point) {
      case BLOCK_TRACE.block_bio_queue.code:
        this.#bios.set(event.id, this.#begin(event, 'bio'));
        return true;
      case BLOCK_TRACE.block_bio_complete.code:
        this.#bioEnded(event);
        return true;
      case BLOCK_TRACE.block_rq_issue.code:
        this.#issued(event);
        return true;
      case BLOCK_TRACE.block_rq_complete.code:
        this.#requestEnded(event, resultText(event.extra));
        return true;
      case BLOCK_TRACE.block_rq_requeue.code:
        this.#requestEnded(event, 'requeued');
        return true;
      default:
        if (INSTANTS[event.point] === undefined) return event.point < DM_TRACE.dm_suspend.code;
        this.#waits(event);
        return true;
    }
  }

  finish(): void {
    const { now } = this.#machine.sim;
    for (const open of this.#requests.values()) this.#end(open, now, 'not ended');
    for (const open of this.#bios.values()) this.#end(open, now, 'not ended');
  }

  #begin(event: TraceEvent, kind: Open['kind']): Open {
    const { id, op, sector, nrSectors, at, dev } = event;
    const group = this.#name(dev);
    const lane = this.#tracks.lane(group, kind);
    const name = `${opName(op as ReqOp)} ${rangeText(sector, nrSectors)}`;
    const args = { bio: id, order: event.nth };
    this.#writer.write({ ph: 'B', ...lane, ts: toMicros(at), name, cat: kind, args });
    this.#count(dev, kind, { by: 1, at });
    return { group, kind, lane, dev };
  }

  #end({ group, kind, lane, dev }: Open, at: number, result: string): void {
    this.#writer.write({ ph: 'E', ...lane, ts: toMicros(at), args: { result } });
    this.#tracks.giveBack(group, kind, lane);
    this.#count(dev, kind, { by: -1, at });
  }

  /** Counts bios in flight on a device. A path has requests without bios of its own, so it is counted apart. */
  #count(dev: number, kind: Open['kind'], { by, at }: { by: 1 | -1; at: number }): void {
    const key = kind === 'bio' ? dev : -1 - dev;
    const value = (this.#inFlight.get(key) ?? 0) + by;
    this.#inFlight.set(key, value);
    this.#counter(dev, kind === 'bio' ? 'bios in flight' : 'requests in flight', { value, at });
  }

  #counter(dev: number, name: string, { value, at }: { value: number; at: number }): void {
    const { pid } = this.#tracks.track(this.#name(dev), 'state');
    this.#writer.write({ ph: 'C', pid, tid: 0, ts: toMicros(at), name, args: { value } });
  }

  #issued(event: TraceEvent): void {
    const { id, dev, at } = event;
    const bio = this.#bios.get(id);
    // A request of request-based dm shows its bio a second time.
    const { layer, dm } = this.#machine;
    if (layer.devices.get(dev)?.major === dm.major) return;
    const key = requestKey(event);
    if (this.#requests.has(key)) this.#requestEnded(event, 'not taken');
    const request = this.#begin(event, 'request');
    this.#requests.set(key, request);
    if (bio === undefined || bio.dev === dev) return;
    const flow = { ts: toMicros(at), id: ++this.#flows, name: 'path', cat: 'flow' } as const;
    this.#writer.write({ ph: 's', ...bio.lane, ...flow });
    this.#writer.write({ ph: 'f', bp: 'e', ...request.lane, ...flow });
  }

  #requestEnded(event: TraceEvent, result: string): void {
    const key = requestKey(event);
    const request = this.#requests.get(key);
    if (request === undefined) return;
    this.#requests.delete(key);
    this.#end(request, event.at, result);
  }

  #bioEnded({ id, at, extra }: TraceEvent): void {
    const bio = this.#bios.get(id);
    if (bio === undefined) return;
    this.#bios.delete(id);
    this.#end(bio, at, resultText(extra));
  }

  #waits({ id, at, dev, point, extra, sector, nrSectors, nth: order }: TraceEvent): void {
    const device = this.#name(dev);
    const lane = this.#bios.get(id)?.lane ?? this.#tracks.track(device, 'state');
    const args = { bio: id, range: rangeText(sector, nrSectors), device, order };
    const name = INSTANTS[point] ?? '';
    this.#writer.write({ ph: 'i', ...lane, ts: toMicros(at), name, s: 't', args });
    const counted = COUNTERS[point];
    if (counted !== undefined) this.#counter(dev, counted, { value: extra, at });
  }
}

/** Fragments of one bio may be on one path at a time. */
const requestKey = ({ dev, id, sector }: TraceEvent): string => `${dev} ${id} ${sector}`;

const resultText = (status: number): string =>
  status === BLK_STS.OK ? 'ok' : blkStatusName(status as BlkStatus);
