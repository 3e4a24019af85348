// one-place.ts — At any instant a bio is in exactly one place.
import { BLOCK_TRACE } from '@dmsim/block';
import { DM_TRACE, MAP_VERDICTS } from '@dmsim/dm';
import { MULTIPATH_TRACE } from '@dmsim/multipath';

import type { TraceEvent } from '../trace-event.ts';
import type { Check, Invariant, WatchedRun } from './invariant.ts';
import type { BioNote, Piece, WaitingKind } from './ledger.ts';
import { findPiece, flightOn } from './ledger.ts';
import { bioText, devText, instantText, rangeText } from './violation.ts';

const SUBMITTED = MAP_VERDICTS.indexOf('submitted');
const inTarget = (kind: WaitingKind): boolean => kind === 'queued in the target';
const inCore = (kind: WaitingKind): boolean => kind !== 'queued in the target';
const anywhere = (): boolean => true;

function start({ ledger, report }: WatchedRun): Check {
  const say = ({ at, id, dev }: TraceEvent, bio: BioNote, what: string): void =>
    report({ message: `${bioText(bio)}: ${what} ${instantText(at)}`, at, bioId: id, dev });

  const enter = (event: TraceEvent, bio: BioNote, what: string): void => {
    const there = overlapping(bio, event, anywhere);
    if (there !== undefined) say(event, bio, `${what} while ${pieceText(there)}`);
    else if (isWhole(event, bio) && event.point !== MULTIPATH_TRACE.mpath_bio_queued.code) {
      const flight = flightOn(bio, event.dev);
      if (flight !== undefined && flight.clones > 0)
        say(event, bio, `${what} while the target has it`);
    }
  };
  const leave = (event: TraceEvent, bio: BioNote, from: 'target' | 'core'): void => {
    const of = from === 'target' ? inTarget : inCore;
    if (findPiece(bio, event, of) !== undefined) return;
    const range = rangeText(event.sector, event.nrSectors);
    say(
      event,
      bio,
      `${range} leaves a queue of ${devText(event.dev)} (${from}) on which it is not`,
    );
  };
  const map = (event: TraceEvent, bio: BioNote): void => {
    // `submitted` is traced when the target has queued it already.
    const there = overlapping(bio, event, event.extra === SUBMITTED ? inCore : anywhere);
    if (there !== undefined) say(event, bio, `is mapped while ${pieceText(there)}`);
  };
  const complete = (event: TraceEvent, bio: BioNote): void => {
    const [there] = bio.pieces;
    if (there !== undefined) say(event, bio, `completes while ${pieceText(there)}`);
    const flight = bio.flights.find(({ clones }) => clones > 0);
    if (flight !== undefined)
      say(event, bio, `completes while a target of ${devText(flight.dev)} has it`);
  };
  return {
    see(event) {
      const { bio, id, at, dev } = event;
      if (bio === null) {
        if (id <= ledger.unknownUpTo || event.point === BLOCK_TRACE.block_bio_complete.code) return;
        const message = `${bioText(event)} is ${VERBS[event.point] ?? 'seen'} ${instantText(at)} though it has completed`;
        report({ message, at, bioId: id, dev });
        return;
      }
      switch (event.point) {
        case DM_TRACE.dm_map.code:
          return map(event, bio);
        case DM_TRACE.dm_undefer.code:
          return leave(event, bio, 'core');
        case MULTIPATH_TRACE.mpath_bio_dequeued.code:
          return leave(event, bio, 'target');
        case BLOCK_TRACE.block_bio_complete.code:
          return complete(event, bio);
        default:
          return enter(event, bio, `is ${VERBS[event.point] ?? 'seen'}`);
      }
    },
  };
}

const VERBS: Readonly<Record<number, string>> = {
  [DM_TRACE.dm_map.code]: 'mapped',
  [DM_TRACE.dm_pushback.code]: 'pushed back',
  [DM_TRACE.dm_defer.code]: 'deferred',
  [DM_TRACE.dm_undefer.code]: 'taken from deferred',
  [MULTIPATH_TRACE.mpath_bio_queued.code]: 'queued in the target',
  [MULTIPATH_TRACE.mpath_bio_dequeued.code]: 'taken from the target',
};

const pieceText = ({ kind, dev, sector, nrSectors }: Piece): string =>
  `${rangeText(sector, nrSectors)} of it is ${kind} on ${devText(dev)}`;

function isWhole({ dev, sector, nrSectors }: TraceEvent, bio: BioNote): boolean {
  return dev === bio.dev && sector === bio.sector && nrSectors === bio.nrSectors && nrSectors > 0;
}

/** Empty flushes overlap nothing: several of one bio may be under way. */
function overlapping(
  bio: BioNote,
  { dev, sector, nrSectors }: TraceEvent,
  of: (kind: WaitingKind) => boolean,
): Piece | undefined {
  if (nrSectors === 0) return undefined;
  for (const piece of bio.pieces) {
    if (piece.dev !== dev || !of(piece.kind)) continue;
    if (sector < piece.sector + piece.nrSectors && piece.sector < sector + nrSectors) return piece;
  }
  return undefined;
}

export const onePlace: Invariant = {
  name: 'a bio is in one place',
  meaning: 'An I/O is kept in two places at once: it would be done twice, or lost.',
  points: [...Object.keys(VERBS).map(Number), BLOCK_TRACE.block_bio_complete.code],
  start,
};
