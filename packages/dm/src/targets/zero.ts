// zero.ts — Reads zeroes, drops writes. Mirrors drivers/md/dm-zero.c.
import type { Bio } from '@dmsim/block';
import { bioEndio, REQ, REQ_OP } from '@dmsim/block';

import type { MapVerdict, TargetType } from '../target-type.ts';

function map(bio: Bio): MapVerdict {
  switch (bio.op) {
    case REQ_OP.READ:
      // Reading ahead from zeroes is a waste, so Linux fails it.
      if ((bio.flags & REQ.RAHEAD) !== 0) return 'kill';
      bio.data?.fill(0, bio.dataOffset, bio.dataOffset + bio.nrSectors * 512);
      break;
    case REQ_OP.WRITE:
    case REQ_OP.DISCARD:
      break;
    default:
      return 'kill';
  }
  bioEndio(bio);
  return 'submitted';
}

export const zeroTarget: TargetType<null> = {
  name: 'zero',
  version: [1, 2, 0],
  ctr(ti, argv) {
    if (argv.length > 0) return { error: 'No arguments required', errno: 'EINVAL' };
    ti.numDiscardBios = 1;
    ti.discardsSupported = true;
    return { state: null };
  },
  map: (_ti, bio) => map(bio),
};
