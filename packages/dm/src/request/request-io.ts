// request-io.ts — The record of a request while it is in dm. Mirrors dm-rq.c: struct dm_rq_target_io.
import type { Request } from '@dmsim/block';

import type { DmTarget, RqContext } from '../target-type.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface RequestIo {
  ti: DmTarget;
  readonly context: Mutable<RqContext>;
  /** For dm-stats. */
  merged: boolean;
  startedAt: number;
}

/** The record stays with the request while the target's type stays the same, since `perBio` belongs to that type. */
export function requestIo(rq: Request, ti: DmTarget): RequestIo {
  const known = rq.pdu as RequestIo | null;
  if (known !== null && known.ti.type === ti.type) {
    known.ti = ti;
    known.context.clone = null;
    return known;
  }
  const io: RequestIo = {
    ti,
    context: { original: rq, clone: null, perBio: ti.type.perBio?.() },
    merged: false,
    startedAt: 0,
  };
  rq.pdu = io;
  return io;
}
