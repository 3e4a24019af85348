// sparse-runs.ts — Which sectors of new data are worth writing: all but long runs of zeroes. As is_allocated_sectors_min of qemu-img.c.
import { isZero } from './image-data.ts';
import { SECTOR } from './sizes.ts';

export interface SparseRun {
  readonly isData: boolean;
  readonly bytes: number;
}

interface Place {
  /** Where the run begins in the data. */
  readonly at: number;
  /** Where the data begins on the target. */
  readonly start: number;
  /** The shortest run of zeroes that counts, in sectors. */
  readonly least: number;
}

/** The next run of data or of zeroes. Shorter runs of zeroes within data are data, too. */
export function nextRun(data: Uint8Array, { at, start, least }: Place): SparseRun {
  const whole = Math.ceil((data.length - at) / SECTOR);
  const shortest = Math.min(whole, least);
  const alignment = 2 ** Math.floor(Math.log2(Math.max(1, least)));
  const first = alikeFrom(data, { at, start, alignment });
  if (!first.isData) return { isData: false, bytes: first.sectors * SECTOR };
  let used = first.sectors;
  for (let checked = used; checked < whole;) {
    const next = alikeFrom(data, { at: at + checked * SECTOR, start, alignment });
    checked += next.sectors;
    if (next.isData) used = checked;
    else if (next.sectors >= shortest) break;
  }
  return { isData: true, bytes: used * SECTOR };
}

interface Alike {
  readonly isData: boolean;
  readonly sectors: number;
}

/** The sectors that are alike, up to a multiple of the alignment: data reaches up to it, zeroes down to it. */
function alikeFrom(
  data: Uint8Array,
  {
    at,
    start,
    alignment,
  }: { readonly at: number; readonly start: number; readonly alignment: number },
): Alike {
  const sectors = Math.ceil((data.length - at) / SECTOR);
  const zeroAt = (i: number): boolean =>
    isZero(data.subarray(at + i * SECTOR, at + (i + 1) * SECTOR));
  const zero = zeroAt(0);
  let n = 1;
  while (n < sectors && zeroAt(n) === zero) n++;
  if (n === sectors) return { isData: !zero, sectors };
  const tail = (Math.floor((start + at) / SECTOR) + n) % alignment;
  if (tail === 0) return { isData: !zero, sectors: n };
  const isData = !zero || n <= tail;
  return { isData, sectors: Math.min(sectors, isData ? n + alignment - tail : n - tail) };
}
