// kpartx.ts — kpartx of multipath-tools 0.9.4: makes mapped devices of a disk's partitions. As kpartx/kpartx.c of multipath-tools does it.
import type { Tool } from '@dmsim/coreutils';
import { Failure, refuse, resolve, tool } from '@dmsim/coreutils';
import { findCell } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import { addPartitions, removePartitions } from './partition-maps.ts';
import { partitionsOf } from './read-table.ts';

/** A disk, and the names of its partitions. */
export interface Disk {
  readonly major: number;
  readonly minor: number;
  /** Partition N is `${base}${delimiter}N`. */
  readonly base: string;
  readonly delimiter: string;
  /** The uuid of a mapped device, which becomes a part of the uuids of its partitions. */
  readonly uuid: string | null;
}

export function kpartxProgram(machine: Machine): Program {
  return tool((t) => main(t, machine));
}

interface Call {
  mode: 'a' | 'd' | 'l' | 'u';
  delimiter: string | null;
  device: string;
}

const IGNORED = 'vnsf';

function parse(t: Tool): Call {
  const call: Call = { mode: 'l', delimiter: null, device: '' };
  let mode: Call['mode'] | null = null;
  for (let i = 0; i < t.args.length; i++) {
    const word = t.args[i] as string;
    if (!word.startsWith('-')) {
      call.device = word;
      continue;
    }
    for (let j = 1; j < word.length; j++) {
      const letter = word[j] as string;
      if (letter === 'p') {
        call.delimiter = word.slice(j + 1) === '' ? (t.args[++i] ?? '') : word.slice(j + 1);
        break;
      }
      if ('adlu'.includes(letter)) mode = letter as Call['mode'];
      else if (!IGNORED.includes(letter)) refuse(t, `kpartx -${letter}`);
    }
  }
  if (mode === null || call.device === '') refuse(t, t.args.join(' '));
  return { ...call, mode };
}

function* main(t: Tool, machine: Machine): Task<number> {
  const call = parse(t);
  const { mode, device } = call;
  const disk = diskOf(t, machine, call);
  if (mode === 'd') return yield* removePartitions(machine, disk);
  const partitions = yield* partitionsOf(t.process, machine, disk);
  if (partitions === 'gpt') refuse(t, 'a GUID partition table');
  if (mode === 'l') {
    for (const { number, start, length } of partitions ?? []) {
      t.out.put(`${disk.base}${disk.delimiter}${number} : 0 ${length} ${device} ${start}\n`);
    }
    return 0;
  }
  yield* addPartitions(machine, { disk, partitions: partitions ?? [], update: mode === 'u' });
  return 0;
}

/** Returns the disk of a device node. Its partitions are named after its map, else after the node. */
function diskOf(t: Tool, machine: Machine, { device, delimiter }: Call): Disk {
  const found = resolve(t, device);
  const node = typeof found === 'string' ? undefined : found.node;
  if (node?.kind !== 'block') throw new Failure(`failed to stat() ${device}\n`, 1);
  const { major, minor } = node;
  const cell = findCell(machine.dm, { major, minor });
  const base = cell?.name ?? device.slice(device.lastIndexOf('/') + 1);
  const between = delimiter ?? (/\d$/.test(base) ? 'p' : '');
  return { major, minor, base, delimiter: between, uuid: cell?.uuid ?? null };
}
