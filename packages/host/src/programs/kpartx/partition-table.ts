// partition-table.ts — Parses the partitions of a DOS label, with the logical ones. As kpartx/dos.c of multipath-tools does it.

/** A part of a disk, in sectors; `number` is 1 … 4 for primary partitions, from 5 on for logical ones. */
export interface Partition {
  readonly number: number;
  readonly start: number;
  readonly length: number;
}

const SECTOR = 512;
const TABLE = 446;
const ENTRY = 16;
const EXTENDED: ReadonlySet<number> = new Set([0x05, 0x0f, 0x85]);
const FIRST_LOGICAL = 5;
/** A longer chain of logical partitions counts as a loop. */
const MAX_PARTITIONS = 128;

/** Returns null if there is no label, or one that only protects a GUID partition table. */
export function readPartitions(
  sector: (number: number) => Uint8Array,
): readonly Partition[] | null {
  const first = sector(0);
  if (first[510] !== 0x55 || first[511] !== 0xaa) return null;
  const entries = entriesOf(first);
  if (entries.some(({ type }) => type === 0xee)) return null;
  const primary = entries.flatMap(({ start, length }, i) =>
    length === 0 ? [] : [{ number: i + 1, start, length }],
  );
  const extended = entries.find(({ type, length }) => EXTENDED.has(type) && length > 0);
  return extended === undefined ? primary : [...primary, ...logical(sector, extended.start)];
}

interface Entry {
  readonly type: number;
  readonly start: number;
  readonly length: number;
}

function entriesOf(sector: Uint8Array): Entry[] {
  const view = new DataView(sector.buffer, sector.byteOffset, SECTOR);
  return [0, 1, 2, 3].map((i) => {
    const at = TABLE + i * ENTRY;
    return {
      type: view.getUint8(at + 4),
      start: view.getUint32(at + 8, true),
      length: view.getUint32(at + 12, true),
    };
  });
}

/** Follows the chain of logical partitions. Each one's sector describes it and the place of the next sector, relative to the extended partition. */
function logical(sector: (number: number) => Uint8Array, base: number): Partition[] {
  const found: Partition[] = [];
  let at = base;
  while (found.length < MAX_PARTITIONS) {
    const [own, next] = entriesOf(sector(at));
    if (own !== undefined && own.length > 0) {
      found.push({
        number: FIRST_LOGICAL + found.length,
        start: at + own.start,
        length: own.length,
      });
    }
    if (next === undefined || !EXTENDED.has(next.type) || next.length === 0) break;
    at = base + next.start;
  }
  return found;
}
