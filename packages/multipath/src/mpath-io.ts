// mpath-io.ts — Records an I/O as it arrived, and restores it. Mirrors dm-mpath.c: multipath_init_per_bio_data, and dm-bio-record.h.
import type { Bio, BlockDevice } from '@dmsim/block';

import type { MpathIo } from './multipath.ts';

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

/** Records a bio that arrives from the core (multipath_init_per_bio_data). */
export function recordBio(io: MpathIo, bio: Bio): void {
  io.pgpath = null;
  io.nrBytes = bio.nrSectors * 512;
  io.sector = bio.sector;
  io.nrSectors = bio.nrSectors;
  io.dataOffset = bio.dataOffset;
}

/** Restores the bio to its state when it arrived at `dev`, except for its flags (dm_bio_restore). */
export function restoreBio(io: MpathIo, bio: Bio, dev: BlockDevice): void {
  bio.dev = dev;
  bio.sector = io.sector;
  bio.nrSectors = io.nrSectors;
  bio.dataOffset = io.dataOffset;
  bio.remaining = 1;
}
