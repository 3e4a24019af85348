// partition-table.ts — Parses the partitions of a DOS label, with the logical ones. As kpartx/dos.c of multipath-tools does it.
import { NotSupported } from '@dmsim/sim';

/** A part of a disk, in sectors; `number` is 1 … 4 for primary partitions, from 5 on for logical ones. */
export interface Partition {
  readonly number: number;
  readonly start: number;
  readonly length: number;
  /** The number of the extended partition that a logical one lies in. */
  readonly container?: number;
}

const SECTOR = 512;
const TABLE = 446;
const ENTRY = 16;
const EXTENDED: ReadonlySet<number> = new Set([0x05, 0x0f, 0x85]);
const FIRST_LOGICAL = 5;
/** A longer chain of logical partitions counts as a loop. */
const MAX_LOGICAL = 252;
/** kpartx itself follows a chain that leads back to where it was for ever. */
const MAX_LINKS = 10_000;

/** An extended partition holds no data: its map is as long as a boot loader's, a kibibyte or a sector. */
const EXTENDED_LENGTH = 2;

export interface DosLabel {
  readonly partitions: readonly Partition[];
  /** The messages for standard error. */
  readonly warnings: string;
}

/**
 * Returns null if there is no label, or one that only protects a GUID partition table. `sector` counts 512 bytes; a label
 * counts sectors of the disk, `per` times as large.
 */
export function readPartitions(
  sector: (number: number) => Uint8Array,
  per: number,
): DosLabel | null {
  const first = sector(0);
  if (!isSigned(first)) return null;
  const entries = entriesOf(first, per);
  if (entries.some(({ type }) => type === 0xee)) return null;
  const primary: Partition[] = [];
  const logical: Partition[] = [];
  let warnings = '';
  for (const [i, { type, start, length }] of entries.entries()) {
    const number = i + 1;
    const isExtended = EXTENDED.has(type);
    primary.push({ number, start, length: isExtended ? Math.max(EXTENDED_LENGTH, per) : length });
    if (isExtended && !addLogical(logical, sector, { number, start, per })) warnings += TOO_MANY;
  }
  return { partitions: [...primary, ...logical].filter(({ length }) => length > 0), warnings };
}

const TOO_MANY = 'dos_extd_partition: too many slices\n';

const isSigned = (sector: Uint8Array): boolean => sector[510] === 0x55 && sector[511] === 0xaa;

interface Entry {
  readonly type: number;
  readonly start: number;
  readonly length: number;
}

/** In units of 512 bytes. */
function entriesOf(sector: Uint8Array, per: number): Entry[] {
  const view = new DataView(sector.buffer, sector.byteOffset, SECTOR);
  return [0, 1, 2, 3].map((i) => {
    const at = TABLE + i * ENTRY;
    return {
      type: view.getUint8(at + 4),
      start: per * view.getUint32(at + 8, true),
      length: per * view.getUint32(at + 12, true),
    };
  });
}

/**
 * Follows the chain of sectors that begins an extended partition. Two entries of each count: logical partitions, which
 * take a number even if they are empty, and the place of the next sector, relative to the extended partition. Returns
 * false if there were too many.
 */
function addLogical(
  found: Partition[],
  sector: (number: number) => Uint8Array,
  {
    number: container,
    start: base,
    per,
  }: Pick<Partition, 'number' | 'start'> & { readonly per: number },
): boolean {
  let at: number | null = base;
  for (let links = 0; at !== null; links++) {
    if (links > MAX_LINKS) throw new NotSupported('kpartx', 0, 'a chain of partitions without end');
    const here: number = at;
    at = null;
    const bytes = sector(here);
    if (!isSigned(bytes)) return true;
    for (const { type, start, length } of entriesOf(bytes, per).slice(0, 2)) {
      if (EXTENDED.has(type)) {
        if (at === null && start > 0 && length > 0) at = base + start;
        continue;
      }
      if (found.length >= MAX_LOGICAL) return false;
      const number = FIRST_LOGICAL + found.length;
      found.push({ number, start: here + start, length, container });
    }
  }
  return true;
}
