// sfdisk.ts — sfdisk(8) of util-linux: shows partition tables, and writes them from a script.
import type { BlockDevice } from '@dmsim/block';
import { findDevice, rescanPartitions, scsiDeviceOf } from '@dmsim/block';
import type { Options, OptionSpec, Tool } from '@dmsim/coreutils';
import {
  complain,
  fail,
  openPath,
  parseOptions,
  readWhole,
  refuse,
  resolve,
  tool,
} from '@dmsim/coreutils';
import type { Prng, Task } from '@dmsim/sim';
import { createPrng, strerror, uniformInteger } from '@dmsim/sim';
import type { OpenFile, Program, Vnode } from '@dmsim/vfs';

import type { Machine } from '../../../machine.ts';
import { sizeText } from '../lsblk/size-text.ts';
import { addPart } from './change.ts';
import type { Label } from './label.ts';
import { emptyLabel, GPT_SECTORS, GRAIN, parseType, SECTOR, typeName } from './label.ts';
import type { DiskFacts } from './print.ts';
import { diskHead, dump, json, labelHead, longSize, partPath, partTable } from './print.ts';
import type { PartLine } from './script.ts';
import { parseLine } from './script.ts';
import { labelPieces, readLabel } from './table-on-disk.ts';

const SPEC: OptionSpec = {
  short: 'ldJqfsAaN:X:w:W:',
  long: {
    list: 'l',
    dump: 'd',
    json: 'J',
    quiet: 'q',
    force: 'f',
    'show-size': 's',
    activate: 'A',
    append: 'a',
    partno: 'N:',
    label: 'X:',
    wipe: 'w:',
    'wipe-partitions': 'W:',
    'no-reread': 'no-reread',
    'no-tell-kernel': 'no-tell-kernel',
    delete: 'delete',
    'part-type': 'part-type',
    version: 'v',
  },
  refused: 'FgrTVbnouhO',
  refusedLong: ['list-free', 'reorder', 'verify', 'backup', 'no-act', 'move-data', 'help'],
};

export const sfdisk = (machine: Machine): Program => tool((t) => main(t, machine));

interface Call extends Options {
  readonly t: Tool;
  readonly machine: Machine;
}

/** A disk or an image that is open. */
interface Opened {
  readonly facts: DiskFacts;
  readonly file: OpenFile;
  readonly dev: BlockDevice | undefined;
  /** Its first sectors. */
  readonly head: Uint8Array;
  readonly label: Label | null;
}

function* main(t: Tool, machine: Machine): Task<number> {
  const call: Call = { ...parseOptions(t, SPEC), t, machine };
  const { has, operands } = call;
  const [path, ...words] = operands;
  if (path === undefined) {
    if (has('l') || has('s')) refuse(t, t.args.join(' '));
    fail(t, 'no disk device specified');
  }
  if (has('l')) return yield* listAll(call);
  const disk = yield* openDisk(call, path, !readsOnly(call, words));
  const change = CHANGES.find(([option]) => has(option))?.[1];
  if (change !== undefined) return yield* change(call, disk, words);
  if (!readsOnly(call, words)) return yield* runScript(call, disk);
  if (has('s')) t.out.put(`${disk.facts.capacity / 2}\n`);
  else show(call, disk);
  close(call, disk);
  return 0;
}

const readsOnly = ({ has }: Call, words: readonly string[]): boolean =>
  has('d') || has('J') || has('s') || (has('part-type') && words.length < 2);

/** The head, the backup's place not included, is as long as a GUID table. */
const HEAD = (GPT_SECTORS + 1) * SECTOR;

function* openDisk({ t, machine }: Call, path: string, write: boolean): Task<Opened> {
  const found = resolve(t, path);
  const file = yield* openPath(t, path, { read: true, write });
  if (typeof file === 'string') return fail(t, `cannot open ${path}: ${strerror(file)}`);
  const { dev, capacity } =
    mediumOf(machine, typeof found === 'string' ? undefined : found.node) ?? refuse(t, path);
  const facts = factsOf(path, dev, capacity);
  checkFacts(t, facts);
  const head = yield* readHead(t, path, file);
  const label = readLabel(head, facts.capacity);
  const strange = label?.parts.find(({ type }) => typeName(label.kind, type) === null);
  if (strange !== undefined) refuse(t, `a partition of type ${strange.type}`);
  return { facts, file, dev, head, label };
}

/** The disk, or the image that stands for one; undefined for anything else. */
function mediumOf(
  { layer }: Machine,
  node: Vnode | undefined,
): { readonly dev: BlockDevice | undefined; readonly capacity: number } | undefined {
  if (node?.kind === 'file') return { dev: undefined, capacity: Math.floor(node.size() / SECTOR) };
  const dev = node?.kind === 'block' ? findDevice(layer, node.major, node.minor) : undefined;
  return dev === undefined ? undefined : { dev, capacity: dev.capacity };
}

function checkFacts(t: Tool, { path, logical, ioOpt, capacity }: DiskFacts): void {
  if (logical !== SECTOR) refuse(t, `${path}, whose sectors have ${logical} bytes`);
  if (ioOpt > GRAIN * SECTOR || capacity <= 4 * GRAIN) refuse(t, `the alignment on ${path}`);
}

function* readHead(t: Tool, path: string, file: OpenFile): Task<Uint8Array> {
  const head = new Uint8Array(HEAD);
  for (let at = 0; at < HEAD;) {
    const bytes = yield* file.read(t.process, HEAD - at);
    if (typeof bytes === 'string') return fail(t, `cannot open ${path}: ${strerror(bytes)}`);
    if (bytes.length === 0) break;
    head.set(bytes, at);
    at += bytes.length;
  }
  return head;
}

function factsOf(path: string, dev: BlockDevice | undefined, capacity: number): DiskFacts {
  const model = (dev === undefined ? null : scsiDeviceOf(dev))?.unit.model ?? null;
  if (dev === undefined)
    return { path, capacity, model, logical: SECTOR, physical: SECTOR, ioMin: SECTOR, ioOpt: 0 };
  const { logicalBlockSize, physicalBlockSize, ioMin, ioOpt } = dev.limits;
  return {
    path,
    capacity,
    model,
    logical: logicalBlockSize,
    physical: physicalBlockSize,
    ioMin,
    ioOpt,
  };
}

function close({ t }: Call, { file }: Opened): void {
  t.opened.delete(file);
  file.release(t.process);
}

function* listAll(call: Call): Task<number> {
  const { t, operands } = call;
  let status = 0;
  for (const [i, path] of operands.entries()) {
    if (i > 0) t.out.put('\n\n');
    const file = resolve(t, path);
    if (typeof file === 'string' || file.node === undefined) {
      const why = strerror(typeof file === 'string' ? file : 'ENOENT');
      yield* complain(t, `sfdisk: cannot open ${path}: ${why}\n`);
      status = 1;
      continue;
    }
    const disk = yield* openDisk(call, path, false);
    const { facts, label } = disk;
    t.out.put(diskHead(facts, sizeText));
    if (label !== null) {
      t.out.put(labelHead(label));
      const table = partTable(facts, label, sizeText);
      if (table !== '') t.out.put(`\n${table}`);
    }
    close(call, disk);
  }
  return status;
}

function show({ t, has }: Call, { facts, label }: Opened): void {
  if (label === null) fail(t, `${facts.path}: does not contain a recognized partition table`);
  t.out.put(has('J') ? json(facts, label) : dump(facts, label));
}

/** True if nothing below the disk is in use, so that the kernel would read its table anew. */
const isFree = ({ dev }: Opened): boolean =>
  dev === undefined ||
  (dev.holder === null && dev.partitions.every(({ openers }) => openers === 0));

/** Writes the table, and has the kernel read it. */
function* write(call: Call, disk: Opened, label: Label): Task<number> {
  const { t, has } = call;
  const { file, facts, dev } = disk;
  for (const { sector, bytes } of labelPieces(label, disk.head, facts.capacity)) {
    file.seek(sector * SECTOR, 'set');
    const done = yield* file.write(t.process, bytes);
    if (typeof done === 'string') return fail(t, `failed to write disklabel: ${strerror(done)}`);
  }
  if (!has('q')) t.out.put('\nThe partition table has been altered.\n');
  yield* file.sync(t.process);
  if (dev !== undefined && !has('no-tell-kernel')) {
    if (!has('q')) t.out.put('Calling ioctl() to re-read partition table.\n');
    const error = rescanPartitions(dev);
    if (error !== undefined)
      yield* complain(t, `Re-reading the partition table failed.: ${strerror(error)}\n`);
  }
  if (!has('q')) t.out.put('Syncing disks.\n');
  yield* file.linger(t.process);
  close(call, disk);
  return 0;
}

const withoutTable = (t: Tool, { facts }: Opened): never =>
  fail(t, `${facts.path}: does not contain a recognized partition table`);

function* deleteParts(call: Call, disk: Opened, words: readonly string[]): Task<number> {
  const { t } = call;
  const label = disk.label ?? withoutTable(t, disk);
  const numbers = new Set(words.map(Number));
  const known = (number: number): boolean => label.parts.some((part) => part.number === number);
  for (const number of numbers) if (!known(number)) refuse(t, t.args.join(' '));
  const parts = words.length === 0 ? [] : label.parts.filter(({ number }) => !numbers.has(number));
  return yield* write(call, disk, { ...label, parts });
}

function* partType(call: Call, disk: Opened, [number, word]: readonly string[]): Task<number> {
  const { t } = call;
  const label = disk.label ?? withoutTable(t, disk);
  const part = label.parts.find((one) => String(one.number) === number);
  if (part === undefined) return refuse(t, t.args.join(' '));
  if (word === undefined) {
    t.out.put(`${part.type}\n`);
    close(call, disk);
    return 0;
  }
  part.type = parseType(label.kind, word) ?? refuse(t, `the type ${word}`);
  return yield* write(call, disk, label);
}

/** Makes these partitions bootable, and no others. */
function* activate(call: Call, disk: Opened, words: readonly string[]): Task<number> {
  const { t } = call;
  const label = disk.label ?? withoutTable(t, disk);
  if (label.kind === 'gpt' || words.length === 0) refuse(t, t.args.join(' '));
  for (const part of label.parts) {
    const wanted = words.includes(String(part.number));
    if (wanted !== part.bootable)
      t.out.put(
        `The bootable flag on partition ${part.number} is ${wanted ? 'enabled' : 'disabled'} now.\n`,
      );
    part.bootable = wanted;
  }
  return yield* write(call, disk, label);
}

const IN_USE = `
This disk is currently in use - repartitioning is probably a bad idea.
Umount all file systems, and swapoff all swap partitions on this disk.
Use the --no-reread flag to suppress this check.

`;

/** The options that change a table by themselves. */
const CHANGES = [
  ['delete', deleteParts],
  ['part-type', partType],
  ['A', activate],
] as const;

function* runScript(call: Call, disk: Opened): Task<number> {
  const { t, has, value } = call;
  yield* checkUnused(call, disk);
  if (!has('q')) tellBefore(t, disk);
  const input = t.context.fds.get(0);
  const text = input === undefined ? '' : yield* readWhole(t, input);
  const script: Script = {
    call,
    disk,
    loud: !has('q'),
    random: createPrng(call.machine.sim.seed + disk.facts.capacity),
    kind: value('X') ?? disk.label?.kind ?? 'dos',
    id: undefined,
    label: has('a') || value('N') !== undefined ? disk.label : null,
  };
  for (const line of (typeof text === 'string' ? text : '').split('\n'))
    yield* takeLine(script, line);
  const label = script.label ?? createLabel(script);
  if (!has('q')) tellAfter(t, disk, label);
  return yield* write(call, disk, label);
}

function* checkUnused({ t, has }: Call, disk: Opened): Task<void> {
  if (disk.dev === undefined || has('no-reread')) return;
  const free = isFree(disk);
  const answer = free ? 'OK' : 'FAILED';
  if (!has('q')) t.out.put(`Checking that no-one is using this disk right now ... ${answer}\n`);
  if (free) return;
  yield* t.out.flush();
  yield* complain(t, IN_USE);
  if (!has('f')) fail(t, 'Use the --force flag to overrule all checks.');
}

function tellBefore(t: Tool, { facts, label }: Opened): void {
  t.out.put(`\n${diskHead(facts, sizeText)}`);
  if (label !== null) {
    const table = partTable(facts, label, sizeText);
    t.out.put(`${labelHead(label)}\nOld situation:\n${table === '' ? '' : `\n${table}`}`);
  }
  t.out.put('\n');
}

function tellAfter(t: Tool, { facts }: Opened, label: Label): void {
  const last = Math.max(0, ...label.parts.map(({ number }) => number));
  t.out.put(`${partPath(facts.path, last + 1)}: Done.\n`);
  const table = partTable(facts, label, sizeText);
  t.out.put(`\nNew situation:\n${labelHead(label)}${table === '' ? '' : `\n${table}`}`);
}

/** A script that is being read. */
interface Script {
  readonly call: Call;
  readonly disk: Opened;
  readonly loud: boolean;
  readonly random: Prng;
  kind: string;
  id: string | undefined;
  /** Null until the first partition: a new table is made for it. */
  label: Label | null;
}

const hex = ({ random }: Script, digits: number): string =>
  Array.from({ length: digits }, () => uniformInteger(random, 0, 15).toString(16)).join('');

const makeUuid = (script: Script): string =>
  [8, 4, 4, 4, 12]
    .map((digits) => hex(script, digits))
    .join('-')
    .toUpperCase();

function createLabel(script: Script): Label {
  const { call, disk, kind, loud } = script;
  if (kind !== 'dos' && kind !== 'gpt') return refuse(call.t, `the label ${kind}`);
  const id = script.id ?? (kind === 'dos' ? `0x${hex(script, 8)}` : makeUuid(script));
  const label = emptyLabel(kind, id, disk.facts.capacity);
  const what =
    kind === 'dos'
      ? `DOS (MBR) disklabel with disk identifier ${id}`
      : `GPT disklabel (GUID: ${id})`;
  if (loud) call.t.out.put(`>>> Created a new ${what}.\n`);
  return label;
}

function* takeLine(script: Script, given: string): Task<void> {
  const { t } = script.call;
  const line = parseLine(given);
  switch (line.kind) {
    case 'nothing':
      return;
    case 'unknown':
      return refuse(t, `the line '${given}'`);
    case 'header':
      takeHeader(script, line.name, line.value);
      return;
    case 'partition':
      yield* takePartition(script, line.part);
  }
}

function takeHeader(script: Script, name: string, value: string): void {
  const { t } = script.call;
  if (name === 'label') script.kind = value;
  else if (name === 'label-id') script.id = value;
  else if (name === 'first-lba' || name === 'last-lba') refuse(t, name);
  if (script.loud) t.out.put('>>> Script header accepted.\n');
}

function* takePartition(script: Script, line: PartLine): Task<void> {
  const { call, disk, loud } = script;
  const { t, value } = call;
  const { path } = disk.facts;
  const label = script.label ?? createLabel(script);
  const asked = value('N');
  const number = asked === undefined ? line.number : Number(asked);
  if (asked !== undefined) {
    if (label.parts.some((part) => part.number === number)) refuse(t, `-N ${asked}`);
    yield* complain(t, `warning: ${path}: partition ${asked} is not defined yet\n`);
  }
  const added = addPart(label, { ...line, number }, () => makeUuid(script));
  if ('why' in added) return refuse(t, added.why);
  script.label = added.label;
  if (!loud) return;
  const { part } = added;
  const what = `partition ${part.number} of type '${typeName(label.kind, part.type)}'`;
  const size = longSize(part.sectors, sizeText);
  t.out.put(`${partPath(path, part.number)}: Created a new ${what} and of size ${size}.\n`);
}
