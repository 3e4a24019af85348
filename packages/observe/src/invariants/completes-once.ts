// completes-once.ts — Every bio completes, and completes once.
import type { BlockDevice } from '@dmsim/block';
import { BIO_QUEUE, BLK_STS, BLOCK_TRACE } from '@dmsim/block';

import type { TraceEvent } from '../trace-event.ts';
import type { Watched } from '../watched.ts';
import type { Check, Invariant, WatchedRun } from './invariant.ts';
import type { BioNote, DmNote, Ledger } from './ledger.ts';
import { bioText, devText, instantText } from './violation.ts';

function start({ machine, ledger, report }: WatchedRun): Check {
  const completed = (event: TraceEvent): void => {
    const { id, at, dev } = event;
    if (event.bio === null && id > ledger.unknownUpTo) {
      const message = `${bioText(event)} completes ${instantText(at)} though it is not under way`;
      report({ message, at, bioId: id, dev });
    } else if (event.extra === BLK_STS.DM_REQUEUE) {
      const message = `${bioText(event.bio ?? event)} is ended ${instantText(at)} with "give it back", which only dm may see`;
      report({ message, at, bioId: id, dev });
    }
  };
  const submitted = ({ bio, id, at, dev }: TraceEvent): void => {
    if (bio === null) return;
    const message = `${bioText(bio)} is submitted again ${instantText(at)} while it is under way`;
    report({ message, at, bioId: id, dev });
  };
  return {
    see(event) {
      if (event.point === BLOCK_TRACE.block_bio_complete.code) completed(event);
      else if ((event.extra & BIO_QUEUE.NEW) !== 0) submitted(event);
    },
    end({ nothingDue }) {
      if (!nothingDue) return;
      const at = machine.sim.now;
      for (const bio of ledger.bios.values()) {
        if (maySleep(machine, ledger, bio)) continue;
        const message = `${bioText(bio)}, submitted ${instantText(bio.at)}, is ${placeText(bio)} ${instantText(at)}, and nothing will ever complete it`;
        report({ message, at, bioId: bio.id, dev: bio.dev });
      }
    },
  };
}

function placeText({ pieces, flights }: BioNote): string {
  const [piece] = pieces;
  if (piece !== undefined) return `${piece.kind} on ${devText(piece.dev)}`;
  const flight = flights.find(({ clones }) => clones > 0);
  return flight === undefined ? 'nowhere' : `below ${devText(flight.dev)}`;
}

/**
 * True if the bio may wait for something from outside: for the resume of a device, for a path, for a disk to be unblocked.
 * In doubt it may, since queueing is meant for I/O without a path.
 */
function maySleep(machine: Watched, ledger: Ledger, bio: BioNote): boolean {
  const flights = bio.flights.filter(({ clones }) => clones > 0);
  for (const { dev } of [bio, ...flights, ...bio.pieces]) {
    const dm = ledger.devices.get(dev);
    if (dm !== undefined && (dm.state !== 'running' || mayLackPaths(dm, bio))) return true;
  }
  return [...machine.layer.devices.values()].some(isBlocked);
}

/** `path-used.ts` checks bios that wait inside the target; requests wait in the device's queue. */
function mayLackPaths(dm: DmNote, bio: BioNote): boolean {
  if (bio.pieces.some((p) => p.kind === 'queued in the target' && p.dev === dm.dev)) return true;
  return dm.validPaths === 0;
}

const isBlocked = (dev: BlockDevice): boolean => dev.queue?.quiesced === true;

export const completesOnce: Invariant = {
  name: 'every bio completes exactly once',
  meaning: 'Someone waits for an I/O that never ends, or was told twice that it has.',
  points: [BLOCK_TRACE.block_bio_queue.code, BLOCK_TRACE.block_bio_complete.code],
  start,
};
