// sfdisk.ts — sfdisk(8) of util-linux: shows partition tables, and writes them from a script.
import type { OptionSpec, Tool } from '@dmsim/coreutils';
import { complain, err, parseOptions, readWhole, refuse, resolve, tool } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../../../machine.ts';
import { sizeText } from '../lsblk/size-text.ts';
import type { Label } from './label.ts';
import { parseType } from './label.ts';
import { makeLabel } from './make-label.ts';
import type { Call, Opened } from './open-disk.ts';
import { close, openDisk } from './open-disk.ts';
import { chooseColumns, freeSpace, partTable, usualTable } from './part-table.ts';
import { diskHead, dump, json, labelHead, partPath } from './print.ts';
import { checkUnused, writeTable } from './write-table.ts';

const SPEC: OptionSpec = {
  short: 'lFdJqfsAaN:X:w:W:o:',
  long: {
    list: 'l',
    'list-free': 'F',
    output: 'o:',
    bytes: 'bytes',
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
  refused: 'grTVbnuhOBGLYcv',
  refusedLong: [
    'backup-pt-sectors',
    'backup-file',
    'color',
    'lock',
    'label-nested',
    'list-types',
    'move-use-fsync',
    'show-geometry',
    'relocate',
    'part-uuid',
    'part-label',
    'part-attrs',
    'disk-id',
    'show-pt-geometry',
    'unit',
    'Linux',
    'change-id',
    'id',
    'print-id',
    'reorder',
    'verify',
    'backup',
    'no-act',
    'move-data',
    'help',
  ],
};

export const sfdisk = (machine: Machine): Program => tool((t) => main(t, machine));

function* main(t: Tool, machine: Machine): Task<number> {
  const call: Call = { ...parseOptions(t, SPEC), t, machine };
  const { has, operands } = call;
  const [path, ...words] = operands;
  if (path === undefined) {
    if (has('l') || has('F') || has('s')) refuse(t, t.args.join(' '));
    err(t, 'no disk device specified');
  }
  if (has('l') || has('F')) return yield* listAll(call);
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
    if (!(yield* listOne(call, disk))) status = 1;
    close(call, disk);
  }
  return status;
}

/** Prints a disk as -l or -F does. False if it has no such column, which has been said. */
function* listOne({ t, has, value }: Call, { facts, label }: Opened): Task<boolean> {
  const quiet = has('q');
  const sizes = has('bytes') ? String : sizeText;
  if (has('F')) {
    if (value('o') !== undefined) refuse(t, '-F -o');
    if (label !== null) t.out.put(freeSpace(facts, label, { sizeText: sizes, quiet }));
    return true;
  }
  if (!quiet) t.out.put(diskHead(facts));
  if (label === null) return true;
  if (!quiet) t.out.put(labelHead(label));
  const columns = chooseColumns(facts, label, value('o'), sizes);
  if (label.parts.length === 0) return true;
  if ('unknown' in columns) {
    if (columns.lacking) refuse(t, `-o ${columns.unknown}`);
    yield* complain(t, `sfdisk: ${label.kind} unknown column: ${columns.unknown}\n`);
    return false;
  }
  t.out.put(`${quiet ? '' : '\n'}${partTable(columns, label.parts)}`);
  return true;
}

/** Prints the table as -d or -J does. */
function show({ t, has }: Call, { facts, label }: Opened): void {
  if (label === null) err(t, `${facts.path}: does not contain a recognized partition table`);
  t.out.put(has('J') ? json(facts, label) : dump(facts, label));
}

const withoutTable = (t: Tool, { facts }: Opened): never =>
  err(t, `${facts.path}: does not contain a recognized partition table`);

/** `--delete DISK [NUMBER...]`: without numbers all partitions go. */
function* deleteParts(call: Call, disk: Opened, words: readonly string[]): Task<number> {
  const { t } = call;
  const label = disk.label ?? withoutTable(t, disk);
  const numbers = new Set(words.map(Number));
  const known = (number: number): boolean => label.parts.some((part) => part.number === number);
  for (const [i, number] of [...numbers].entries()) {
    if (known(number)) continue;
    if (i > 0 || !Number.isInteger(number)) refuse(t, t.args.join(' '));
    err(t, `${disk.facts.path}: partition ${number}: failed to delete`);
  }
  const parts = words.length === 0 ? [] : label.parts.filter(({ number }) => !numbers.has(number));
  return yield* writeTable(call, disk, { ...label, parts });
}

/** `--part-type DISK NUMBER [TYPE]`: prints the type of a partition, or sets it. */
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
  return yield* writeTable(call, disk, label);
}

/** `-A DISK NUMBER...`: makes these partitions bootable, and no others. */
function* activate(call: Call, disk: Opened, words: readonly string[]): Task<number> {
  const { t, has } = call;
  const label = disk.label ?? withoutTable(t, disk);
  if (label.kind === 'gpt' || words.length === 0) refuse(t, t.args.join(' '));
  for (const part of label.parts) {
    const wanted = words.includes(String(part.number));
    if (wanted !== part.bootable && !has('q'))
      t.out.put(
        `The bootable flag on partition ${part.number} is ${wanted ? 'enabled' : 'disabled'} now.\n`,
      );
    part.bootable = wanted;
  }
  return yield* writeTable(call, disk, label);
}

/** The options that change a table by themselves. */
const CHANGES = [
  ['delete', deleteParts],
  ['part-type', partType],
  ['A', activate],
] as const;

/** Makes the table that the script on standard input asks for, and writes it. */
function* runScript(call: Call, disk: Opened): Task<number> {
  const { t, has } = call;
  yield* checkUnused(call, disk);
  if (!has('q')) tellBefore(t, disk);
  const input = t.context.fds.get(0);
  const text = input === undefined ? '' : yield* readWhole(t, input);
  const label = yield* makeLabel(call, disk, typeof text === 'string' ? text : '');
  if (!has('q')) tellAfter(t, disk, label);
  return yield* writeTable(call, disk, label);
}

function tellBefore(t: Tool, { facts, label }: Opened): void {
  t.out.put(`\n${diskHead(facts)}`);
  if (label !== null) {
    const table = usualTable(facts, label, sizeText);
    t.out.put(`${labelHead(label)}\nOld situation:\n${table === '' ? '' : `\n${table}`}`);
  }
  t.out.put('\n');
}

function tellAfter(t: Tool, { facts }: Opened, label: Label): void {
  const last = Math.max(0, ...label.parts.map(({ number }) => number));
  t.out.put(`${partPath(facts, last + 1)}: Done.\n`);
  const table = usualTable(facts, label, sizeText);
  t.out.put(`\nNew situation:\n${labelHead(label)}${table === '' ? '' : `\n${table}`}`);
}
