// mpath-io.ts — What the target keeps per I/O. Mirrors dm-mpath.c: struct dm_mpath_io, and dm-bio-record.h.
import type { Bio, BlockDevice } from '@dmsim/block';
import type { Nanos } from '@dmsim/sim';

import type { PgPath } from './pgpath.ts';

/** Made once per pooled clone or request. */
export interface MpathIo {
  /**
   * Where it was sent last. It stays set while a bio that failed there waits for another path: should the bio be given
   * up then, the path is charged again, as in Linux.
   */
  pgpath: PgPath | null;
  nrBytes: number;
  startTime: Nanos;
  /** Request mode: the selector counts it as in flight. */
  started: boolean;
  /** The bio while it waits inside the target; in request mode the bio of the clone, for this record's whole life. */
  bio: Bio | null;
  /** Link of the list of waiting bios. */
  next: MpathIo | null;
  /** As the bio was before it was sent to a path (dm_bio_record). */
  sector: number;
  nrSectors: number;
  dataOffset: number;
}

export function createMpathIo(): MpathIo {
  return {
    pgpath: null,
    nrBytes: 0,
    startTime: 0,
    started: false,
    bio: null,
    next: null,
    sector: 0,
    nrSectors: 0,
    dataOffset: 0,
  };
}

/** A bio arrives from the core (multipath_init_per_bio_data). */
export function recordBio(io: MpathIo, bio: Bio): void {
  io.pgpath = null;
  io.nrBytes = bio.nrSectors * 512;
  io.sector = bio.sector;
  io.nrSectors = bio.nrSectors;
  io.dataOffset = bio.dataOffset;
}

/** Makes the bio again what it was when it arrived at `dev`; flags stay as they are (dm_bio_restore). */
export function restoreBio(io: MpathIo, bio: Bio, dev: BlockDevice): void {
  bio.dev = dev;
  bio.sector = io.sector;
  bio.nrSectors = io.nrSectors;
  bio.dataOffset = io.dataOffset;
  bio.remaining = 1;
}
