// table-on-disk.ts — Reads and writes the sectors of a partition table. Mirrors util-linux's libfdisk.
import { crc32 } from '@dmsim/block';

import type { Label, Part } from './label.ts';
import { firstUsableOf, GPT_SECTORS, grainOf, SECTOR } from './label.ts';

/** Bytes and where on the disk they belong. */
export interface Piece {
  readonly sector: number;
  readonly bytes: Uint8Array;
}

/** Bytes of an entry of a GUID table, and how many there are. */
const ENTRY = 128;
const ENTRIES = 128;
/** The type of the one partition by which a GUID table keeps older programs away. */
const PROTECTIVE = 0xee;

/** The table in the first sectors of a disk of `capacity` sectors; null if there is none that is known here. */
export function readLabel(head: Uint8Array, capacity: number): Label | null {
  if (head[510] !== 0x55 || head[511] !== 0xaa) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (textAt(head, SECTOR, 8) === 'EFI PART') return readGpt(head, view, grainOf(capacity));
  return readDos(head, view, capacity);
}

/** Null for the table that protects a GUID table, which is not there. */
function readDos(head: Uint8Array, view: DataView, capacity: number): Label | null {
  const parts: Part[] = [];
  for (let i = 0; i < 4; i++) {
    const at = 446 + 16 * i;
    const type = head[at + 4] as number;
    const sectors = view.getUint32(at + 12, true);
    if (type === PROTECTIVE) return null;
    if (sectors === 0 || type === 0) continue;
    parts.push({
      number: i + 1,
      start: view.getUint32(at + 8, true),
      sectors,
      type: type.toString(16),
      bootable: head[at] === 0x80,
      uuid: '',
      name: '',
    });
  }
  const id = `0x${view.getUint32(440, true).toString(16).padStart(8, '0')}`;
  const firstUsable = firstUsableOf('dos', capacity);
  const grain = grainOf(capacity);
  return { kind: 'dos', id, firstUsable, lastUsable: capacity - 1, grain, parts };
}

function readGpt(head: Uint8Array, view: DataView, grain: number): Label {
  const parts: Part[] = [];
  for (let i = 0; i < ENTRIES; i++) {
    const at = 2 * SECTOR + i * ENTRY;
    if (head.subarray(at, at + 16).every((byte) => byte === 0)) continue;
    const start = Number(view.getBigUint64(at + 32, true));
    const end = Number(view.getBigUint64(at + 40, true));
    const units = Array.from({ length: 36 }, (_, k) => view.getUint16(at + 56 + 2 * k, true));
    parts.push({
      number: i + 1,
      start,
      sectors: end - start + 1,
      type: guidAt(head, at),
      bootable: false,
      uuid: guidAt(head, at + 16),
      name: String.fromCharCode(...units.filter((unit) => unit !== 0)),
    });
  }
  return {
    kind: 'gpt',
    id: guidAt(head, SECTOR + 56),
    firstUsable: Number(view.getBigUint64(SECTOR + 40, true)),
    lastUsable: Number(view.getBigUint64(SECTOR + 48, true)),
    grain,
    parts,
  };
}

const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

/** The first three groups of a GUID are little-endian. */
const GUID_ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

function guidAt(bytes: Uint8Array, at: number): string {
  const hex = GUID_ORDER.map((i) => (bytes[at + i] as number).toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function putGuid(bytes: Uint8Array, at: number, guid: string): void {
  const hex = guid.replaceAll('-', '');
  for (const [k, i] of GUID_ORDER.entries())
    bytes[at + i] = Number.parseInt(hex.slice(2 * k, 2 * k + 2), 16);
}

/** The sectors to write for a table on a disk of `capacity` sectors. `boot` is its first sector as it is now, whose boot loader stays. */
export function labelPieces(label: Label, boot: Uint8Array, capacity: number): Piece[] {
  const first = Uint8Array.from(boot.subarray(0, SECTOR));
  first.fill(0, 440);
  first[510] = 0x55;
  first[511] = 0xaa;
  const view = new DataView(first.buffer);
  if (label.kind === 'gpt') {
    putEntry(first, 0, { type: PROTECTIVE, flag: 0, start: 1, sectors: capacity - 1 });
    return [{ sector: 0, bytes: first }, ...gptPieces(label, capacity)];
  }
  view.setUint32(440, Number(label.id), true);
  for (const { number, type, bootable, start, sectors } of label.parts) {
    const flag = bootable ? 0x80 : 0;
    putEntry(first, number - 1, { type: Number.parseInt(type, 16), flag, start, sectors });
  }
  return [{ sector: 0, bytes: first }];
}

interface DosEntry {
  readonly type: number;
  readonly flag: number;
  readonly start: number;
  readonly sectors: number;
}

function putEntry(bytes: Uint8Array, i: number, { type, flag, start, sectors }: DosEntry): void {
  const at = 446 + 16 * i;
  const view = new DataView(bytes.buffer);
  bytes[at] = flag;
  putPlace(bytes, at + 1, start);
  bytes[at + 4] = type;
  putPlace(bytes, at + 5, start + sectors - 1);
  view.setUint32(at + 8, start, true);
  view.setUint32(at + 12, sectors, true);
}

const HEADS = 255;
const TRACK = 63;

/** Head, sector and cylinder of a disk with 255 heads, as far as they go. */
function putPlace(bytes: Uint8Array, at: number, sector: number): void {
  const cylinder = Math.min(Math.floor(sector / (HEADS * TRACK)), 1023);
  bytes[at] = Math.floor(sector / TRACK) % HEADS;
  bytes[at + 1] = ((sector % TRACK) + 1) | ((cylinder >> 2) & 0xc0);
  bytes[at + 2] = cylinder & 0xff;
}

/** The header and the array of entries, at the beginning of the disk and at its end. */
function gptPieces(label: Label, capacity: number): Piece[] {
  const entries = new Uint8Array(ENTRY * ENTRIES);
  const view = new DataView(entries.buffer);
  for (const { number, start, sectors, type, uuid, name } of label.parts) {
    const at = (number - 1) * ENTRY;
    putGuid(entries, at, type);
    putGuid(entries, at + 16, uuid);
    view.setBigUint64(at + 32, BigInt(start), true);
    view.setBigUint64(at + 40, BigInt(start + sectors - 1), true);
    for (let k = 0; k < Math.min(name.length, 36); k++)
      view.setUint16(at + 56 + 2 * k, name.charCodeAt(k), true);
  }
  const last = capacity - 1;
  const header = (own: number, other: number, array: number): Uint8Array =>
    gptHeader(label, { own, other, array, sum: crc32(entries) });
  return [
    { sector: 1, bytes: header(1, last, 2) },
    { sector: 2, bytes: entries },
    { sector: last - GPT_SECTORS + 1, bytes: entries },
    { sector: last, bytes: header(last, 1, last - GPT_SECTORS + 1) },
  ];
}

interface HeaderPlaces {
  readonly own: number;
  readonly other: number;
  readonly array: number;
  /** Of the entries. */
  readonly sum: number;
}

function gptHeader(label: Label, { own, other, array, sum }: HeaderPlaces): Uint8Array {
  const bytes = new Uint8Array(SECTOR);
  const view = new DataView(bytes.buffer);
  bytes.set(
    Array.from('EFI PART', (char) => char.charCodeAt(0)),
    0,
  );
  view.setUint32(8, 0x10000, true);
  view.setUint32(12, 92, true);
  view.setBigUint64(24, BigInt(own), true);
  view.setBigUint64(32, BigInt(other), true);
  view.setBigUint64(40, BigInt(label.firstUsable), true);
  view.setBigUint64(48, BigInt(label.lastUsable), true);
  putGuid(bytes, 56, label.id);
  view.setBigUint64(72, BigInt(array), true);
  view.setUint32(80, ENTRIES, true);
  view.setUint32(84, ENTRY, true);
  view.setUint32(88, sum, true);
  view.setUint32(16, crc32(bytes.subarray(0, 92)), true);
  return bytes;
}
