// read-table.ts — Reads the partition table of a disk: a GUID partition table if there is one, else a DOS label.
import { findDevice } from '@dmsim/block';
import { tableDeps } from '@dmsim/dm';
import type { Errno, Process, Task } from '@dmsim/sim';
import { NotSupported } from '@dmsim/sim';
import type { OpenFile } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import { blockNode } from '../../tree/block-node.ts';
import { readGpt } from './gpt.ts';
import type { Partition } from './partition-table.ts';
import { readPartitions } from './partition-table.ts';

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
  if (device.limits.logicalBlockSize !== SECTOR) {
    throw new NotSupported('kpartx', 0, 'a disk whose sectors have not 512 bytes');
  }
  const file = yield* openDisk(process, machine, question);
  if (typeof file === 'string') return file;
  const disk: Disk = { process, file, known: new Map(), failed: new Set() };
  try {
    const answer = yield* parseAll(disk, question, device.capacity - 1);
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
  /** The sectors that were read; blank ones where that failed. */
  readonly known: Map<number, Uint8Array>;
  readonly failed: Set<number>;
}

/** If the parser asks for sectors that have not been read, they are read and the parser starts anew. */
function* parseAll(disk: Disk, question: TableQuestion, last: number): Task<TableAnswer> {
  const { known, failed } = disk;
  for (;;) {
    const missing = new Set<number>();
    const answer = parse(question, { last, failed }, (number) => {
      const sector = known.get(number);
      if (sector === undefined) missing.add(number);
      return sector ?? BLANK;
    });
    if (missing.size === 0) return answer;
    for (const number of missing) {
      const bytes = yield* readSector(disk, number);
      if (bytes === null) failed.add(number);
      known.set(number, bytes ?? BLANK);
    }
  }
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
  const kept = new Set(failed.has(0) ? [] : [0]);
  let errors = '';
  for (const table of tables) {
    for (const number of table) {
      if (kept.has(number)) continue;
      if ((yield* readSector(disk, number)) === null) {
        errors += readError(number);
        break;
      }
      kept.add(number);
      if (!known.has(number)) known.set(number, BLANK);
    }
  }
  return errors;
}

const readError = (sector: number): string => `read error, sector ${sector}\n`;

/** Returns null when the read fails, and a blank sector at the end of the disk. */
function* readSector({ process, file }: Disk, number: number): Task<Uint8Array | null> {
  file.seek(number * SECTOR, 'set');
  const bytes = yield* file.read(process, SECTOR);
  if (typeof bytes === 'string') return null;
  return bytes.length < SECTOR ? BLANK : bytes;
}

/** A sector that lies beyond the end. */
const SEEK_ERROR = 'llseek error\n';

const BLANK = new Uint8Array(SECTOR);

interface Limits {
  /** The last sector of the disk. */
  readonly last: number;
  readonly failed: ReadonlySet<number>;
}

function parse(
  { type, forceGpt }: TableQuestion,
  { last, failed }: Limits,
  sector: Sector,
): TableAnswer {
  let warnings = '';
  if (type === null || type === 'gpt') {
    const gpt = readGpt({ sector, last, force: forceGpt });
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
  });
  warnings += [...unread].map(readError).join('');
  return { partitions: dos?.partitions ?? [], warnings: warnings + (dos?.warnings ?? '') };
}
