// partition-table.ts — Reads partition tables. Mirrors block/partitions/msdos.c: msdos_partition, parse_extended.
import { findGpt } from './gpt.ts';

/** Where a partition lies on its disk, in sectors. */
export interface PartitionSpec {
  readonly number: number;
  readonly start: number;
  readonly sectors: number;
}

/** A table that the kernel knows. */
export interface FoundTable {
  readonly partitions: readonly PartitionSpec[];
  /** Lines of the log about faults of the table. */
  readonly remarks: readonly string[];
  /** The names that the log lists behind that of the disk. */
  readonly text: (nameOf: (number: number) => string) => string;
}

type Peek = (sector: number, nrSectors: number) => Uint8Array;

const EFI_PMBR = 0xee;
const MAX_LOGICAL = 256;
const EXTENDED: ReadonlySet<number> = new Set([0x05, 0x0f, 0x85]);

/** Null if there is none. `perBlock` is the number of sectors in a logical block of the disk. */
export function findPartitions(peek: Peek, capacity: number, perBlock: number): FoundTable | null {
  const boot = peek(0, 1);
  if (boot[510] !== 0x55 || boot[511] !== 0xaa) return null;
  const medium = { peek, capacity, perBlock };
  const protective = entriesOf(boot).filter(({ type }) => type === EFI_PMBR);
  if (protective.length === 0) return findMsdos(medium, boot);
  return protective.some(({ start }) => start === 1) ? findGpt(medium) : null;
}

const u32 = (bytes: Uint8Array, at: number): number =>
  (bytes[at] as number) +
  (bytes[at + 1] as number) * 0x100 +
  (bytes[at + 2] as number) * 0x10000 +
  (bytes[at + 3] as number) * 0x1000000;

interface Entry {
  readonly flag: number;
  readonly type: number;
  readonly start: number;
  readonly sectors: number;
}

function entriesOf(table: Uint8Array): Entry[] {
  return [0, 1, 2, 3].map((i) => {
    const at = 446 + 16 * i;
    return {
      flag: table[at] as number,
      type: table[at + 4] as number,
      start: u32(table, at + 8),
      sectors: u32(table, at + 12),
    };
  });
}

/** The disk to be searched. */
export interface Medium {
  readonly peek: Peek;
  /** Sectors. */
  readonly capacity: number;
  /** Sectors of a logical block. */
  readonly perBlock: number;
}

function findMsdos(medium: Medium, boot: Uint8Array): FoundTable | null {
  const entries = entriesOf(boot);
  if (!entries.every(({ flag }) => flag === 0 || flag === 0x80)) return null;
  if (looksLikeFat(boot, entries)) return null;
  const partitions: PartitionSpec[] = [];
  const words: ((nameOf: (number: number) => string) => string)[] = [];
  let logical = 5;
  for (const [i, { type, start, sectors }] of entries.entries()) {
    if (sectors === 0) continue;
    const number = i + 1;
    words.push((nameOf) => ` ${nameOf(number)}`);
    if (!EXTENDED.has(type)) {
      partitions.push(inSectors(medium, number, { start, sectors }));
      continue;
    }
    // A boot loader may stand in an extended partition, which shows no more than two sectors.
    partitions.push({
      ...inSectors(medium, number, { start, sectors }),
      sectors: Math.min(sectors * medium.perBlock, Math.max(medium.perBlock, 2)),
    });
    const inside = logicalPartitions(medium, start * medium.perBlock, logical);
    logical += inside.length;
    partitions.push(...inside);
    words.push((nameOf) => ` <${inside.map((part) => ` ${nameOf(part.number)}`).join('')} >`);
  }
  return { partitions, remarks: [], text: (nameOf) => words.map((word) => word(nameOf)).join('') };
}

const inSectors = (
  { perBlock }: Medium,
  number: number,
  { start, sectors }: Pick<Entry, 'start' | 'sectors'>,
): PartitionSpec => ({ number, start: start * perBlock, sectors: sectors * perBlock });

/** A file system without a table has such a boot sector, too. */
function looksLikeFat(boot: Uint8Array, entries: readonly Entry[]): boolean {
  const media = boot[21] as number;
  const jump = boot[0] === 0xeb || boot[0] === 0xe9;
  return jump && (media === 0xf0 || media >= 0xf8) && entries.every(({ sectors }) => sectors === 0);
}

/** Each logical partition has a table of its own, which leads to the next one. */
function logicalPartitions(medium: Medium, first: number, from: number): PartitionSpec[] {
  const { peek, capacity, perBlock } = medium;
  const found: PartitionSpec[] = [];
  let at = first;
  for (let i = 0; i < MAX_LOGICAL && at < capacity; i++) {
    const table = peek(at, 1);
    if (table[510] !== 0x55 || table[511] !== 0xaa) break;
    const entries = entriesOf(table);
    for (const { type, start, sectors } of entries) {
      if (sectors === 0 || EXTENDED.has(type)) continue;
      found.push({
        number: from + found.length,
        start: at + start * perBlock,
        sectors: sectors * perBlock,
      });
    }
    const next = entries.find(({ type, sectors }) => EXTENDED.has(type) && sectors > 0);
    if (next === undefined) break;
    at = first + next.start * perBlock;
  }
  return found;
}
