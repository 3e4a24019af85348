// read-back.ts — A read returns the data that was last acknowledged, per sector.
//
// While a write is in flight, a read may return the old or the new data; the same holds after a failed write, part of which
// may have arrived. An acknowledged write settles everything that ended before it began. A discard settles nothing: its sectors may
// read as zeroes from then on, or as before.
import { BIO_QUEUE, BLK_STS, BLOCK_TRACE, lengthOfRun, opOfRun, REQ_OP } from '@dmsim/block';
import { DM_TRACE } from '@dmsim/dm';

import type { TraceEvent } from '../trace-event.ts';
import type { Check, Invariant, WatchedRun } from './invariant.ts';
import { SectorTable } from './sector-table.ts';
import { bioText, instantText } from './violation.ts';

/** The facts that all sectors of a write share. */
interface Write {
  /** The events of its submission and of its end; Infinity while it is in flight. */
  readonly from: number;
  ended: number;
  acknowledged: boolean;
  /** The device counts as a medium of its own: no table can make the write go astray. */
  readonly own: boolean;
}

/** A value that a sector may hold, and those it may hold from earlier writes. Sectors with the same history share it. */
interface Value {
  /** Null for unknown data. */
  readonly hash: number | null;
  readonly write: Write;
  readonly before: Value | null;
  /** Values from here on. */
  readonly count: number;
}

/** The data that a write puts into sectors. `oldest`: the event from which on reads are under way. */
interface Written {
  readonly hash: number;
  readonly write: Write;
  readonly oldest: () => number;
}

/** With more values than this, those that no read can return any more are dropped. */
const MANY = 8;

/** The data from before the trace was read. */
const UNKNOWN: Value = {
  hash: null,
  write: { from: 0, ended: 0, acknowledged: true, own: false },
  before: null,
  count: 1,
};

class Medium {
  readonly #sectors: SectorTable<Value> = new SectorTable();
  /** The value of the sector written last, and what that sector held before. */
  #last: Value = UNKNOWN;
  #beforeLast: Value = UNKNOWN;

  put(from: number, end: number, written: Written): void {
    this.#sectors.replaceRange(from, end, (held) => this.#valueAfter(held ?? UNKNOWN, written));
  }

  #valueAfter(before: Value, { hash, write, oldest }: Written): Value {
    const last = this.#last;
    if (last.write !== write || last.hash !== hash || this.#beforeLast !== before) {
      const kept = before.count < MANY ? before : withoutGone(before, oldest());
      this.#last = { hash, write, before: kept, count: kept.count + 1 };
      this.#beforeLast = before;
    }
    return this.#last;
  }

  /** The first of the sectors from which a read may not return what it did; -1: it may from all. */
  findWrong(from: number, end: number, read: ReadOf): number {
    // Sectors that were written together share a value, and so the answer.
    let allowed: Value | null = null;
    for (let sector = from; sector < end; sector++) {
      const head = this.#sectors.get(sector);
      if (head === undefined || head === allowed) continue;
      if (!allows(head, read)) return sector;
      allowed = head;
    }
    return -1;
  }

  /** Forgets all values: the place may hold other data now, and writes in flight may still land in the old place. */
  forget(): void {
    const doubtful = new Map<Value, Value>();
    this.#sectors.replaceAll((head) => {
      let known = doubtful.get(head);
      if (known === undefined) doubtful.set(head, (known = inDoubt(head)));
      return known === UNKNOWN ? undefined : known;
    });
    this.#last = UNKNOWN;
  }
}

/** What a read returned, from the event `start` to the event `end`. */
interface ReadOf {
  readonly hash: number;
  readonly start: number;
  readonly end: number;
}

function allows(head: Value, { hash, start, end }: ReadOf): boolean {
  for (let value: Value | null = head; value !== null; value = value.before) {
    if (value.hash !== null && value.hash !== hash) continue;
    if (value.write.from <= end && !isGone(value, head, start)) return true;
  }
  return false;
}

/** A write that began after the value's own had ended was acknowledged before the event `at`. */
function isGone({ write: { ended } }: Value, head: Value, at: number): boolean {
  for (let value: Value | null = head; value !== null; value = value.before) {
    const { write } = value;
    if (write.acknowledged && write.from > ended && write.ended < at) return true;
  }
  return false;
}

function withoutGone(head: Value, before: number): Value {
  const kept: Value[] = [];
  for (let value: Value | null = head; value !== null; value = value.before) {
    if (!isGone(value, head, before)) kept.push(value);
  }
  return chain(kept);
}

function inDoubt(head: Value): Value {
  const underWay: Value[] = [];
  for (let value: Value | null = head; value !== null; value = value.before) {
    if (value.write.ended === Infinity) underWay.push({ ...value, hash: null });
  }
  return underWay.length === 0 ? UNKNOWN : chain([...underWay, UNKNOWN]);
}

/** The newest first. */
function chain(values: readonly Value[]): Value {
  let before = null as Value | null;
  for (const { hash, write } of values.toReversed()) {
    before = { hash, write, before, count: (before?.count ?? 0) + 1 };
  }
  return before ?? UNKNOWN;
}

class ReadBack implements Check {
  readonly #run: WatchedRun;
  /** By the number that `mediumOf` gives. */
  readonly #media: Map<number, Medium> = new Map();
  /** The writes in flight whose place is known, by bio. */
  readonly #writing: Map<number, Write> = new Map();
  /** For each bio in flight: the event of its submission. */
  readonly #since: Map<number, number> = new Map();
  /** By map: where its sectors are (`Placement.key`). */
  readonly #places: Map<number, number> = new Map();
  /** Writes in flight that may land anywhere: until they have, no read says anything. */
  readonly #astray: Set<number> = new Set();
  /** The last event at which data moved: a read from before it may have some of it from the old place. */
  #movedAt = -1;

  constructor(run: WatchedRun) {
    this.#run = run;
  }

  see(event: TraceEvent): void {
    switch (event.point) {
      case BLOCK_TRACE.block_bio_queue.code:
        if ((event.extra & BIO_QUEUE.NEW) !== 0) this.#since.set(event.id, event.nth);
        break;
      case BLOCK_TRACE.block_data.code:
        if (opOfRun(event.op) !== REQ_OP.READ) this.#written(event);
        else this.#read(event);
        break;
      case BLOCK_TRACE.block_bio_complete.code:
        this.#completed(event);
        break;
      case DM_TRACE.dm_swap_table.code:
        this.#swapped(event);
        break;
    }
  }

  #mediumOf(number: number): Medium {
    let medium = this.#media.get(number);
    if (medium === undefined) {
      medium = new Medium();
      this.#media.set(number, medium);
    }
    return medium;
  }

  /** With sector -1 the write may go anywhere. */
  #written({ dev, id, op: run, sector, nrSectors: number, extra: hash, nth }: TraceEvent): void {
    if (sector < 0) {
      this.#astray.add(id);
      this.#forget();
      return;
    }
    let write = this.#writing.get(id);
    if (write === undefined) {
      write = { from: nth, ended: Infinity, acknowledged: false, own: number === dev };
      this.#writing.set(id, write);
    }
    const medium = this.#mediumOf(number);
    medium.put(sector, sector + lengthOfRun(run), { hash, write, oldest: this.#oldest });
  }

  /** When the oldest I/O under way began. */
  readonly #oldest = (): number => {
    let oldest = Infinity;
    for (const since of this.#since.values()) oldest = Math.min(oldest, since);
    return oldest;
  };

  #forget(): void {
    for (const medium of this.#media.values()) medium.forget();
  }

  #read(event: TraceEvent): void {
    const { dev, id, op: run, sector, nrSectors: number, extra: hash, nth, at } = event;
    const start = this.#since.get(id) ?? 0;
    const isCertain = number === dev || (this.#astray.size === 0 && start > this.#movedAt);
    const medium = this.#media.get(number);
    if (!isCertain || medium === undefined) return;
    const end = sector + lengthOfRun(run);
    const asked = { hash, start, end: nth };
    let wrong = medium.findWrong(sector, end, asked);
    for (; wrong !== -1; wrong = medium.findWrong(wrong + 1, end, asked)) {
      const message = `${bioText(event.bio ?? event)} reads from sector ${wrong} ${instantText(at)} what no write has left there`;
      this.#run.report({ message, at, bioId: id, dev });
    }
  }

  #completed({ id, bio, extra: status, nth }: TraceEvent): void {
    this.#since.delete(id);
    const astray = this.#astray.delete(id);
    if (bio === null || bio.op === REQ_OP.READ || bio.nrSectors === 0) return;
    const write = this.#writing.get(id);
    this.#writing.delete(id);
    if (write !== undefined) {
      write.ended = nth;
      write.acknowledged = status === BLK_STS.OK && !astray && bio.op !== REQ_OP.DISCARD;
    }
    // It went to an unknown place.
    if (write === undefined || astray) this.#forget();
  }

  /**
   * dev, number of the table, its size, number of the table before, where its sectors are. Where that is another place than
   * before, data has moved for the devices that stand on this one, too, and writes in flight land in the new place.
   */
  #swapped({ dev, sector: before, nrSectors: place, nth }: TraceEvent): void {
    const known = this.#places.get(dev);
    this.#places.set(dev, place);
    if (before === 0 || (place !== 0 && place === known)) return;
    for (const [id, { own }] of this.#writing) if (!own) this.#astray.add(id);
    this.#movedAt = nth;
    this.#forget();
  }
}

export const readBack: Invariant = {
  name: 'what was acknowledged is what is read',
  meaning: 'A program reads other data than it was told had been written.',
  points: [
    BLOCK_TRACE.block_bio_queue.code,
    BLOCK_TRACE.block_data.code,
    BLOCK_TRACE.block_bio_complete.code,
    DM_TRACE.dm_swap_table.code,
  ],
  start: (run) => new ReadBack(run),
};
