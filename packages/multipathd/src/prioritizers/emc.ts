// emc.ts — EMC CLARiiON: who owns the LUN, and who should (VPD page 0xC0). Mirrors libmultipath/prioritizers/emc.c.
import { PRIO_UNDEF } from '../path.ts';
import type { Prioritizer } from './prioritizer.ts';
import { vendorPage } from './vendor-page.ts';

/** Its bytes, as far as they count. */
const INITIATOR_TYPE = 27;
const FAILOVER_MODE = 28;
const COMM_PATH = 30;
const OPERATIONS = 48;
const LUN_STATE = 4;
const DEFAULT_OWNER = 5;
const CURRENT_OWNER = 8;

function problem(page: Uint8Array): string | null {
  const byte = (at: number): number => page[at] ?? 0;
  if (byte(1) !== 0xc0 || byte(9) !== 0) return 'path unit report page in unknown format';
  const mode = byte(FAILOVER_MODE) & 0x07;
  const isConfigured =
    byte(INITIATOR_TYPE) === 3 && (mode === 4 || mode === 6) && (byte(COMM_PATH) & 4) !== 0;
  if (!isConfigured) return 'path not correctly configured for failover';
  return byte(OPERATIONS) === 0 ? null : 'path not available for normal operations';
}

export const emc: Prioritizer = vendorPage({
  name: 'emc',
  page: 0xc0,
  missing: { message: 'query command indicates error', priority: PRIO_UNDEF },
  problem,
  priority: (page) =>
    (page[LUN_STATE] ?? 0) + (page[DEFAULT_OWNER] === page[CURRENT_OWNER] ? 2 : 0),
});
