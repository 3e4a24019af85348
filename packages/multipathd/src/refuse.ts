// refuse.ts — Ends a lab that uses a part of multipath-tools that is not simulated, with a message that names it.
import { NotSupported } from '@dmsim/sim';

/** `what` is as the user wrote it: `prio path_latency`, `multipath -C`. */
export function refuse(what: string): never {
  throw new NotSupported('multipath-tools', 0, what);
}
