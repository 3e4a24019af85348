// read-back.ts — What was acknowledged is what is read, per sector.
//
// While a write is under way, a read may find what was there before or what is being written; after a write has failed,
// too, since some of it may have arrived. A write that is acknowledged ends all doubt about what came before it began.
import { BIO_QUEUE, BLK_STS, BLOCK_TRACE, REQ_OP } from '@dmsim/block';
import { DM_TRACE } from '@dmsim/dm';
import { MULTIPATH_TRACE } from '@dmsim/multipath';

import type { TraceEvent } from '../trace-event.ts';
import type { Check, Invariant, WatchedRun } from './invariant.ts';
import { bioText, instantText } from './violation.ts';

/** Something a sector may hold, from the event `from` on, until the event `until`. */
interface Value {
  /** Null: whatever was there before anyone looked. */
  readonly hash: number | null;
  readonly bio: number;
  readonly from: number;
  /** When its write was acknowledged or failed; Infinity while it is under way. */
  ended: number;
  until: number;
}

/** More values than this are looked through for some that no read can meet any more. */
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

  /** The write that put it there has ended: what ended before it began is over, if it was acknowledged. */
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

  /** Whether a read from the event `start` to the event `end` may find `hash`. */
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

  /** Something else may be there now; what is still being written may be in the old place, in part or whole. */
  forget(): void {
    for (const [sector, values] of this.#sectors) {
      const underWay = values.filter(({ ended }) => ended === Infinity);
      if (underWay.length === 0) this.#sectors.delete(sector);
      else this.#sectors.set(sector, [{ ...UNKNOWN }, ...underWay.map(doubtful)]);
    }
  }

  /** Drops what was over before the event `before`. */
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
  /** By the number `mediumOf` gave them. */
  readonly #media: Map<number, Medium> = new Map();
  /** What each write under way is written to. */
  readonly #writing: Map<number, Medium> = new Map();
  /** By bio under way: the event of its submission. */
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

  /** Sector -1: it may be anywhere, and leave anything there. */
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
      // Discarded, or written who knows where.
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
  points: [
    BLOCK_TRACE.block_bio_queue.code,
    BLOCK_TRACE.block_data.code,
    BLOCK_TRACE.block_bio_complete.code,
    MULTIPATH_TRACE.mpath_queue_if_no_path.code,
    DM_TRACE.dm_swap_table.code,
  ],
  start: (run) => new ReadBack(run),
};
