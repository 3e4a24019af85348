// gpt.ts — Parses a GUID partition table, of the two that a disk has the one that can be used. As kpartx/gpt.c of multipath-tools does it.
import type { GptHeader } from '@dmsim/block';
import { crc32, gptDifferences, gptHeaderIn } from '@dmsim/block';

import type { Partition } from './partition-table.ts';

const ENTRY = 128;
/** A larger array of entries is taken for a broken one, as where memory for it can't be had. */
const MAX_ARRAY = 1 << 24;
/** kpartx looks at no more partitions. */
const MAX_PARTITIONS = 256;

export interface GptAnswer {
  /** Null if the disk has no table that can be used. */
  readonly partitions: readonly Partition[] | null;
  /** The message for standard error. */
  readonly warnings: string;
}

export interface GptDisk {
  /** Bytes of a sector: 512, or 4096 and the like. */
  readonly size: number;
  readonly sector: (number: number) => Uint8Array;
  /** The number of the last sector. */
  readonly last: number;
  /** -g: whatever the first sector says. */
  readonly force: boolean;
}

interface Table {
  readonly header: GptHeader;
  readonly entries: Uint8Array;
}

export function readGpt(disk: GptDisk): GptAnswer {
  const { last, force } = disk;
  const none: GptAnswer = { partitions: null, warnings: '' };
  const primary = tableAt(disk, 1);
  const named = primary === null ? null : tableAt(disk, primary.header.other);
  const alternate = named ?? tableAt(disk, last);
  const table = primary ?? alternate;
  if (table === null) return none;
  const isProtected = hasProtectiveLabel(disk.sector(0));
  if (!isProtected && !force) return { partitions: null, warnings: NOT_PROTECTED };
  let warnings = isProtected ? '' : FORCED;
  if (primary !== null && alternate !== null) {
    warnings += differences(primary.header, alternate.header, last);
  }
  if (alternate === null) warnings += 'Alternate GPT is invalid, using primary GPT.\n';
  if (primary === null) warnings += 'Primary GPT is invalid, using alternate GPT.\n';
  return { partitions: partitionsIn(table, disk.size / 512), warnings };
}

const INVALID_LABEL = '  Warning: Disk has a valid GPT signature but invalid PMBR.\n';
const NOT_PROTECTED =
  `${INVALID_LABEL}  Assuming this disk is *not* a GPT disk anymore.\n` +
  '  Use gpt kernel option to override.  Use GNU Parted to correct disk.\n';
const FORCED =
  `${INVALID_LABEL}  Use GNU Parted to correct disk.\n` +
  '  gpt option taken, disk treated as GPT.\n';

/** Null where there is no header, or one of its checksums is wrong. */
function tableAt(disk: GptDisk, at: number): Table | null {
  const { sector, last, size } = disk;
  const header = at < 1 || at > last ? null : gptHeaderIn(sector(at));
  if (header === null || header.own !== at || header.entrySize !== ENTRY) return null;
  const length = header.count * ENTRY;
  const fits = header.entriesAt + length / size <= last + 1;
  if (length === 0 || length > MAX_ARRAY || !fits) return null;
  const entries = new Uint8Array(Math.ceil(length / size) * size);
  for (let i = 0; i * size < length; i++) entries.set(sector(header.entriesAt + i), i * size);
  const array = entries.subarray(0, length);
  return crc32(array) === header.entriesCrc ? { header, entries: array } : null;
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

function hasProtectiveLabel(first: Uint8Array): boolean {
  if (first[510] !== 0x55 || first[511] !== 0xaa) return false;
  return [0, 1, 2, 3].some((i) => first[446 + 16 * i + 4] === 0xee);
}

function differences(primary: GptHeader, alternate: GptHeader, last: number): string {
  const lines = gptDifferences(primary, alternate, last).map(([text]) => `GPT:${text}\n`);
  if (lines.length > 0) lines.push('GPT: Use GNU Parted to correct GPT errors.\n');
  return lines.join('');
}

/** An entry without a type is free; the others keep their numbers. `per`: the parts of 512 bytes of a sector. */
function partitionsIn({ header, entries }: Table, per: number): Partition[] {
  const view = viewOf(entries);
  const found: Partition[] = [];
  for (let i = 0; i < Math.min(header.count, MAX_PARTITIONS); i++) {
    const at = i * ENTRY;
    if (entries.subarray(at, at + 16).every((byte) => byte === 0)) continue;
    const start = Number(view.getBigUint64(at + 32, true));
    const end = Number(view.getBigUint64(at + 40, true));
    if (end >= start)
      found.push({ number: i + 1, start: start * per, length: (end - start + 1) * per });
  }
  return found;
}
