// repeat-count.ts — The argument that round-robin, queue-length and service-time share, and no longer use. Mirrors
// drivers/md/dm-ps-round-robin.c: rr_add_path, dm-ps-queue-length.c: ql_add_path, dm-ps-service-time.c: st_add_path.
import { mayPrint } from '@dmsim/block';
import { parseKernelUnsigned } from '@dmsim/dm';
import { printk } from '@dmsim/sim';

import type { SelectorHost } from './path-selector.ts';

/** Since Linux 4.6 a path is chosen anew for each I/O, so a larger count becomes 1. Zero stays, and is shown. Null if it is not a number. */
export function readRepeatCount(
  host: SelectorHost,
  selector: { readonly name: string; readonly caller: string },
  word: string | undefined,
): number | null {
  if (word === undefined) return 1;
  const count = parseKernelUnsigned(word);
  if (count === null || count <= 1) return count;
  if (mayPrint(host, selector.caller)) {
    const text = 'repeat_count > 1 is deprecated, using 1 instead';
    printk(host.sim, `device-mapper: multipath ${selector.name}: ${text}`);
  }
  return 1;
}
