// submit-bio.ts — Takes a bio that enters a mapped device. Mirrors dm.c: dm_submit_bio.
import type { Bio } from '@dmsim/block';
import {
  BLK_STS,
  bioEndio,
  bioIoError,
  maxSectorsOf,
  mayPrint,
  REQ,
  REQ_OP,
  submitInParts,
} from '@dmsim/block';
import { printk } from '@dmsim/sim';

import { defer } from './deferred.ts';
import type { MappedDevice } from './mapped-device.ts';
import { splitAndProcessBio } from './split-bio.ts';
import type { DmTable } from './table/table.ts';

export function dmSubmitBio(md: MappedDevice, bio: Bio): void {
  const { map } = md;
  // Checked before the suspend flag: without a table the bio fails, suspended or not.
  if (map === null) {
    if (mayPrint(md.dm.layer, 'dm_submit_bio')) {
      printk(md.dm.sim, `device-mapper: core: ${md.name}: mapping table unavailable, erroring io`);
    }
    bioIoError(bio);
    return;
  }
  if (md.blockIoForSuspend) {
    submitWhileSuspended(md, bio);
    return;
  }
  if (bio.op === REQ_OP.DISCARD) submitDiscard(md, map, bio);
  else splitAndProcessBio(md, map, bio);
}

/** A discard that is larger than the map's limit is split before it counts (bio_split_to_limits). */
function submitDiscard(md: MappedDevice, map: DmTable, bio: Bio): void {
  const max = maxSectorsOf(bio);
  if (max === 0 || bio.nrSectors <= max) splitAndProcessBio(md, map, bio);
  else submitInParts(bio, max, (part) => splitAndProcessBio(md, map, part));
}

function submitWhileSuspended(md: MappedDevice, bio: Bio): void {
  if ((bio.flags & REQ.NOWAIT) !== 0) {
    bio.status = BLK_STS.AGAIN;
    bioEndio(bio);
  } else if ((bio.flags & REQ.RAHEAD) !== 0) {
    bioIoError(bio);
  } else {
    defer(md, bio);
  }
}
