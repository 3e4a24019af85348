// qcow2-snapshots.ts — Snapshots within a qcow2 image: each keeps an L1 table, and with it a reference to all that the table leads to. Mirrors block/qcow2-snapshot.c.
import type { JsonObject } from '../qmp/json.ts';
import { COPIED, getEntry, OFFSET_MASK, put64 } from './qcow2-entry.ts';
import type { FreedRun } from './qcow2-freed.ts';
import { freedBy } from './qcow2-freed.ts';
import type { Qcow2Image } from './qcow2-image.ts';
import { SNAPSHOTS } from './qcow2-image.ts';
import { textOf, utf8 } from './qcow2-name.ts';
import { addCount, countOf, freeCluster, freeRun, takeRun } from './qcow2-refcount.ts';

export interface Snapshot {
  readonly id: string;
  readonly name: string;
  readonly l1Offset: number;
  /** Entries of its L1 table. */
  readonly l1Size: number;
  /** When it was made, in seconds since 1970, and nanoseconds beyond. */
  readonly seconds: number;
  readonly nanoseconds: number;
  /** The machine's own clock, in ns. */
  readonly vmClock: number;
  /** Bytes of the machine's state, which a snapshot of a disk alone does not have. */
  readonly vmStateSize: number;
  /** Bytes of the disk, which may have been resized since. */
  readonly diskSize: number;
  /** The number of instructions that the machine had carried out; 2^64 - 1: nobody counted. */
  readonly icount: bigint;
}

/** A snapshot as its maker describes it. */
export type NewSnapshot = Pick<Snapshot, 'name' | 'seconds' | 'nanoseconds' | 'vmClock' | 'icount'>;

const HEADER = 40;
const EXTRA = 24;
const align8 = (offset: number): number => Math.ceil(offset / 8) * 8;

/** The snapshots in the order of the table, up to the first that is cut off. Mirrors qcow2_read_snapshots. */
export function readSnapshots({ file, snapshots }: Qcow2Image): Snapshot[] {
  const list: Snapshot[] = [];
  let offset = snapshots.offset;
  for (let i = 0; i < snapshots.count; i++) {
    offset = align8(offset);
    const header = file.readAt(offset, HEADER + EXTRA);
    if (header.length < HEADER + EXTRA) return list;
    const at = new DataView(header.buffer, header.byteOffset, header.length);
    const [idSize, nameSize, extra] = [at.getUint16(12), at.getUint16(14), at.getUint32(36)];
    const name = file.readAt(offset + HEADER + extra, idSize + nameSize);
    list.push({
      id: textOf(name.subarray(0, idSize)),
      name: textOf(name.subarray(idSize)),
      l1Offset: Number(at.getBigUint64(0)),
      l1Size: at.getUint32(8),
      seconds: at.getUint32(16),
      nanoseconds: at.getUint32(20),
      vmClock: Number(at.getBigUint64(24)),
      vmStateSize: Number(at.getBigUint64(HEADER)),
      diskSize: Number(at.getBigUint64(HEADER + 8)),
      icount: at.getBigUint64(HEADER + 16),
    });
    offset += HEADER + extra + idSize + nameSize;
  }
  return list;
}

/** Where the table of snapshots lies in the file, for a check of the image. */
export function snapshotRegion(image: Qcow2Image): { offset: number; bytes: number } {
  const { count, offset } = image.snapshots;
  return { offset, bytes: count === 0 ? 0 : tableBytes(readSnapshots(image)).length };
}

function tableBytes(list: readonly Snapshot[]): Uint8Array {
  const names = list.map(({ id, name }) => utf8(id + name));
  const size = names.reduce((sum, name) => align8(sum) + HEADER + EXTRA + name.length, 0);
  const bytes = new Uint8Array(size);
  const at = new DataView(bytes.buffer);
  let offset = 0;
  for (const [i, each] of list.entries()) {
    const name = names[i] ?? new Uint8Array(0);
    offset = align8(offset);
    at.setBigUint64(offset, BigInt(each.l1Offset));
    at.setUint32(offset + 8, each.l1Size);
    at.setUint16(offset + 12, each.id.length);
    at.setUint16(offset + 14, name.length - each.id.length);
    at.setUint32(offset + 16, each.seconds);
    at.setUint32(offset + 20, each.nanoseconds);
    at.setBigUint64(offset + 24, BigInt(each.vmClock));
    at.setUint32(offset + 32, each.vmStateSize);
    at.setUint32(offset + 36, EXTRA);
    at.setBigUint64(offset + HEADER, BigInt(each.vmStateSize));
    at.setBigUint64(offset + HEADER + 8, BigInt(each.diskSize));
    at.setBigUint64(offset + HEADER + 16, each.icount);
    bytes.set(name, offset + HEADER + EXTRA);
    offset += HEADER + EXTRA + name.length;
  }
  return bytes;
}

/** qcow2_write_snapshots: the new table is in place before the header leads to it. Returns what is to be discarded. */
function writeSnapshots(image: Qcow2Image, list: readonly Snapshot[]): FreedRun[] {
  const { file } = image;
  const old = snapshotRegion(image);
  const bytes = tableBytes(list);
  const offset = bytes.length === 0 ? 0 : takeRun(image, bytes.length);
  if (bytes.length > 0) file.writeAt(offset, bytes);
  const header = new DataView(new ArrayBuffer(12));
  header.setUint32(0, list.length);
  header.setBigUint64(4, BigInt(offset));
  file.writeAt(SNAPSHOTS, new Uint8Array(header.buffer));
  image.snapshots = { count: list.length, offset };
  return freedBy(image, () => freeRun(image, old.offset, old.bytes));
}

/** Keeps the state of the disk under that name. Returns what is to be discarded: the table of snapshots that there was. */
export function takeSnapshot(image: Qcow2Image, wanted: NewSnapshot): FreedRun[] {
  const { file, l1Offset: from, l1Size, virtualSize } = image;
  const list = readSnapshots(image);
  const ids = list.map(({ id }) => Number(id)).filter((id) => Number.isInteger(id));
  const l1Offset = takeRun(image, 8 * l1Size);
  file.writeAt(l1Offset, file.readAt(from, 8 * l1Size));
  countTree(image, { offset: from, size: l1Size }, 1);
  const id = String(Math.max(0, ...ids) + 1);
  const made = { ...wanted, id, l1Offset, l1Size, vmStateSize: 0, diskSize: virtualSize };
  return writeSnapshots(image, [...list, made]);
}

/** The snapshot with that id, or else with that name. Mirrors find_snapshot_by_id_or_name. */
export const findSnapshot = (image: Qcow2Image, idOrName: string): Snapshot | undefined => {
  const list = readSnapshots(image);
  return list.find(({ id }) => id === idOrName) ?? list.find(({ name }) => name === idOrName);
};

/**
 * Removes the snapshot with that id, if there is one, and frees the clusters that only it used. Returns what is to be discarded. Mirrors
 * qcow2_snapshot_delete.
 */
export function deleteSnapshot(image: Qcow2Image, { id }: Snapshot): FreedRun[] {
  const list = readSnapshots(image);
  const gone = list.find((each) => each.id === id);
  if (gone === undefined) return [];
  const { l1Offset: offset, l1Size: size } = gone;
  const left = list.filter((each) => each !== gone);
  const freed = [
    ...writeSnapshots(image, left),
    ...freedBy(image, () => countTree(image, { offset, size }, -1)),
    ...freedBy(image, () => freeRun(image, offset, 8 * size)),
  ];
  countTree(image, { offset: image.l1Offset, size: image.l1Size }, 0);
  return freed;
}

/** The disk, which has the size that it had then, becomes what it was. Returns what is to be discarded. Mirrors qcow2_snapshot_goto. */
export function applySnapshot(image: Qcow2Image, { l1Offset, l1Size }: Snapshot): FreedRun[] {
  const { file } = image;
  const now = { offset: image.l1Offset, size: image.l1Size };
  countTree(image, { offset: l1Offset, size: l1Size }, 1);
  const freed = freedBy(image, () => countTree(image, now, -1));
  const bytes = new Uint8Array(8 * now.size);
  bytes.set(file.readAt(l1Offset, 8 * Math.min(l1Size, now.size)));
  file.writeAt(now.offset, bytes);
  countTree(image, now, 0);
  return freed;
}

interface L1 {
  readonly offset: number;
  readonly size: number;
}

/**
 * Gives all that the table leads to a reference more or less, and marks what has a single one. Mirrors
 * qcow2_update_snapshot_refcount.
 */
function countTree(image: Qcow2Image, { offset, size }: L1, addend: -1 | 0 | 1): void {
  const { file, clusterSize } = image;
  for (let i = 0; i < size; i++) {
    const at = offset + 8 * i;
    const table = Number(getEntry(file, at) & OFFSET_MASK);
    if (table === 0) continue;
    for (let k = 0; k < clusterSize / 8; k++) {
      const entry = getEntry(file, table + 8 * k);
      if ((entry & OFFSET_MASK) !== 0n) countEntry(image, table + 8 * k, addend);
    }
    const isSingle = changeCount(image, table, addend) === 1;
    // The table of a snapshot that goes is not written any more.
    if (addend >= 0) put64(file, at, BigInt(table) | (isSingle ? COPIED : 0n));
  }
}

function countEntry(image: Qcow2Image, at: number, addend: -1 | 0 | 1): void {
  const entry = getEntry(image.file, at);
  const count = changeCount(image, Number(entry & OFFSET_MASK), addend);
  const marked = count === 1 ? entry | COPIED : entry & ~COPIED;
  if (marked !== entry) put64(image.file, at, marked);
}

function changeCount(image: Qcow2Image, offset: number, addend: -1 | 0 | 1): number {
  if (addend === 1) return addCount(image, offset, 1);
  if (addend === -1) freeCluster(image, offset);
  return countOf(image, offset / image.clusterSize);
}

/** An icount that nobody counted. */
export const NOT_COUNTED: bigint = 2n ** 64n - 1n;
const NS_PER_SECOND = 1e9;

/** SnapshotInfo: as queries and `qemu-img info` tell of it. */
export const describeSnapshot = (snapshot: Snapshot): JsonObject => ({
  ...(snapshot.icount === NOT_COUNTED ? {} : { icount: Number(snapshot.icount) }),
  'vm-clock-nsec': snapshot.vmClock % NS_PER_SECOND,
  name: snapshot.name,
  'date-sec': snapshot.seconds,
  'date-nsec': snapshot.nanoseconds,
  'vm-clock-sec': Math.floor(snapshot.vmClock / NS_PER_SECOND),
  id: snapshot.id,
  'vm-state-size': snapshot.vmStateSize,
});
