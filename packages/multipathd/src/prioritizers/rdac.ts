// rdac.ts — NetApp E-Series: who owns the volume, and who should (VPD page 0xC9). Mirrors libmultipath/prioritizers/rdac.c.
import type { Prioritizer } from './prioritizer.ts';
import { vendorPage } from './vendor-page.ts';

const HEADER: readonly (readonly [at: number, byte: number])[] = [
  [1, 0xc9],
  [3, 0x2c],
  [4, 0x76],
  [5, 0x61],
  [6, 0x63],
];

function priority(page: Uint8Array): number {
  const [state, preference] = [page[8] ?? 0, (page[9] ?? 0) & 0x0f];
  const owns = (state & 1) !== 0 ? 2 : 0;
  const preferred = preference === 1 ? 4 : 0;
  const secondary = preference === 2 ? 1 : 0;
  const ioShipping = (state & 0x20) !== 0 ? 8 : 0;
  return owns + preferred + secondary + ioShipping;
}

export const rdac: Prioritizer = vendorPage({
  name: 'rdac',
  page: 0xc9,
  missing: { message: 'inquiry command indicates error', priority: 0 },
  problem: (page) =>
    HEADER.every(([at, byte]) => page[at] === byte)
      ? null
      : 'volume access control page in unknown format',
  priority,
});
