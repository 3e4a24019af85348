// free-io.ts — Returns records to their free list. Mirrors dm.c: free_io, free_tio, dm_bio_get_target_bio_nr.
import type { Bio } from '@dmsim/block';

import type { MappedDevice } from './mapped-device.ts';
import type { DmIo, TargetIo } from './target-type.ts';

export function freeIo(md: MappedDevice, io: DmIo): void {
  md.pendingIo--;
  // Every record was allocated with a clone inside.
  putRecord(io as TargetIo);
}

/** A clone inside its record is freed with the record, not here (DM_TIO_INSIDE_DM_IO). */
export function freeTio(tio: TargetIo): void {
  if (tio.io === tio) return;
  tio.io = tio;
  putRecord(tio);
}

function putRecord(tio: TargetIo): void {
  const { ti } = tio;
  tio.next = ti.free;
  ti.free = tio;
}

/** dm_bio_get_target_bio_nr */
export const targetBioNr = (clone: Bio): number => (clone.owner as TargetIo).nr;
