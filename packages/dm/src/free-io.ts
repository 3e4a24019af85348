// free-io.ts — Records go back to their free lists. Mirrors dm.c: free_io, free_tio, dm_bio_get_target_bio_nr.
import type { Bio } from '@dmsim/block';

import type { MappedDevice } from './mapped-device.ts';
import type { DmIo, TargetIo } from './target-type.ts';

export function freeIo(md: MappedDevice, io: DmIo): void {
  md.pendingIo--;
  io.next = md.freeIo;
  md.freeIo = io;
}

export function freeTio(tio: TargetIo): void {
  const { ti } = tio;
  tio.next = ti.free;
  ti.free = tio;
}

/** dm_bio_get_target_bio_nr */
export const targetBioNr = (clone: Bio): number => (clone.owner as TargetIo).nr;
