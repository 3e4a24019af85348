// gpt.ts — Reads GUID partition tables. Mirrors block/partitions/efi.c: efi_partition, find_valid_gpt, is_gpt_valid, compare_gpts, is_pte_valid.
import { crc32 } from './crc32.ts';
import type { FoundTable, Medium, PartitionSpec } from './partition-table.ts';

const SIGNATURE = 'EFI PART';
/** Bytes of a header, and of an entry. */
const LEAST_HEADER = 92;
const ENTRY = 128;
/** The kernel allocates the entries at once, which it can for 4 MiB. */
const MOST_ENTRIES = (4 << 20) / ENTRY;

/** Places are numbers of logical blocks. */
export interface GptHeader {
  /** The bytes that its checksum covers. */
  readonly size: number;
  readonly own: number;
  /** The place of the other header. */
  readonly other: number;
  readonly firstUsable: number;
  readonly lastUsable: number;
  readonly disk: string;
  readonly entriesAt: number;
  readonly count: number;
  readonly entrySize: number;
  readonly entriesCrc: number;
}

/** The header in a block of the disk; null if there is none, or one whose checksum is wrong. */
export function gptHeaderIn(bytes: Uint8Array): GptHeader | null {
  if (String.fromCodePoint(...bytes.subarray(0, 8)) !== SIGNATURE) return null;
  const view = viewOf(bytes);
  const size = view.getUint32(12, true);
  if (size > bytes.length) return null;
  const checked = bytes.slice(0, size);
  checked.fill(0, 16, 20);
  if (crc32(checked) !== view.getUint32(16, true)) return null;
  const place = (at: number): number => Number(view.getBigUint64(at, true));
  return {
    size,
    own: place(24),
    other: place(32),
    firstUsable: place(40),
    lastUsable: place(48),
    disk: String(bytes.subarray(56, 72)),
    entriesAt: place(72),
    count: view.getUint32(80, true),
    entrySize: view.getUint32(84, true),
    entriesCrc: view.getUint32(88, true),
  };
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

interface Gpt {
  readonly header: GptHeader;
  readonly entries: Uint8Array;
}

/** Null if the disk has none that is valid: the copy at its end is only compared with the first. */
export function findGpt(medium: Medium): FoundTable | null {
  const { capacity, perBlock } = medium;
  const last = Math.floor(capacity / perBlock) - 1;
  const primary = gptAt(medium, 1, last);
  if (primary === null) return null;
  const alternate = gptAt(medium, primary.header.other, last);
  const partitions = partitionsOf(primary, perBlock, last);
  return {
    partitions,
    remarks: alternate === null ? [NO_COPY] : remarksAbout(primary.header, alternate.header, last),
    text: (nameOf) => partitions.map(({ number }) => ` ${nameOf(number)}`).join(''),
  };
}

const NO_COPY = 'Alternate GPT is invalid, using primary GPT.';

/** is_gpt_valid; `last` is the disk's last block. */
function gptAt({ peek, perBlock }: Medium, at: number, last: number): Gpt | null {
  const header = at < 1 || at > last ? null : gptHeaderIn(peek(at * perBlock, perBlock));
  if (header === null || header.own !== at || !isSound(header, last)) return null;
  const { count, entrySize, entriesAt, entriesCrc } = header;
  const blocks = Math.ceil((count * ENTRY) / (perBlock * 512));
  if (entrySize !== ENTRY || count === 0 || count > MOST_ENTRIES || entriesAt + blocks > last + 1)
    return null;
  const entries = peek(entriesAt * perBlock, blocks * perBlock).subarray(0, count * ENTRY);
  return crc32(entries) === entriesCrc ? { header, entries } : null;
}

const isSound = ({ size, firstUsable, lastUsable }: GptHeader, last: number): boolean =>
  size >= LEAST_HEADER && firstUsable <= last && lastUsable <= last && firstUsable <= lastUsable;

/** An entry without a type, or one that reaches beyond the disk, is none; the others keep their numbers. */
function partitionsOf({ header, entries }: Gpt, perBlock: number, last: number): PartitionSpec[] {
  const view = viewOf(entries);
  const found: PartitionSpec[] = [];
  for (let i = 0; i < header.count; i++) {
    const at = i * ENTRY;
    if (entries.subarray(at, at + 16).every((byte) => byte === 0)) continue;
    const start = Number(view.getBigUint64(at + 32, true));
    const end = Number(view.getBigUint64(at + 40, true));
    if (start > last || end > last) continue;
    found.push({ number: i + 1, start: start * perBlock, sectors: (end - start + 1) * perBlock });
  }
  return found;
}

const hex = (a: number, b: number): string => `0x${a.toString(16)} != 0x${b.toString(16)}`;

/** Why a header and its copy do not go together: the text, and the numbers that differ if they stand in a line of their own. */
export function gptDifferences(
  primary: GptHeader,
  copy: GptHeader,
  last: number,
): [text: string, a?: number, b?: number][] {
  const numbers: [text: string, a: number, b: number][] = [
    ['Primary header LBA != Alt. header alternate_lba', primary.own, copy.other],
    ['Primary header alternate_lba != Alt. header my_lba', primary.other, copy.own],
    ["first_usable_lbas don't match.", primary.firstUsable, copy.firstUsable],
    ["last_usable_lbas don't match.", primary.lastUsable, copy.lastUsable],
  ];
  const ends: typeof numbers = [
    ['Primary header thinks Alt. header is not at the end of the disk.', primary.other, last],
    ['Alternate GPT header not at the end of the disk.', copy.own, last],
  ];
  const counts = hex(primary.count, copy.count);
  const sums = hex(primary.entriesCrc, copy.entriesCrc);
  const texts: [differs: boolean, text: string][] = [
    [primary.disk !== copy.disk, "disk_guids don't match."],
    [primary.count !== copy.count, `num_partition_entries don't match: ${counts}`],
    [
      primary.entriesCrc !== copy.entriesCrc,
      `partition_entry_array_crc32 values don't match: ${sums}`,
    ],
  ];
  return [
    ...numbers.filter(([, a, b]) => a !== b),
    ...texts.filter(([differs]) => differs).map(([, text]): [string] => [text]),
    ...ends.filter(([, a, b]) => a !== b),
  ];
}

function remarksAbout(primary: GptHeader, copy: GptHeader, last: number): string[] {
  const lines = gptDifferences(primary, copy, last).flatMap(([text, a, b]) =>
    a === undefined ? [`GPT:${text}`] : [`GPT:${text}`, `GPT:${a} != ${b}`],
  );
  return lines.length === 0 ? [] : [...lines, 'GPT: Use GNU Parted to correct GPT errors.'];
}
