// read-table.ts — Reads the partition table of a disk: a GUID partition table if there is one, else a DOS label.
import { findDevice } from '@dmsim/block';
import type { Process, Task } from '@dmsim/sim';
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

export function* partitionsOf(
  process: Process,
  machine: Machine,
  question: TableQuestion,
): Task<TableAnswer> {
  const { major, minor } = question;
  const none = { partitions: [], warnings: '' };
  const device = findDevice(machine.layer, major, minor);
  if (device === undefined) return none;
  if (device.limits.logicalBlockSize !== SECTOR) {
    throw new NotSupported('kpartx', 0, 'a disk whose sectors have not 512 bytes');
  }
  const flags = { read: true, write: false, direct: true };
  const file = yield* blockNode(machine, major, minor).open(process, `${major}:${minor}`, flags);
  if (typeof file === 'string') return none;
  const known = new Map<number, Uint8Array>();
  try {
    // If the parser asks for sectors that have not been read, they are read and the parser starts anew.
    for (;;) {
      const missing = new Set<number>();
      const answer = parse(question, device.capacity - 1, (number) => {
        const sector = known.get(number);
        if (sector === undefined) missing.add(number);
        return sector ?? BLANK;
      });
      if (missing.size === 0) {
        const isWanted = question.type === null && answer.partitions.length === 0;
        const others = isWanted ? OTHER_TABLES : [];
        for (const number of others) yield* readSector(process, file, number);
        const beyond = [...known.keys(), ...others].filter((number) => number > device.capacity);
        return { ...answer, warnings: answer.warnings + SEEK_ERROR.repeat(beyond.length) };
      }
      for (const number of missing) {
        const bytes = yield* readSector(process, file, number);
        if (bytes === null) return none;
        known.set(number, bytes);
      }
    }
  } finally {
    file.release(process);
  }
}

/** Returns null when the read fails, and a blank sector at the end of the disk. */
function* readSector(process: Process, file: OpenFile, number: number): Task<Uint8Array | null> {
  file.seek(number * SECTOR, 'set');
  const bytes = yield* file.read(process, SECTOR);
  if (typeof bytes === 'string') return null;
  return bytes.length < SECTOR ? BLANK : bytes;
}

/** The sectors in which kpartx looks for tables of other systems: BSD, UnixWare, DASD. They are read, as kpartx does, and never parsed. */
const OTHER_TABLES = [1, 29, 2];

/** A sector that lies beyond the end. */
const SEEK_ERROR = 'llseek error\n';

const BLANK = new Uint8Array(SECTOR);

function parse({ type, forceGpt }: TableQuestion, last: number, sector: Sector): TableAnswer {
  let warnings = '';
  if (type === null || type === 'gpt') {
    const gpt = readGpt({ sector, last, force: forceGpt });
    ({ warnings } = gpt);
    if (gpt.partitions !== null && gpt.partitions.length > 0) {
      return { partitions: gpt.partitions, warnings };
    }
  }
  const dos = type === null || type === 'dos' ? readPartitions(sector) : null;
  return { partitions: dos?.partitions ?? [], warnings: warnings + (dos?.warnings ?? '') };
}
