// refuse.ts — What multipath-tools have and dmsim has not: it ends the lab with its name.
import { NotSupported } from '@dmsim/sim';

/** `what` is as the user wrote it: `prio path_latency`, `multipath -C`. */
export function refuse(what: string): never {
  throw new NotSupported('multipath-tools', 0, what);
}
