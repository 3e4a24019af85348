// count-references.ts — Compares the reference counts of a qcow2 image with what its tables refer to, and repairs them.
import type { HostFile, Qcow2Image } from '@dmsim/qemu';
import { COPIED, OFFSET_MASK, put64, readSnapshots, snapshotRegion } from '@dmsim/qemu';

/** The faults of an image. */
export interface Damage {
  /** A line for each thing that is wrong, as QEMU puts it. */
  readonly lines: string[];
  corruptions: number;
  leaks: number;
  corruptionsFixed: number;
  leaksFixed: number;
}

/** The faults that are repaired. */
export type Repair = 'nothing' | 'leaks' | 'all';

export interface CheckedImage extends Damage {
  /** The end of the last cluster in use. */
  readonly end: number;
}

interface Walk {
  readonly image: Qcow2Image;
  readonly damage: Damage;
  /** References by cluster of the file. */
  readonly references: Map<number, number>;
}

const L1_RESERVED = 0x7f000000000001ffn;
const L2_RESERVED = 0x3f000000000001fen;
const ZERO = 1n;
const ENTRY = 8;

const isCopied = (entry: bigint): boolean => (entry & COPIED) !== 0n;
const offsetOf = (entry: bigint): number => Number(entry & OFFSET_MASK);

function entriesOf(file: HostFile, offset: number, count: number): bigint[] {
  const bytes = file.readAt(offset, count * ENTRY);
  const at = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: Math.floor(bytes.length / ENTRY) }, (_, i) =>
    at.getBigUint64(i * ENTRY),
  );
}

/** Walks through all tables of an image. */
export function countReferences(
  image: Qcow2Image,
  bitmaps: readonly Region[],
  repair: Repair = 'nothing',
): CheckedImage | 'rebuild' {
  const damage: Damage = {
    lines: [],
    corruptions: 0,
    leaks: 0,
    corruptionsFixed: 0,
    leaksFixed: 0,
  };
  const walk: Walk = { image, damage, references: new Map() };
  const { clusterSize, l1Offset, l1Size } = image;
  refer(walk, { offset: 0, bytes: clusterSize });
  refer(walk, { offset: l1Offset, bytes: l1Size * ENTRY });
  const l1 = entriesOf(image.file, l1Offset, l1Size);
  for (const entry of l1) if (entry !== 0n) walkTable(walk, entry);
  for (const { l1Offset: offset, l1Size: size } of readSnapshots(image)) {
    refer(walk, { offset, bytes: size * ENTRY });
    for (const entry of entriesOf(image.file, offset, size))
      if (entry !== 0n) walkTable(walk, entry);
  }
  refer(walk, snapshotRegion(image));
  for (const region of bitmaps) refer(walk, region);
  walkCounts(walk);
  const { corruptions, leaks } = damage;
  const last = compareCounts(walk, 'nothing');
  if (repair !== 'nothing' && damage.corruptions + damage.leaks > 0) {
    if (isUncounted(walk)) return 'rebuild';
    damage.corruptions = corruptions;
    damage.leaks = leaks;
    compareCounts(walk, repair);
  }
  checkCopied(walk, l1, repair);
  return { ...damage, end: (last + 1) * clusterSize };
}

/** A part of the file that is in use. */
export interface Region {
  readonly offset: number;
  readonly bytes: number;
}

function complain({ damage }: Walk, line: string): void {
  damage.lines.push(line);
  damage.corruptions++;
}

const hex = (n: number | bigint): string => n.toString(16);

/** qcow2_inc_refcounts_imrt */
function refer(walk: Walk, { offset, bytes }: Region): void {
  const { clusterSize, file } = walk.image;
  if (bytes <= 0) return;
  if (offset + bytes - file.size() >= clusterSize) {
    complain(
      walk,
      `ERROR: counting reference for region exceeding the end of the file by one cluster or more: offset 0x${hex(offset)} size 0x${hex(bytes)}`,
    );
    return;
  }
  const last = Math.floor((offset + bytes - 1) / clusterSize);
  for (let i = Math.floor(offset / clusterSize); i <= last; i++)
    walk.references.set(i, (walk.references.get(i) ?? 0) + 1);
}

/** An L2 table and what it maps. */
function walkTable(walk: Walk, l1Entry: bigint): void {
  const { file, clusterSize } = walk.image;
  const table = offsetOf(l1Entry);
  refer(walk, { offset: table, bytes: clusterSize });
  if ((l1Entry & L1_RESERVED) !== 0n)
    complain(walk, `ERROR found L1 entry with reserved bits set: ${hex(l1Entry)}`);
  if (table % clusterSize !== 0)
    complain(
      walk,
      `ERROR l2_offset=${hex(table)}: Table is not cluster aligned; L1 entry corrupted`,
    );
  for (const entry of entriesOf(file, table, clusterSize / ENTRY)) walkEntry(walk, entry);
}

function walkEntry(walk: Walk, entry: bigint): void {
  const { clusterSize } = walk.image;
  if ((entry & L2_RESERVED) !== 0n)
    complain(walk, `ERROR found l2 entry with reserved bits set: ${hex(entry)}`);
  const offset = offsetOf(entry);
  if (offset === 0) return;
  if (offset % clusterSize !== 0) {
    const what = (entry & ZERO) === 0n ? 'Data' : 'Preallocated';
    complain(
      walk,
      `ERROR offset=${hex(offset)}: ${what} cluster is not properly aligned; L2 entry corrupted.`,
    );
  }
  refer(walk, { offset, bytes: clusterSize });
}

/** The table of reference counts and its blocks. */
function walkCounts(walk: Walk): void {
  const { image } = walk;
  const { offset, bytes } = countTable(image);
  refer(walk, { offset, bytes });
  for (const entry of entriesOf(image.file, offset, bytes / ENTRY))
    if (offsetOf(entry) !== 0) refer(walk, { offset: offsetOf(entry), bytes: image.clusterSize });
}

const COUNT_TABLE = 48;
const COUNT_CLUSTERS = 56;

function countTable({ file, clusterSize }: Qcow2Image): Region {
  const bytes = file.readAt(0, COUNT_CLUSTERS + 4);
  const at = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return {
    offset: Number(at.getBigUint64(COUNT_TABLE)),
    bytes: at.getUint32(COUNT_CLUSTERS) * clusterSize,
  };
}

/** The image's own count of a cluster of the file. */
function countOf({ file, clusterSize }: Qcow2Image, index: number, table: Region): number {
  const perBlock = clusterSize / 2;
  const block = Math.floor(index / perBlock);
  if (block * ENTRY >= table.bytes) return 0;
  const offset = offsetOf(entriesOf(file, table.offset + block * ENTRY, 1)[0] ?? 0n);
  if (offset === 0) return 0;
  const bytes = file.readAt(offset + 2 * (index % perBlock), 2);
  return ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
}

/** True if a cluster in use has no count at all: QEMU then makes all tables of counts anew. */
const isUncounted = ({ image, references }: Walk): boolean =>
  [...references.keys()].some((i) => countOf(image, i, countTable(image)) === 0);

/** Returns the last cluster that is in use. */
function compareCounts({ image, damage, references }: Walk, repair: Repair): number {
  const table = countTable(image);
  const clusters = Math.ceil(image.file.size() / image.clusterSize);
  let last = 0;
  for (let i = 0; i < clusters; i++) {
    const count = countOf(image, i, table);
    const found = references.get(i) ?? 0;
    if (count > 0 || found > 0) last = i;
    if (count === found) continue;
    const isLeak = count > found;
    const fixes = repair === 'all' || (repair === 'leaks' && isLeak);
    noteCount(damage, { i, count, found, fixes });
    if (fixes) setCount(image, i, { table, count: found });
  }
  return last;
}

interface WrongCount {
  /** The cluster. */
  readonly i: number;
  readonly count: number;
  readonly found: number;
  readonly fixes: boolean;
}

function noteCount(damage: Damage, { i, count, found, fixes }: WrongCount): void {
  const isLeak = count > found;
  const what = fixes ? 'Repairing' : isLeak ? 'Leaked' : 'ERROR';
  damage.lines.push(`${what} cluster ${i} refcount=${count} reference=${found}`);
  if (isLeak) damage[fixes ? 'leaksFixed' : 'leaks']++;
  else damage[fixes ? 'corruptionsFixed' : 'corruptions']++;
}

interface NewCount {
  readonly table: Region;
  readonly count: number;
}

/** The block of counts must exist. */
function setCount(
  { file, clusterSize }: Qcow2Image,
  index: number,
  { table, count }: NewCount,
): void {
  const perBlock = clusterSize / 2;
  const entry = table.offset + Math.floor(index / perBlock) * ENTRY;
  const block = offsetOf(entriesOf(file, entry, 1)[0] ?? 0n);
  file.writeAt(block + 2 * (index % perBlock), Uint8Array.of(count >> 8, count & 0xff));
}

/** check_oflag_copied: a cluster with one reference is marked, so that writes need not look at its count. */
function checkCopied(walk: Walk, l1: readonly bigint[], repair: Repair): void {
  const { image, damage } = walk;
  const { file, clusterSize, l1Offset } = image;
  const table = countTable(image);
  const isClean = damage.corruptions + damage.leaks === 0;
  const fixes = repair === 'all' || (repair === 'leaks' && isClean);
  const what = fixes ? 'Repairing' : 'ERROR';
  const check = (entry: bigint, at: number, line: (count: number) => string): void => {
    const count = countOf(image, Math.floor(offsetOf(entry) / clusterSize), table);
    if ((count === 1) === isCopied(entry)) return;
    damage.lines.push(`${what} OFLAG_COPIED ${line(count)}`);
    damage[fixes ? 'corruptionsFixed' : 'corruptions']++;
    if (fixes) put64(file, at, count === 1 ? entry | COPIED : entry & ~COPIED);
  };
  for (const [i, entry] of l1.entries()) {
    const offset = offsetOf(entry);
    if (offset === 0) continue;
    check(
      entry,
      l1Offset + i * ENTRY,
      (count) => `L2 cluster: l1_index=${i} l1_entry=${hex(entry)} refcount=${count}`,
    );
    for (const [k, mapped] of entriesOf(file, offset, clusterSize / ENTRY).entries())
      if (offsetOf(mapped) !== 0)
        check(
          mapped,
          offset + k * ENTRY,
          (count) => `data cluster: l2_entry=${hex(mapped)} refcount=${count}`,
        );
  }
}
