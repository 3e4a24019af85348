// state-at.ts — Finds every bio's place once the first `nth` records of a run have been written: a function of the recording alone.
import { BLOCK_TRACE } from '@dmsim/block';
import type { Nanos } from '@dmsim/sim';
import { RECORD_WIDTH } from '@dmsim/sim';

import type { BioNote, DmNote, SuspendState, WaitingKind } from '../invariants/ledger.ts';
import { Ledger, isForLedger } from '../invariants/ledger.ts';
import type { TraceEvent } from '../trace-event.ts';
import { createTraceEvent, readRecord } from '../trace-event.ts';
import type { Recording } from './recording.ts';
import { surveyAt, timeOf } from './recording.ts';
import type { Survey } from './survey.ts';

export type PlaceKind = WaitingKind | 'requeued' | 'on a device' | 'on its way';

/** A range of a bio, and where it is: on a queue of `dev`, with its driver, or between two such places below `dev`. */
export interface Place {
  readonly kind: PlaceKind;
  readonly dev: number;
  readonly sector: number;
  readonly nrSectors: number;
}

/** A bio that was submitted and has not completed. */
export interface BioState {
  readonly id: number;
  /** The device it was submitted to. */
  readonly dev: number;
  readonly op: number;
  readonly sector: number;
  readonly nrSectors: number;
  readonly since: Nanos;
  /** One place, or several if it was split. */
  readonly places: readonly Place[];
  /** How often a range of it was given to a disk's driver. */
  readonly tries: number;
  /** The status with which the last try ended; 0 when it did not fail, or none has ended. */
  readonly lastError: number;
}

/** The queues of a mapped device, oldest first: ids of bios, which stand there once for each range of theirs. */
export interface MapState {
  readonly dev: number;
  readonly state: SuspendState;
  /** Whether the current suspend, or the last one, is noflush. */
  readonly noflush: boolean;
  /** How many suspends have begun. */
  readonly suspends: number;
  /** The live table's number; 0 = none. */
  readonly table: number;
  readonly deferred: readonly number[];
  readonly pushedBack: readonly number[];
  readonly queued: readonly number[];
  readonly requeued: readonly number[];
  /** The working paths of a multipath table; null for other tables, or before anything was recorded of its paths. */
  readonly validPaths: number | null;
}

export interface Instant {
  readonly nth: number;
  readonly at: Nanos;
  readonly maps: readonly MapState[];
  readonly bios: readonly BioState[];
  readonly survey: Survey;
}

/** Reads the records in order; asking for an earlier instant starts over. */
export interface Replay {
  stateAt(nth: number): Instant;
}

export const stateAt = (recording: Recording, nth: number): Instant =>
  createReplay(recording).stateAt(nth);

export function createReplay(recording: Recording): Replay {
  let follower = new Follower();
  return {
    stateAt(wanted) {
      const nth = Math.max(0, Math.min(recording.count, Math.floor(wanted)));
      if (nth < follower.nth) follower = new Follower();
      while (follower.nth < nth) follower.next(recording.records);
      return follower.instant(recording);
    },
  };
}

interface Attempts {
  tries: number;
  lastError: number;
  /** Ranges that a driver has, or has given back. */
  readonly requests: Place[];
}

/** The ledger, and what only a picture needs: requests, and the order of the target's queue. */
class Follower {
  nth = 0;
  readonly #ledger = new Ledger(0);
  readonly #event = createTraceEvent();
  readonly #attempts: Map<number, Attempts> = new Map();
  readonly #queued: Map<number, Place[]> = new Map();

  next(records: Float64Array): void {
    const event = this.#event;
    readRecord(event, records, this.nth * RECORD_WIDTH);
    this.nth++;
    event.nth = this.nth;
    if (isForLedger(event.point)) {
      this.#ledger.look(event);
      this.#ledger.apply(event);
    }
    this.#follow(event);
  }

  #follow(event: TraceEvent): void {
    switch (event.point) {
      case BLOCK_TRACE.block_rq_issue.code:
        return this.#issued(event);
      case BLOCK_TRACE.block_rq_complete.code:
        return this.#ended(event);
      case BLOCK_TRACE.block_rq_requeue.code:
        return this.#moved(event, 'requeued');
      case BLOCK_TRACE.block_bio_complete.code:
        this.#attempts.delete(event.id);
    }
  }

  #of(id: number): Attempts {
    let attempts = this.#attempts.get(id);
    if (attempts === undefined) {
      attempts = { tries: 0, lastError: 0, requests: [] };
      this.#attempts.set(id, attempts);
    }
    return attempts;
  }

  #issued(event: TraceEvent): void {
    this.#moved(event, 'on a device');
    this.#of(event.id).tries++;
  }

  #moved(event: TraceEvent, kind: PlaceKind): void {
    const { requests } = this.#of(event.id);
    drop(requests, event);
    const { dev, sector, nrSectors } = event;
    requests.push({ kind, dev, sector, nrSectors });
  }

  #ended(event: TraceEvent): void {
    const attempts = this.#of(event.id);
    drop(attempts.requests, event);
    attempts.lastError = event.extra;
  }

  instant(recording: Recording): Instant {
    const survey = surveyAt(recording, this.nth);
    this.#queued.clear();
    const bios = [...this.#ledger.bios.values()].map((bio) => this.#bio(bio));
    const maps = [...this.#ledger.devices.values()].map((dm) => mapState(dm, bios));
    return { nth: this.nth, at: timeOf(recording, this.nth), maps, bios, survey };
  }

  #bio({ id, dev, op, sector, nrSectors, at, pieces }: BioNote): BioState {
    const { requests = [], tries = 0, lastError = 0 } = this.#attempts.get(id) ?? {};
    const places: Place[] = pieces.map(({ kind, dev, sector, nrSectors }) => ({
      kind,
      dev,
      sector,
      nrSectors,
    }));
    places.push(...deepest(requests));
    if (places.length === 0) places.push({ kind: 'on its way', dev, sector, nrSectors });
    return { id, dev, op, sector, nrSectors, since: at, places, tries, lastError };
  }
}

/** A request of request-based dm is still at dm's queue while its clone is at the path's: it is seen below. */
function deepest(requests: readonly Place[]): readonly Place[] {
  return requests.length < 2
    ? requests
    : requests.filter(
        (one, i) =>
          !requests.some(
            (later, j) =>
              j > i &&
              later.nrSectors === one.nrSectors &&
              later.dev !== one.dev &&
              overlaps(one, later),
          ),
      );
}

const overlaps = (a: Place, b: Place): boolean => a.sector === b.sector;

function drop(requests: Place[], { dev, sector }: TraceEvent): void {
  const i = requests.findIndex((one) => one.dev === dev && one.sector === sector);
  if (i >= 0) requests.splice(i, 1);
}

function mapState(dm: DmNote, bios: readonly BioState[]): MapState {
  const waiting = (kind: PlaceKind): number[] => {
    const ids: number[] = [];
    for (const { id, places } of bios) {
      for (const place of places) if (place.kind === kind && place.dev === dm.dev) ids.push(id);
    }
    return ids;
  };
  return {
    dev: dm.dev,
    state: dm.state,
    noflush: dm.noflush,
    suspends: dm.suspends,
    table: dm.table,
    deferred: dm.deferred.map(({ bio }) => bio.id),
    pushedBack: dm.pushedBack.map(({ bio }) => bio.id),
    queued: waiting('queued in the target'),
    requeued: waiting('requeued'),
    validPaths: dm.validPaths,
  };
}
