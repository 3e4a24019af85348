// kpartx.ts — kpartx of multipath-tools 0.9.4: makes mapped devices of a disk's partitions. As kpartx/kpartx.c of multipath-tools does it.
import type { Tool } from '@dmsim/coreutils';
import { complain, Failure, resolve, tool } from '@dmsim/coreutils';
import { findCell } from '@dmsim/dm';
import { getopt } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { DeviceNode, Program } from '@dmsim/vfs';
import { isMemoryFile } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import { setLoop } from '../util-linux/set-loop.ts';
import { deleteLoop, findLoop } from './loop-of-file.ts';
import type { Disk, Voice } from './partition-maps.ts';
import { addPartitions, removePartitions, uuidOfDisk } from './partition-maps.ts';
import type { Partition } from './partition-table.ts';
import { openDisk, partitionsOf } from './read-table.ts';

export function kpartxProgram(machine: Machine): Program {
  return tool((t) => main(t, machine));
}

interface Call {
  readonly mode: 'a' | 'd' | 'l' | 'u';
  readonly has: (letter: string) => boolean;
  readonly delimiter: string | null;
  readonly type: string | null;
  readonly device: string;
}

const OPTIONS = { short: 'rladfgvp:t:snu', long: {} };

/** Null: it was called wrongly. */
function* parse(t: Tool): Task<Call | null> {
  const { given, operands, error } = getopt(t.args, OPTIONS);
  if (error !== undefined) yield* complain(t, `${t.name}: ${error.message}\n`);
  const [device] = operands;
  if (error !== undefined || device === undefined || operands.length > 2) return null;
  const value = (key: string): string | null => given.findLast(([k]) => k === key)?.[1] ?? null;
  const mode = given.findLast(([key]) => 'adlu'.includes(key))?.[0] ?? 'l';
  return {
    mode: mode as Call['mode'],
    has: (letter) => given.some(([key]) => key === letter),
    delimiter: value('p'),
    type: value('t'),
    device,
  };
}

function* main(t: Tool, machine: Machine): Task<number> {
  const call = yield* parse(t);
  if (call === null) {
    t.out.put(USAGE);
    return 1;
  }
  const said: string[] = [];
  const voice: Voice = {
    out: (text) => t.out.put(text),
    err: (text) => void said.push(text),
    verbose: call.has('v'),
  };
  const status = yield* carryOutOn({ t, machine, voice }, call);
  for (const text of said) yield* complain(t, text);
  return status;
}

/** A file goes behind a loop device, unless it is there. The device goes when its maps go, or the list is printed. */
function* carryOutOn(place: Place, call: Call): Task<number> {
  const { t, machine, voice } = place;
  const found = resolve(t, call.device);
  if (typeof found === 'string' || found.node === undefined || !isMemoryFile(found.node))
    return yield* carryOut(place, call, diskOf(t, machine, call));
  const { node, path } = found;
  const old = findLoop(machine, path);
  if (old === undefined && call.mode === 'd') return 0;
  const loop = old ?? (yield* setLoop(machine, t.process, { node, path, readOnly: call.has('r') }));
  if (typeof loop === 'string') throw new Failure("can't set up loop\n", 1);
  const device = `/dev/${loop.disk.name}`;
  const onLoop = { ...call, device };
  const status = yield* carryOut(place, onLoop, diskOf(t, machine, onLoop));
  if (call.mode === 'd' || (call.mode === 'l' && old === undefined)) {
    deleteLoop(machine, loop);
    if (voice.verbose) voice.err(`loop deleted : ${device}\n`);
  }
  return status;
}

interface Place {
  readonly t: Tool;
  readonly machine: Machine;
  readonly voice: Voice;
}

function* carryOut(
  { t, machine, voice }: Place,
  { mode, device, has, type }: Call,
  disk: Disk,
): Task<number> {
  const waits = !has('n');
  const nodeMode = t.context.env.has('DM_DISABLE_UDEV') ? nodeOf(t, device).mode & 0o777 : null;
  const job = { machine, disk, voice, waits, nodeMode };
  if (mode === 'd') {
    const file = yield* openDisk(t.process, machine, disk);
    if (typeof file === 'string') throw new Failure(`${device}: ${strerror(file)}\n`, 1);
    file.release(t.process);
    return yield* removePartitions(job);
  }
  const { major, minor } = disk;
  const question = { major, minor, forceGpt: has('g'), type };
  const answer = yield* partitionsOf(t.process, machine, question);
  if (typeof answer === 'string') throw new Failure(`${device}: ${strerror(answer)}\n`, 1);
  const { partitions, warnings } = answer;
  voice.err(warnings);
  if (mode === 'l') {
    t.out.put(listing(partitions, disk, device));
    return 0;
  }
  const how = { readOnly: has('r'), update: mode === 'u' };
  return yield* addPartitions({ ...job, partitions, ...how });
}

/** A logical partition is shown on its extended one, as if the latter were the map whose minor is its place in the list. */
function listing(
  partitions: readonly Partition[],
  { base, delimiter }: Disk,
  device: string,
): string {
  const outer = partitions.filter(({ container }) => container === undefined);
  const lines = partitions.map(({ number, start, length, container }) => {
    const place = outer.findIndex((other) => other.number === container);
    const on = place < 0 ? device : `/dev/dm-${place}`;
    const at = start - (outer[place]?.start ?? 0);
    return `${base}${delimiter}${number} : 0 ${length} ${on} ${at}\n`;
  });
  return lines.join('');
}

/** Returns the disk of a device node. Its partitions are named after its map, else after the node. */
function diskOf(t: Tool, machine: Machine, { device, delimiter, mode, has }: Call): Disk {
  const { major, minor } = nodeOf(t, device);
  const cell = findCell(machine.dm, { major, minor });
  const base = cell?.name ?? device.slice(device.lastIndexOf('/') + 1);
  const between = delimiter ?? (/\d$/.test(base) ? 'p' : '');
  const byTableAlone = mode === 'd' && has('f');
  const uuid = cell?.uuid ?? (byTableAlone ? null : uuidOfDisk(major, minor));
  return { major, minor, base, delimiter: between, uuid };
}

function nodeOf(t: Tool, device: string): DeviceNode {
  const found = resolve(t, device);
  const node = typeof found === 'string' ? undefined : found.node;
  if (node === undefined) {
    t.out.put(`failed to stat() ${device}\n`);
    throw new Failure('', 1);
  }
  if (node.kind !== 'block') throw new Failure(`invalid device: ${device}\n`, 1);
  return node;
}

const USAGE = `multipath-tools v0.9.4 (12/19, 2022)
Usage:
  kpartx [-a|-d|-u|-l] [-r] [-p] [-f] [-g] [-s|-n] [-v] wholedisk
\t-a add partition devmappings
\t-r devmappings will be readonly
\t-d del partition devmappings
\t-u update partition devmappings
\t-l list partitions devmappings that would be added by -a
\t-p set device name-partition number delimiter
\t-g force GUID partition table (GPT)
\t-f force devmap create
\t-v verbose
\t-n nosync mode. Return before the partitions are created
\t-s sync mode (Default). Don't return until the partitions are created
`;
