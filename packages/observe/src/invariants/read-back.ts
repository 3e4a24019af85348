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

/** The data that a write puts into sectors which follow each other on one medium. */
interface Data {
  readonly write: Write;
  readonly from: number;
  /** A hash for each sector, or null. */
  readonly hashes: number[] | null;
  /** Without `hashes`, the hash of every sector; null for unknown data. */
  readonly hash: number | null;
}

/** Data that a sector may hold, and what it may hold from earlier writes. Sectors with the same history share it. */
interface Value {
  readonly data: Data;
  readonly before: Value | null;
  /** Values from here on. */
  readonly count: number;
}

/** With more values than this, those that no read can return any more are dropped. */
const MANY = 8;

/** The data from before the trace was read. */
const UNKNOWN: Value = {
  data: {
    write: { from: 0, ended: 0, acknowledged: true, own: false },
    from: 0,
    hashes: null,
    hash: null,
  },
  before: null,
  count: 1,
};

class Medium {
  readonly #sectors: SectorTable<Value> = new SectorTable();
  /** The data of the last write, the sector before which it ends, its value, and the value that the sector had before. */
  #data: Data = UNKNOWN.data;
  #end = 0;
  #last: Value = UNKNOWN;
  #beforeLast: Value = UNKNOWN;
  readonly #oldest: () => number;

  /** `oldest`: the event from which on reads are under way. */
  constructor(oldest: () => number) {
    this.#oldest = oldest;
  }

  /** A write puts data of one hash into sectors. */
  put(from: number, end: number, hash: number, write: Write): void {
    const data = this.#dataOf(from, end, hash, write);
    this.#sectors.replaceRange(from, end, (held) => this.#valueAfter(held ?? UNKNOWN, data));
  }

  /** The data written last, continued, or new. Sectors that differ are told one by one, those that are alike as one run. */
  #dataOf(from: number, end: number, hash: number, write: Write): Data {
    const isOne = end - from === 1;
    if (isOne && this.#data.write === write && this.#end === from && this.#data.hashes !== null)
      this.#data.hashes.push(hash);
    else this.#data = { write, from, hashes: isOne ? [hash] : null, hash };
    this.#end = end;
    return this.#data;
  }

  #valueAfter(before: Value, data: Data): Value {
    if (this.#last.data !== data || this.#beforeLast !== before) {
      const kept = before.count < MANY ? before : withoutGone(before, this.#oldest());
      this.#last = { data, before: kept, count: kept.count + 1 };
      this.#beforeLast = before;
    }
    return this.#last;
  }

  /** The first of the sectors from which a read may not return what it did; -1: it may from all. */
  findWrong(from: number, end: number, read: ReadOf): number {
    // Sectors that were written alike share a value, and so the answer.
    let allowed: Value | null = null;
    for (let sector = from; sector < end; sector++) {
      const head = this.#sectors.get(sector);
      if (head === undefined || head === allowed) continue;
      const returned = findReturned(head, sector, read);
      if (returned === null) return sector;
      allowed = returned.data.hashes === null ? head : null;
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

/** The data that a read returned, from the event `start` to the event `end`. */
interface ReadOf {
  readonly hash: number;
  readonly start: number;
  readonly end: number;
}

/** The value that a read may have returned from `sector`; null: it may return none that is like this. */
function findReturned(head: Value, sector: number, { hash, start, end }: ReadOf): Value | null {
  for (let value: Value | null = head; value !== null; value = value.before) {
    const held = hashAt(value.data, sector);
    if (held !== null && held !== hash) continue;
    if (value.data.write.from <= end && !isGone(value, head, start)) return value;
  }
  return null;
}

const hashAt = ({ hashes, from, hash }: Data, sector: number): number | null =>
  hashes === null ? hash : (hashes[sector - from] ?? null);

/** A write that began after the value's own had ended was acknowledged before the event `at`. */
function isGone({ data }: Value, head: Value, at: number): boolean {
  const { ended } = data.write;
  for (let value: Value | null = head; value !== null; value = value.before) {
    const { write } = value.data;
    if (write.acknowledged && write.from > ended && write.ended < at) return true;
  }
  return false;
}

function withoutGone(head: Value, before: number): Value {
  const kept: Data[] = [];
  for (let value: Value | null = head; value !== null; value = value.before) {
    if (!isGone(value, head, before)) kept.push(value.data);
  }
  return chain(kept);
}

function inDoubt(head: Value): Value {
  const underWay: Data[] = [];
  for (let value: Value | null = head; value !== null; value = value.before) {
    const { data } = value;
    if (data.write.ended === Infinity) underWay.push({ ...data, hashes: null, hash: null });
  }
  return underWay.length === 0 ? UNKNOWN : chain([...underWay, UNKNOWN.data]);
}

/** The newest first. */
function chain(values: readonly Data[]): Value {
  let before = null as Value | null;
  for (const data of values.toReversed()) {
    before = { data, before, count: (before?.count ?? 0) + 1 };
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
      medium = new Medium(this.#oldest);
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
    medium.put(sector, sector + lengthOfRun(run), hash, write);
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
