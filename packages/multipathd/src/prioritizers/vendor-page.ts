// vendor-page.ts — The common part of prioritizers that read a page of their vendor.
import { ready } from '@dmsim/vfs';

import type { Prioritizer } from './prioritizer.ts';

export interface VendorPage {
  readonly name: string;
  /** The number of the VPD page. */
  readonly page: number;
  /** The message and the priority for a disk without such a page, and for a page with a problem. */
  readonly missing: { readonly message: string; readonly priority: number };
  /** Null where the page can be used. */
  readonly problem: (page: Uint8Array) => string | null;
  readonly priority: (page: Uint8Array) => number;
}

export const vendorPage = ({
  name,
  page: number,
  missing,
  problem,
  priority,
}: VendorPage): Prioritizer => ({
  name,
  getPriority({ dev }, { host, log }) {
    const page = host.scsi.vpdPage(dev, number);
    const message = page === undefined ? missing.message : problem(page);
    if (message !== null) log.put(0, `${dev}: ${name} prio: ${message}`);
    return ready(page === undefined || message !== null ? missing.priority : priority(page));
  },
});
