// read-table.ts — Reads the partition table of a disk: a GUID partition table if there is one, else a DOS label.
import { findDevice } from '@dmsim/block';
import { tableDeps } from '@dmsim/dm';
import type { Errno, Process, Task } from '@dmsim/sim';
import type { OpenFile } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import { blockNode } from '../../tree/block-node.ts';
import { readGpt } from './gpt.ts';
import type { Partition } from './partition-table.ts';
import { readPartitions } from './partition-table.ts';

/** What the parsers count in. */
const SECTOR = 512;

export interface TableAnswer {
  /** Empty if there is no table, or it can't be read. */
  readonly partitions: readonly Partition[];
  /** The message for standard error. */
  readonly warnings: string;
}

export interface TableQuestion {
  readonly major: number;
  readonly minor: number;
  /** -g */
  readonly forceGpt: boolean;
  /** -t: only a table of this type. */
  readonly type: string | null;
}

type Sector = (number: number) => Uint8Array;

/** Returns the reason if the disk can't be opened. */
export function* partitionsOf(
  process: Process,
  machine: Machine,
  question: TableQuestion,
): Task<TableAnswer | Errno> {
  const { major, minor } = question;
  const device = findDevice(machine.layer, major, minor);
  if (device === undefined) return 'ENXIO';
  const file = yield* openDisk(process, machine, question);
  if (typeof file === 'string') return file;
  const size = device.limits.logicalBlockSize;
  const disk: Disk = { process, file, size, known: new Map(), failed: new Set() };
  try {
    const answer = yield* parseAll(disk, question, device.capacity);
    const isWanted = question.type === null && answer.partitions.length === 0;
    const errors = isWanted ? yield* otherErrors(disk, machine, question) : '';
    const sectors = [...disk.known.keys()];
    const beyond = sectors.filter((number) => number > device.capacity);
    const warnings = answer.warnings + SEEK_ERROR.repeat(beyond.length) + errors;
    return { ...answer, warnings };
  } finally {
    file.release(process);
  }
}

/** Opens a disk as kpartx does. */
export function openDisk(
  process: Process,
  machine: Machine,
  { major, minor }: Pick<TableQuestion, 'major' | 'minor'>,
): Task<OpenFile | Errno> {
  const flags = { read: true, write: false, direct: true };
  return blockNode(machine, major, minor).open(process, `${major}:${minor}`, flags);
}

interface Disk {
  readonly process: Process;
  readonly file: OpenFile;
  /** Bytes that one read takes: a sector of the disk. */
  readonly size: number;
  /** The sectors that were read; blank ones where that failed. */
  readonly known: Map<number, Uint8Array>;
  readonly failed: Set<number>;
}

/** If the parser asks for sectors that have not been read, they are read and the parser starts anew. */
function* parseAll(disk: Disk, question: TableQuestion, capacity: number): Task<TableAnswer> {
  const { known, failed, size } = disk;
  for (;;) {
    const missing = new Set<number>();
    const answer = parse(question, { capacity, size, failed }, (number) => {
      const sector = known.get(number);
      if (sector === undefined) missing.add(number);
      return sector ?? BLANK;
    });
    if (missing.size === 0) return answer;
    for (const number of missing) {
      if (known.has(number)) continue;
      const bytes = yield* readSector(disk, number);
      for (const [i, part] of partsOf(disk, bytes).entries()) {
        const at = firstOf(disk, number) + i;
        if (bytes === null) failed.add(at);
        known.set(at, part);
      }
    }
  }
}

/** The first part of the sector that has this one. */
const firstOf = ({ size }: Disk, number: number): number => number - (number % (size / SECTOR));

/** A sector in parts of 512 bytes; blank ones where it could not be read. */
function partsOf({ size }: Disk, bytes: Uint8Array | null): Uint8Array[] {
  return Array.from({ length: size / SECTOR }, (_, i) =>
    bytes === null ? BLANK : bytes.subarray(i * SECTOR, (i + 1) * SECTOR),
  );
}

/** A table of another system: the sectors in which kpartx looks for it, until a read fails. They are read, as kpartx does, and never parsed. */
const BSD = [1, 0];
const SOLARIS = [1];
const UNIXWARE = [29];
const DASD = [2];
const FIRST_SECTOR = [0];

function* otherTables(
  process: Process,
  machine: Machine,
  disk: TableQuestion,
): Task<readonly (readonly number[])[]> {
  const dasd = (yield* isAskedForDasd(process, machine, disk)) ? [DASD] : [];
  const [mac, sun, ps3] = [FIRST_SECTOR, FIRST_SECTOR, FIRST_SECTOR];
  return [BSD, SOLARIS, UNIXWARE, ...dasd, mac, sun, ps3];
}

/** For a map, the reader of DASD labels opens the first device below it, and gives up where that fails. */
function* isAskedForDasd(process: Process, machine: Machine, disk: TableQuestion): Task<boolean> {
  const deps = tableDeps(machine.dm, disk);
  if (typeof deps === 'string') return true;
  const [first] = deps;
  if (first === undefined) return false;
  const file = yield* openDisk(process, machine, first);
  if (typeof file === 'string') return false;
  file.release(process);
  return true;
}

function* otherErrors(disk: Disk, machine: Machine, question: TableQuestion): Task<string> {
  return yield* readOthers(disk, yield* otherTables(disk.process, machine, question));
}

/** Returns the messages. A sector that was read for a table, but for a GUID partition table, is not read again. */
function* readOthers(disk: Disk, tables: readonly (readonly number[])[]): Task<string> {
  const { known, failed } = disk;
  // By the first part of each sector.
  const kept = new Set(failed.has(0) ? [] : [0]);
  let errors = '';
  for (const table of tables) {
    for (const number of table) {
      if (kept.has(firstOf(disk, number))) continue;
      if ((yield* readSector(disk, number)) === null) {
        errors += readError(disk.size, number);
        break;
      }
      kept.add(firstOf(disk, number));
      if (!known.has(number)) known.set(number, BLANK);
    }
  }
  return errors;
}

/** It counts sectors of the disk. */
const readError = (size: number, number: number): string =>
  `read error, sector ${Math.floor((number * SECTOR) / size)}\n`;

/** Returns null when the read fails, and a blank sector at the end of the disk. */
function* readSector(disk: Disk, number: number): Task<Uint8Array | null> {
  const { process, file, size } = disk;
  file.seek(firstOf(disk, number) * SECTOR, 'set');
  const bytes = yield* file.read(process, size);
  if (typeof bytes === 'string') return null;
  return bytes.length < size ? new Uint8Array(size) : bytes;
}

/** A sector that lies beyond the end. */
const SEEK_ERROR = 'llseek error\n';

const BLANK = new Uint8Array(SECTOR);

interface Limits {
  /** In parts of 512 bytes. */
  readonly capacity: number;
  /** Bytes of a sector. */
  readonly size: number;
  readonly failed: ReadonlySet<number>;
}

function parse(
  { type, forceGpt }: TableQuestion,
  { capacity, size, failed }: Limits,
  sector: Sector,
): TableAnswer {
  let warnings = '';
  if (type === null || type === 'gpt') {
    const whole = (number: number): Uint8Array => wholeSector(sector, number, size);
    const last = Math.floor((capacity * SECTOR) / size) - 1;
    const gpt = readGpt({ size, sector: whole, last, force: forceGpt });
    ({ warnings } = gpt);
    if (gpt.partitions !== null && gpt.partitions.length > 0) {
      return { partitions: gpt.partitions, warnings };
    }
  }
  if (type !== null && type !== 'dos') return { partitions: [], warnings };
  const unread = new Set<number>();
  const dos = readPartitions((number) => {
    if (failed.has(number)) unread.add(number);
    return sector(number);
  }, size / SECTOR);
  warnings += [...unread].map((number) => readError(size, number)).join('');
  return { partitions: dos?.partitions ?? [], warnings: warnings + (dos?.warnings ?? '') };
}

/** Puts a sector of the disk together. */
function wholeSector(sector: Sector, number: number, size: number): Uint8Array {
  const per = size / SECTOR;
  if (per === 1) return sector(number);
  const whole = new Uint8Array(size);
  for (let i = 0; i < per; i++) whole.set(sector(number * per + i), i * SECTOR);
  return whole;
}
