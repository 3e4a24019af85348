// read-back.ts — A read returns the data that was last acknowledged, per sector.
//
// While a write is in flight, a read may return the old or the new data; the same holds after a failed write, part of which
// may have arrived. An acknowledged write settles everything that ended before it began.
import { BIO_QUEUE, BLK_STS, BLOCK_TRACE, REQ_OP } from '@dmsim/block';
import { DM_TRACE } from '@dmsim/dm';
import { MULTIPATH_TRACE } from '@dmsim/multipath';

import type { TraceEvent } from '../trace-event.ts';
import type { Check, Invariant, WatchedRun } from './invariant.ts';
import { bioText, instantText } from './violation.ts';

/** A value that a sector may hold from the event `from` until the event `until`. */
interface Value {
  /** Null for the unknown data from before the trace was read. */
  readonly hash: number | null;
  readonly bio: number;
  readonly from: number;
  /** The event at which its write was acknowledged or failed; Infinity while it is in flight. */
  ended: number;
  until: number;
}

/** With more values than this, those that no read can return any more are dropped. */
const MANY = 8;

const UNKNOWN: Value = { hash: null, bio: 0, from: 0, ended: 0, until: Infinity };

const doubtful = (value: Value): Value => ({ ...value, hash: null });

class Medium {
  readonly #sectors: Map<number, Value[]> = new Map();

  write(sector: number, { hash, bio, nth }: { hash: number; bio: number; nth: number }): void {
    let values = this.#sectors.get(sector);
    if (values === undefined) {
      values = [{ ...UNKNOWN }];
      this.#sectors.set(sector, values);
    }
    values.push({ hash, bio, from: nth, ended: Infinity, until: Infinity });
  }

  /** Ends a write. If it was acknowledged, values whose writes ended before it began are gone. */
  end(sector: number, { bio, nth, ok }: { bio: number; nth: number; ok: boolean }): void {
    const values = this.#sectors.get(sector);
    const mine = values?.find((value) => value.bio === bio);
    if (values === undefined || mine === undefined) return;
    mine.ended = nth;
    if (!ok) return;
    for (const value of values) {
      if (value.ended < mine.from && value.until === Infinity) value.until = nth;
    }
  }

  /** True if a read from the event `start` to the event `end` may return `hash`. */
  allows(
    sector: number,
    { hash, start, end }: { hash: number; start: number; end: number },
  ): boolean {
    const values = this.#sectors.get(sector);
    if (values === undefined) return true;
    return values.some(
      (value) =>
        (value.hash === null || value.hash === hash) && value.from <= end && value.until >= start,
    );
  }

  /** Forgets all values: the place may hold other data now, and writes in flight may still land in the old place. */
  forget(): void {
    for (const [sector, values] of this.#sectors) {
      const underWay = values.filter(({ ended }) => ended === Infinity);
      if (underWay.length === 0) this.#sectors.delete(sector);
      else this.#sectors.set(sector, [{ ...UNKNOWN }, ...underWay.map(doubtful)]);
    }
  }

  /** Drops values that were gone before the event `before`. */
  tidy(sector: number, before: number): void {
    const values = this.#sectors.get(sector);
    if (values === undefined || values.length < MANY) return;
    this.#sectors.set(
      sector,
      values.filter((value) => value.until >= before),
    );
  }
}

class ReadBack implements Check {
  readonly #run: WatchedRun;
  /** By the number that `mediumOf` gives. */
  readonly #media: Map<number, Medium> = new Map();
  /** The medium that each write in flight goes to. */
  readonly #writing: Map<number, Medium> = new Map();
  /** For each bio in flight: the event of its submission. */
  readonly #since: Map<number, number> = new Map();
  readonly #multipathTables: Set<number> = new Set();

  constructor(run: WatchedRun) {
    this.#run = run;
  }

  see(event: TraceEvent): void {
    switch (event.point) {
      case BLOCK_TRACE.block_bio_queue.code:
        if ((event.extra & BIO_QUEUE.NEW) !== 0) this.#since.set(event.id, event.nth);
        break;
      case BLOCK_TRACE.block_data.code:
        if (event.op !== REQ_OP.READ) this.#written(event);
        else this.#read(event);
        break;
      case BLOCK_TRACE.block_bio_complete.code:
        this.#completed(event);
        break;
      case MULTIPATH_TRACE.mpath_queue_if_no_path.code:
        this.#multipathTables.add(event.id);
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
  #written({ id, sector, nrSectors: number, extra: hash, nth }: TraceEvent): void {
    if (sector < 0) {
      this.#forget();
      return;
    }
    const medium = this.#mediumOf(number);
    this.#writing.set(id, medium);
    medium.write(sector, { hash, bio: id, nth });
  }

  #forget(): void {
    for (const medium of this.#media.values()) medium.forget();
  }

  #read(event: TraceEvent): void {
    const { dev, id, sector, nrSectors: number, extra: hash, nth, at } = event;
    const start = this.#since.get(id) ?? 0;
    if (this.#media.get(number)?.allows(sector, { hash, start, end: nth }) !== false) return;
    const message = `${bioText(event.bio ?? event)} reads from sector ${sector} ${instantText(at)} what no write has left there`;
    this.#run.report({ message, at, bioId: id, dev });
  }

  #completed({ id, bio, extra: status, nth }: TraceEvent): void {
    this.#since.delete(id);
    if (bio === null || bio.op === REQ_OP.READ || bio.nrSectors === 0) return;
    const medium = this.#writing.get(id);
    if (medium === undefined) {
      // It was discarded, or written to an unknown place.
      this.#forget();
      return;
    }
    this.#writing.delete(id);
    const oldest = Math.min(nth, ...this.#since.values());
    for (let sector = bio.sector; sector < bio.sector + bio.nrSectors; sector++) {
      medium.end(sector, { bio: id, nth, ok: status === BLK_STS.OK });
      medium.tidy(sector, oldest);
    }
  }

  /**
   * dev, number of the table, its size, number of the table before. All paths of a map lead to the same data; any other
   * table may lead elsewhere, for the devices that stand on this one, too.
   */
  #swapped({ id, sector: old }: TraceEvent): void {
    const tables = this.#multipathTables;
    if (tables.has(id) && tables.has(old)) return;
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
    MULTIPATH_TRACE.mpath_queue_if_no_path.code,
    DM_TRACE.dm_swap_table.code,
  ],
  start: (run) => new ReadBack(run),
};
