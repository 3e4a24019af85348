// partition-maps.ts — Makes, updates and removes linear maps for partitions. As kpartx/devmapper.c of multipath-tools does it.
import {
  allCells,
  devCreate,
  devRemove,
  devRename,
  devResume,
  findCell,
  tableLoad,
  tableStatus,
} from '@dmsim/dm';
import type { Task } from '@dmsim/sim';

import type { Machine } from '../../machine.ts';
import type { Partition } from './partition-table.ts';

/** A disk, and how its partitions are called. */
export interface Disk {
  readonly major: number;
  readonly minor: number;
  /** Partition N is `${base}${delimiter}N`. */
  readonly base: string;
  readonly delimiter: string;
  /** The uuid of a map, or one that stands for a disk which is none; null: maps are told by their tables alone. */
  readonly uuid: string | null;
}

/** The message about each map. */
export interface Voice {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** -v */
  readonly verbose: boolean;
}

export const SILENT: Voice = { out: () => undefined, err: () => undefined, verbose: false };

/** libdevmapper's flags: udev makes nodes and links, and nobody else; a table changes nothing for those above. */
const PRIMARY_SOURCE = 0x40;
const NO_FALLBACK = 0x20;
const RELOAD = 0x100;

/** kpartx looks for no more partitions. */
const MAX_PARTITIONS = 256;

/** A disk that is no map has no uuid to name its partitions by. */
export const uuidOfDisk = (major: number, minor: number): string =>
  `devnode_${major}:${minor}_Wh5pYvM`;

const nameOf = ({ base, delimiter }: Disk, number: number): string =>
  `${base}${delimiter}${number}`;

const uuidOf = (uuid: string, number: number): string => `part${number}-${uuid}`;

interface Job {
  readonly machine: Machine;
  readonly disk: Disk;
  readonly voice: Voice;
  /** Whether it waits until udev has made and dropped the links. */
  readonly waits: boolean;
  /** The permission bits of the nodes that it makes itself, as those of the disk's; null: it leaves them to udev. */
  readonly nodeMode: number | null;
}

interface Partitions extends Job {
  readonly partitions: readonly Partition[];
  readonly readOnly: boolean;
  /** Whether maps of partitions that the table no longer has are removed. */
  readonly update: boolean;
}

/** Returns how many failed. */
export function* addPartitions(job: Partitions): Task<number> {
  const { partitions, update, disk, voice } = job;
  let failures = 0;
  for (const partition of partitions) {
    if (!(yield* addPartition(job, partition))) failures++;
  }
  if (!update || partitions.length === 0) return failures;
  const kept = new Set(partitions.map(({ number }) => number));
  for (let number = MAX_PARTITIONS; number > 0; number--) {
    if (kept.has(number)) continue;
    const found = yield* findPartition(job, number);
    if (found === null) continue;
    const { name, uuid } = found;
    const reason = whyNotOurs(disk, uuid);
    if (reason !== null) voice.err(`${name} is ${reason}. Not removing\n`);
    else if (yield* remove(job, name)) say(voice, `del devmap : ${name}\n`);
    else {
      voice.err(`failed to remove ${name}`);
      failures++;
    }
  }
  return failures;
}

function say(voice: Voice, text: string): void {
  if (voice.verbose) voice.out(text);
}

function* addPartition(job: Partitions, { number, start, length }: Partition): Task<boolean> {
  const { machine, disk, voice, readOnly } = job;
  const { dm, multipathHost } = machine;
  const params = `${disk.major}:${disk.minor} ${start}`;
  const specs = [{ start: 0n, length: BigInt(length), type: 'linear', params }];
  const found = yield* findPartition(job, number);
  const name = nameOf(disk, number);
  const reason = found === null ? null : whyNotOurs(disk, found.uuid);
  if (reason !== null) {
    voice.err(`${name} is already in use, and ${reason}\n`);
    return false;
  }
  if (found === null) {
    const uuid = disk.uuid === null ? {} : { uuid: uuidOf(disk.uuid, number) };
    if (typeof devCreate(dm, { name, ...uuid }) === 'string') return failed(voice, name);
  }
  if (tableLoad(dm, { name }, { specs, readOnly }) !== undefined) {
    if (found === null) yield* remove(job, name);
    return failed(voice, name);
  }
  const isNew = found === null;
  const cookie = multipathHost.udev.createCookie(PRIMARY_SOURCE | (isNew ? 0 : RELOAD));
  yield* devResume(dm, { name }, { noflush: !isNew, lockFs: isNew, cookie });
  yield* udevIsDone(job, cookie);
  const minor = findCell(dm, { name })?.md.minor ?? 0;
  if (isNew) makeNode(job, name, minor);
  say(voice, `add map ${name} (${dm.major}:${minor}): 0 ${length} linear ${params}\n`);
  return true;
}

function makeNode({ machine, nodeMode: mode }: Job, name: string, minor: number): void {
  if (mode !== null) machine.nodes.create(name, { major: machine.dm.major, minor, mode }, true);
}

function failed(voice: Voice, name: string): false {
  voice.err(`create/reload failed on ${name}\n`);
  return false;
}

interface Found {
  readonly name: string;
  readonly uuid: string;
}

/** The map of a partition by its name, or by its uuid: then it gets its name back. */
function* findPartition(job: Job, number: number): Task<Found | null> {
  const { machine, disk, voice } = job;
  const { dm, multipathHost } = machine;
  const name = nameOf(disk, number);
  const named = findCell(dm, { name });
  if (named !== undefined) return { name, uuid: named.uuid ?? '' };
  if (disk.uuid === null) return null;
  const uuid = uuidOf(disk.uuid, number);
  const other = findCell(dm, { uuid });
  if (other === undefined || !standsOn(dm, other.name, disk)) return null;
  if (voice.verbose) {
    voice.err(`found map ${other.name} for uuid ${uuid}, renaming to ${name}\n`);
  }
  const before = other.name;
  const cookie = multipathHost.udev.createCookie(PRIMARY_SOURCE | NO_FALLBACK);
  if (devRename(dm, { name: before }, { to: name, setUuid: false, cookie }) === undefined) {
    if (job.nodeMode !== null) machine.nodes.rename(before, name, true);
    yield* udevIsDone(job, cookie);
    return { name, uuid };
  }
  if (voice.verbose) voice.err(`renaming ${before}->${name} failed\n`);
  return null;
}

/** A map of one linear target whose line names the disk. */
function standsOn(dm: Machine['dm'], name: string, { major, minor }: Disk): boolean {
  const [target, more] = tableOf(dm, name);
  return (
    more === undefined && target?.type === 'linear' && target.params.includes(`${major}:${minor}`)
  );
}

function tableOf(dm: Machine['dm'], name: string) {
  const table = tableStatus(dm, { name }, { kind: 'table' });
  return typeof table === 'string' ? [] : table;
}

function whyNotOurs({ uuid }: Disk, found: string): string | null {
  if (uuid === null || found === '') return null;
  const at = found.indexOf('-');
  if (at < 0 || !found.startsWith('part')) return 'not a kpartx partition';
  return found.slice(at + 1) === uuid ? null : 'a partition of a different device';
}

/** Returns the exit status. */
export function* removePartitions(job: Job): Task<number> {
  const { machine, disk, voice } = job;
  for (const { name } of allCells(machine.dm)) {
    if (name === disk.base || !namesDisk(machine.dm, name, disk)) continue;
    const what = whyNotPartition(job, name);
    if (what !== null) {
      say(voice, `${name}: is not a ${what}. Not removing\n`);
      continue;
    }
    if ((findCell(machine.dm, { name })?.md.disk?.openers ?? 0) > 0) {
      say(voice, `${name} is in use. Not removing\n`);
      return 1;
    }
    if (!(yield* remove(job, name))) {
      say(voice, `${name}: failed to remove\n`);
      return 1;
    }
    say(voice, `del devmap : ${name}\n`);
  }
  return 0;
}

const namesDisk = (dm: Machine['dm'], name: string, { major, minor }: Disk): boolean =>
  tableOf(dm, name)[0]?.params.includes(`${major}:${minor}`) === true;

function whyNotPartition({ machine: { dm }, disk }: Job, name: string): string | null {
  if (!standsOn(dm, name, disk)) return 'linear target';
  if (disk.uuid === null) return null;
  const uuid = findCell(dm, { name })?.uuid ?? '';
  const isOurs = uuid.endsWith(`-${disk.uuid}`) && /^part\d+-/.test(uuid);
  return isOurs ? null : 'kpartx partition';
}

function* remove(job: Job, name: string): Task<boolean> {
  const { dm, multipathHost } = job.machine;
  const cookie = multipathHost.udev.createCookie(PRIMARY_SOURCE);
  if ((yield* devRemove(dm, { name }, { cookie })) !== undefined) return false;
  if (job.nodeMode !== null) job.machine.nodes.remove(name, true);
  yield* udevIsDone(job, cookie);
  return true;
}

function* udevIsDone({ machine, waits }: Job, cookie: number): Task<void> {
  if (waits) yield* machine.multipathHost.udev.wait(cookie);
}
