// transfer.ts — The moment a medium and a bio exchange data: what a driver does between a command's arrival and its end.
import { recordIo } from '@dmsim/sim';

import type { Bio } from './bio.ts';
import { REQ_OP } from './op.ts';
import type { Store } from './store.ts';
import { readStore, writeStore, zeroStore } from './store.ts';
import { BLOCK_TRACE } from './trace-points.ts';

/** Carries the bio out against the store. */
export function transfer(bio: Bio, store: Store): void {
  switch (bio.op) {
    case REQ_OP.READ:
      if (bio.data !== null) readStore(store, bio.sector, bio.nrSectors, bio.data, bio.dataOffset);
      return;
    case REQ_OP.WRITE:
      if (bio.data !== null) writeStore(store, bio.sector, bio.nrSectors, bio.data, bio.dataOffset);
      traceLanded(bio);
      return;
    case REQ_OP.DISCARD:
    case REQ_OP.SECURE_ERASE:
    case REQ_OP.WRITE_ZEROES:
      zeroStore(store, bio.sector, bio.nrSectors);
      return;
    case REQ_OP.FLUSH:
      return;
  }
}

/** A write has reached the medium. */
export function traceLanded(bio: Bio): void {
  const { dev } = bio;
  const { sim } = dev.layer;
  if (sim.trace === null) return;
  recordIo(sim, BLOCK_TRACE.block_landed.code, dev.dev, bio, 0);
}
