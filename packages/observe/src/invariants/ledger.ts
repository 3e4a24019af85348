// ledger.ts — Knows, from the trace alone, which bios are in flight, where they wait, and the state of each mapped device.
import { BIO_QUEUE, BLOCK_TRACE } from '@dmsim/block';
import { DM_TRACE, END_IO_VERDICTS, MAP_VERDICTS, SUSPEND_PHASES } from '@dmsim/dm';
import { MULTIPATH_TRACE } from '@dmsim/multipath';
import type { Nanos } from '@dmsim/sim';
import { SIM_TRACE } from '@dmsim/sim';

import { argumentsOf } from '../trace-event.ts';
import type { TraceEvent } from '../trace-event.ts';

export type WaitingKind = 'deferred' | 'pushed back' | 'queued in the target';

/** A range of a bio that waits on a queue of a mapped device. */
export interface Piece {
  readonly kind: WaitingKind;
  readonly dev: number;
  readonly bio: BioNote;
  readonly sector: number;
  readonly nrSectors: number;
  /** When it was put there. */
  readonly at: Nanos;
}

/** Counts the clones of a bio that a mapped device has sent and that have not come back. */
export interface Flight {
  dev: number;
  /** Below zero while a target ends a clone before its `map` returns, and for flushes that bypass `map`. */
  clones: number;
  /** The table that mapped the last of them. */
  table: number;
}

/** The process that submitted a bio, and where in its script it was started. */
export interface Submitter {
  /** 0: the kernel's own. */
  readonly pid: number;
  /** Its name, for `unpackName`. */
  readonly comm0: number;
  readonly comm1: number;
  readonly comm2: number;
  readonly line: number;
  /** A number in `sim.traceNames`. */
  readonly file: number;
}

/** A bio that was submitted and has not completed. The record is then reused, so nobody may keep it. */
export interface BioNote {
  id: number;
  dev: number;
  op: number;
  sector: number;
  nrSectors: number;
  at: Nanos;
  /** Null for what came before anyone listened. */
  by: Submitter | null;
  readonly pieces: Piece[];
  /** By device. Entries with no `clones` are left from earlier uses of the record. */
  readonly flights: Flight[];
}

export type SuspendState = 'running' | 'suspending' | 'blocked' | 'suspended';

/** A mapped device. */
export interface DmNote {
  readonly dev: number;
  /** The live table's number; 0 = none. */
  table: number;
  tableIsDestroyed: boolean;
  state: SuspendState;
  /** How many suspends have begun. */
  suspends: number;
  /** Whether the current suspend, or the last one, is noflush. */
  noflush: boolean;
  /** Pieces that were pushed back, in order. */
  readonly pushedBack: Piece[];
  /** Pieces that were deferred, in order. */
  readonly deferred: Piece[];
  /** How many wait in the live table's target. */
  queued: number;
  /** The paths that work in the live table; null if it is not multipath. */
  validPaths: number | null;
  /** The paths that worked when a multipath table was loaded, by table. */
  readonly pathsAtLoad: Map<number, number>;
}

const MAP_SUBMITTED = MAP_VERDICTS.indexOf('submitted');
const MAP_REMAPPED = MAP_VERDICTS.indexOf('remapped');
const BEGIN = SUSPEND_PHASES.indexOf('begin');
const INCOMPLETE = END_IO_VERDICTS.indexOf('incomplete');

/** The points whose second argument is the id of a bio, as far as anything reads them. */
const ABOUT_BIOS: readonly boolean[] = byCode([
  BLOCK_TRACE.block_bio_queue.code,
  BLOCK_TRACE.block_bio_complete.code,
  BLOCK_TRACE.block_data.code,
  BLOCK_TRACE.block_landed.code,
  DM_TRACE.dm_map.code,
  DM_TRACE.dm_end_io.code,
  DM_TRACE.dm_pushback.code,
  DM_TRACE.dm_defer.code,
  DM_TRACE.dm_undefer.code,
  MULTIPATH_TRACE.mpath_bio_queued.code,
  MULTIPATH_TRACE.mpath_bio_dequeued.code,
]);

/** True at each of `codes`: looked up for every record. */
function byCode(codes: readonly number[]): boolean[] {
  const at: boolean[] = [];
  for (const code of codes) at[code] = true;
  return at;
}

/** Points of dm and its targets: codes 100 to 299. */
const isAboutMaps = (point: number): boolean => point >= 100 && point < 300;

/** True for points that the ledger reads. Half of all records are points of the block layer that it skips. */
export const isForLedger = (point: number): boolean =>
  isAboutMaps(point) ||
  point === SIM_TRACE.sched_submits.code ||
  point === BLOCK_TRACE.block_bio_queue.code ||
  point === BLOCK_TRACE.block_bio_complete.code;

export class Ledger {
  readonly bios: Map<number, BioNote> = new Map();
  readonly devices: Map<number, DmNote> = new Map();
  readonly #free: BioNote[] = [];
  #submitter: Submitter | null = null;
  /** Bios with ids up to this one were submitted before the trace was read. */
  readonly unknownUpTo: number;

  constructor(unknownUpTo: number) {
    this.unknownUpTo = unknownUpTo;
  }

  /** Fills in what was known before the event. */
  look(event: TraceEvent): void {
    const { point } = event;
    event.bio = ABOUT_BIOS[point] === true ? (this.bios.get(event.id) ?? null) : null;
    event.dm = isAboutMaps(point) ? this.#device(event.dev) : null;
  }

  /** Applies the event. */
  apply(event: TraceEvent): void {
    const { point } = event;
    if (point === SIM_TRACE.sched_submits.code) this.#submitter = submitterOf(event);
    else if (point < DM_TRACE.dm_map.code) this.#applyBlock(event);
    else if (point === DM_TRACE.dm_remove.code) this.devices.delete(event.dev);
    else if (event.dm !== null) applyDm(event, event.dm);
  }

  #applyBlock(event: TraceEvent): void {
    if (event.point === BLOCK_TRACE.block_bio_queue.code) {
      if ((event.extra & BIO_QUEUE.NEW) !== 0) this.bios.set(event.id, this.#note(event));
    } else if (event.point === BLOCK_TRACE.block_bio_complete.code && event.bio !== null) {
      if (event.bio.pieces.length > 0) this.#forgetPieces(event.bio);
      this.bios.delete(event.id);
      this.#free.push(event.bio);
    }
  }

  #note({ id, dev, op, sector, nrSectors, at }: TraceEvent): BioNote {
    const note = this.#free.pop();
    const by = this.#submitter;
    if (note === undefined)
      return { id, dev, op, sector, nrSectors, at, by, pieces: [], flights: [] };
    note.id = id;
    note.dev = dev;
    note.op = op;
    note.sector = sector;
    note.nrSectors = nrSectors;
    note.at = at;
    note.by = by;
    for (const flight of note.flights) flight.clones = 0;
    return note;
  }

  /** Needed only if a bio completes while it still waits somewhere, which has been reported. */
  #forgetPieces(bio: BioNote): void {
    for (const piece of bio.pieces) {
      const dm = this.devices.get(piece.dev);
      if (dm !== undefined) dropPiece(dm, piece);
    }
    bio.pieces.length = 0;
  }

  #device(dev: number): DmNote {
    let dm = this.devices.get(dev);
    if (dm === undefined) {
      dm = {
        dev,
        table: 0,
        tableIsDestroyed: false,
        state: 'running',
        suspends: 0,
        noflush: false,
        pushedBack: [],
        deferred: [],
        queued: 0,
        validPaths: null,
        pathsAtLoad: new Map(),
      };
      this.devices.set(dev, dm);
    }
    return dm;
  }
}

/** Reads the arguments of `sched_submits` without `argumentsOf`: it comes with nearly every bio. */
function submitterOf(event: TraceEvent): Submitter {
  const { dev: pid, id: line, op: file, sector: comm0, nrSectors: comm1, extra: comm2 } = event;
  return { pid, line, file, comm0, comm1, comm2 };
}

function applyDm(event: TraceEvent, dm: DmNote): void {
  switch (event.point) {
    case DM_TRACE.dm_map.code:
      if (event.extra === MAP_SUBMITTED || event.extra === MAP_REMAPPED) fly(event, dm, 1);
      break;
    case DM_TRACE.dm_end_io.code:
      if (event.extra !== INCOMPLETE) fly(event, dm, -1);
      break;
    case DM_TRACE.dm_pushback.code:
      addPiece(event, dm, 'pushed back');
      break;
    case DM_TRACE.dm_defer.code:
      addPiece(event, dm, 'deferred');
      break;
    case DM_TRACE.dm_undefer.code:
      removePiece(event, dm, (kind) => kind !== 'queued in the target');
      break;
    default:
      if (event.point >= MULTIPATH_TRACE.mpath_path_failed.code) applyMultipath(event, dm);
      else applyState(event, dm);
  }
}

function applyMultipath(event: TraceEvent, dm: DmNote): void {
  switch (event.point) {
    case MULTIPATH_TRACE.mpath_bio_queued.code:
      addPiece(event, dm, 'queued in the target');
      break;
    case MULTIPATH_TRACE.mpath_bio_dequeued.code:
      removePiece(event, dm, (kind) => kind === 'queued in the target');
      break;
    case MULTIPATH_TRACE.mpath_path_failed.code:
    case MULTIPATH_TRACE.mpath_path_reinstated.code:
      // A table that was swapped out ends the activation of its paths before it goes.
      if (event.extra === dm.table) dm.validPaths = event.sector;
      break;
    case MULTIPATH_TRACE.mpath_queue_if_no_path.code: {
      const { table, validPaths } = argumentsOf(event, MULTIPATH_TRACE.mpath_queue_if_no_path);
      dm.pathsAtLoad.set(table, validPaths);
      break;
    }
  }
}

function applyState(event: TraceEvent, dm: DmNote): void {
  switch (event.point) {
    case DM_TRACE.dm_suspend.code: {
      const { phase, noflush } = argumentsOf(event, DM_TRACE.dm_suspend);
      if (phase === BEGIN) dm.suspends++;
      dm.noflush = noflush === 1;
      dm.state = STATE_AFTER[SUSPEND_PHASES[phase] ?? 'undone'];
      break;
    }
    case DM_TRACE.dm_resume.code:
      dm.state = 'running';
      break;
    case DM_TRACE.dm_swap_table.code: {
      const { table } = argumentsOf(event, DM_TRACE.dm_swap_table);
      dm.table = table;
      dm.tableIsDestroyed = false;
      dm.validPaths = dm.pathsAtLoad.get(table) ?? null;
      break;
    }
    case DM_TRACE.dm_destroy_table.code:
      if (dm.table === argumentsOf(event, DM_TRACE.dm_destroy_table).table)
        dm.tableIsDestroyed = true;
      break;
  }
}

const STATE_AFTER: Readonly<Record<(typeof SUSPEND_PHASES)[number], SuspendState>> = {
  begin: 'suspending',
  blocked: 'blocked',
  suspended: 'suspended',
  undone: 'running',
};

function fly({ bio }: TraceEvent, dm: DmNote, by: 1 | -1): void {
  if (bio === null) return;
  let flight = flightOn(bio, dm.dev);
  if (flight === undefined) {
    flight = { dev: dm.dev, clones: 0, table: 0 };
    bio.flights.push(flight);
  }
  flight.clones += by;
  if (by === 1) flight.table = dm.table;
}

/** A bio is on one device, or a few stacked ones, so a list is enough. */
export function flightOn(bio: BioNote, dev: number): Flight | undefined {
  for (const flight of bio.flights) if (flight.dev === dev) return flight;
  return undefined;
}

function addPiece({ bio, sector, nrSectors, at }: TraceEvent, dm: DmNote, kind: WaitingKind): void {
  if (bio === null) return;
  const piece: Piece = { kind, dev: dm.dev, bio, sector, nrSectors, at };
  bio.pieces.push(piece);
  if (kind === 'deferred') dm.deferred.push(piece);
  else if (kind === 'pushed back') dm.pushedBack.push(piece);
  else dm.queued++;
}

function removePiece(event: TraceEvent, dm: DmNote, of: (kind: WaitingKind) => boolean): void {
  const { bio } = event;
  const piece = bio === null ? undefined : findPiece(bio, event, of);
  if (bio === null || piece === undefined) return;
  bio.pieces.splice(bio.pieces.indexOf(piece), 1);
  dropPiece(dm, piece);
}

function dropPiece(dm: DmNote, piece: Piece): void {
  if (piece.kind === 'queued in the target') {
    dm.queued--;
    return;
  }
  const list = piece.kind === 'deferred' ? dm.deferred : dm.pushedBack;
  list.splice(list.indexOf(piece), 1);
}

/** Finds the piece of exactly this range that waits on the event's device. */
export function findPiece(
  bio: BioNote,
  {
    dev,
    sector,
    nrSectors,
  }: { readonly dev: number; readonly sector: number; readonly nrSectors: number },
  of: (kind: WaitingKind) => boolean,
): Piece | undefined {
  for (const piece of bio.pieces) {
    if (piece.dev !== dev || !of(piece.kind)) continue;
    if (piece.sector === sector && piece.nrSectors === nrSectors) return piece;
  }
  return undefined;
}
