// order-of-release.ts — Bios that were pushed back are mapped before deferred ones, and deferred ones in order.
import { DM_TRACE } from '@dmsim/dm';

import type { Check, Invariant, WatchedRun } from './invariant.ts';
import type { Piece } from './ledger.ts';
import { findPiece } from './ledger.ts';
import { bioText, devText, instantText } from './violation.ts';

function start({ machine, report }: WatchedRun): Check {
  // Linux 6.12 pushes each bio back to the head by itself, so pushed-back bios may be in any order among themselves. With a
  // queue of their own they are in order, but those of a second suspend go before the rest of the first.
  const inOrder = machine.dm.strategy.name === 'pushback';
  return {
    see(event) {
      const { bio, dm, at, dev } = event;
      // While a suspend has only begun, the worker still runs beside it.
      if (bio === null || dm === null || dm.state !== 'running') return;
      const piece = findPiece(bio, event, (kind) => kind !== 'queued in the target');
      if (piece === undefined) return;
      const before = overtaken(piece, dm, inOrder);
      if (before === undefined) return;
      const message = `${bioText(bio)}, ${piece.kind}, leaves the queue of ${devText(dev)} ${instantText(at)} before ${bioText(before.bio)}, which was ${before.kind} first`;
      report({ message, at, bioId: bio.id, dev });
    },
  };
}

/** The piece that should have gone first. */
function overtaken(
  piece: Piece,
  dm: { readonly pushedBack: readonly Piece[]; readonly deferred: readonly Piece[] },
  inOrder: boolean,
): Piece | undefined {
  const { pushedBack, deferred } = dm;
  if (piece.kind === 'deferred') return pushedBack[0] ?? older(deferred[0], piece);
  return inOrder
    ? older(
        pushedBack.find(({ round }) => round === piece.round),
        piece,
      )
    : undefined;
}

const older = (first: Piece | undefined, piece: Piece): Piece | undefined =>
  first !== undefined && first !== piece ? first : undefined;

export const orderOfRelease: Invariant = {
  name: 'pushed-back I/O goes before deferred I/O',
  meaning: 'Writes that wait overtake each other: the older data may overwrite the newer.',
  points: [DM_TRACE.dm_undefer.code],
  start,
};
