// df.ts — df(1) of coreutils: what is used of each file system, and what is left.
import type { Options, OptionSpec, Tool } from '@dmsim/coreutils';
import {
  fail,
  failUsage,
  humanReadable,
  parseBlockSize,
  parseOptions,
  quote,
  quoteIfNeeded,
  refuse,
  resolve,
  tool,
  warn,
} from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Mount } from '../mounts.ts';
import { mountOf, mountsOf, usageOf } from '../mounts.ts';
import type { Userland } from '../userland.ts';

const SPEC: OptionSpec = {
  short: 'aB:hHiklPt:Tx:vm',
  long: {
    all: 'a',
    'block-size': 'B:',
    'human-readable': 'h',
    si: 'H',
    local: 'l',
    portability: 'P',
    type: 't:',
    'print-type': 'T',
    'exclude-type': 'x:',
    output: 'output::',
    total: 'total',
    inodes: 'i',
    sync: 'sync',
    'no-sync': 'no-sync',
  },
  refused: 'F',
};

/** A line of the table. Undefined figures are shown as `-`. */
interface Row {
  readonly source: string;
  readonly type: string;
  readonly total: number | undefined;
  readonly used: number | undefined;
  readonly available?: number | undefined;
  readonly target: string;
}

interface Column {
  readonly title: string;
  readonly least: number;
  readonly right: boolean;
  readonly text: (row: Row) => string;
}

interface Unit {
  readonly title: string;
  /** Shortens `Available`. */
  readonly short: boolean;
  readonly show: (kib: number) => string;
}

export const df = (machine: Userland): Program => tool((t) => main(t, machine));

function* main(t: Tool, machine: Userland): Task<number> {
  const options = parseOptions(t, SPEC);
  const { has, operands } = options;
  const columns = columnsOf(t, options);
  const mounts: Mount[] = [];
  let status = 0;
  if (operands.length === 0) mounts.push(...listed(machine, options));
  for (const name of operands) {
    const found = resolve(t, name);
    if (typeof found === 'string' || found.node === undefined) {
      status = 1;
      yield* warn(
        t,
        `${quoteIfNeeded(name)}: ${strerror(typeof found === 'string' ? found : 'ENOENT')}`,
      );
    } else mounts.push(mountOf(machine, found.path));
  }
  const wanted = mounts.filter((mount) => isWanted(options, mount));
  if (wanted.length === 0) {
    if (status === 0) fail(t, 'no file systems processed');
    return status;
  }
  if (wanted.some(({ space }) => space?.() === null))
    refuse(t, 'an ext4 with a directory that does not fit into one block');
  if (has('i')) {
    printInodes(t, wanted);
    return status;
  }
  const rows = wanted.map((mount) => rowOf(machine, mount));
  if (has('total')) rows.push(totalOf(rows));
  print(t, columns, rows);
  return status;
}

/** Without operands: each file system that has blocks; with -a all. */
const listed = (machine: Userland, { has }: Options): readonly Mount[] =>
  mountsOf(machine).filter((mount) => has('a') || usageOf(machine, mount).total > 0);

function isWanted({ given }: Options, { type }: Mount): boolean {
  const named = (letter: string): string[] =>
    given.filter(([key]) => key === letter).map(([, name]) => name);
  const only = named('t');
  return (only.length === 0 || only.includes(type)) && !named('x').includes(type);
}

function rowOf(machine: Userland, mount: Mount): Row {
  const { source, type, target } = mount;
  const { total, used, available } = usageOf(machine, mount);
  return { source, type, target, total, used, available };
}

const totalOf = (rows: readonly Row[]): Row => ({
  source: 'total',
  type: '-',
  target: '-',
  total: rows.reduce((sum, row) => sum + (row.total ?? 0), 0),
  used: rows.reduce((sum, row) => sum + (row.used ?? 0), 0),
  available: rows.reduce((sum, row) => sum + (left(row) ?? 0), 0),
});

const FIELDS = ['source', 'fstype', 'size', 'used', 'avail', 'pcent', 'target'] as const;
type Field = (typeof FIELDS)[number];

function columnsOf(t: Tool, options: Options): Column[] {
  const { has, value } = options;
  const output = value('output');
  const unit = unitOf(t, options);
  if (output === undefined) {
    const fields = FIELDS.filter((field) => field !== 'fstype' || has('T'));
    return fields.map((field) => columnOf(field, unit, has('P') && !unit.short));
  }
  const names = output === '' ? refuse(t, '--output') : output.split(',');
  return names.map((name) => {
    if (/^(?:itotal|iused|iavail|ipcent|file)$/.test(name)) refuse(t, `--output=${name}`);
    if (!(FIELDS as readonly string[]).includes(name))
      failUsage(t, `option --output: field ${quote(t, name)} unknown`);
    return columnOf(name as Field, { ...unit, short: true }, false);
  });
}

const left = ({ total, used, available }: Row): number | undefined => {
  if (available !== undefined) return available;
  return total === undefined || used === undefined ? undefined : Math.max(0, total - used);
};

function columnOf(field: Field, unit: Unit, posix: boolean): Column {
  const figure = (of: (row: Row) => number | undefined): ((row: Row) => string) => {
    return (row) => {
      const kib = of(row);
      return kib === undefined ? '-' : unit.show(kib);
    };
  };
  switch (field) {
    case 'source':
      return { title: 'Filesystem', least: 14, right: false, text: ({ source }) => source };
    case 'fstype':
      return { title: 'Type', least: 4, right: false, text: ({ type }) => type };
    case 'size':
      return { title: unit.title, least: 5, right: true, text: figure(({ total }) => total) };
    case 'used':
      return { title: 'Used', least: 5, right: true, text: figure(({ used }) => used) };
    case 'avail':
      return {
        title: unit.short ? 'Avail' : 'Available',
        least: 5,
        right: true,
        text: figure(left),
      };
    case 'pcent':
      return { title: posix ? 'Capacity' : 'Use%', least: 4, right: true, text: percent };
    case 'target':
      return { title: 'Mounted on', least: 0, right: false, text: ({ target }) => target };
  }
}

/** Rounded up. */
function percent(row: Row): string {
  const { total, used } = row;
  if (total === undefined || used === undefined || total === 0) return '-';
  return `${Math.ceil((used * 100) / (used + (left(row) ?? 0)))}%`;
}

/** -i: of ext4 alone. How many inodes the others have is not known. */
function printInodes(t: Tool, mounts: readonly Mount[]): void {
  const rows = mounts.map(({ source, target, space }) => {
    const of = space?.() ?? refuse(t, '-i');
    const used = of.inodes - of.freeInodes;
    const part = `${Math.ceil((used * 100) / of.inodes)}%`;
    return [source, String(of.inodes), String(used), String(of.freeInodes), part, target];
  });
  const lines = [['Filesystem', 'Inodes', 'IUsed', 'IFree', 'IUse%', 'Mounted on'], ...rows];
  const widths = [14, 5, 5, 5, 4, 0].map((least, i) =>
    Math.max(least, ...lines.map((cells) => cells[i]?.length ?? 0)),
  );
  for (const cells of lines) {
    const padded = cells.map((cell, i) => {
      if (i === 0) return cell.padEnd(widths[i] ?? 0);
      return i === cells.length - 1 ? cell : cell.padStart(widths[i] ?? 0);
    });
    t.out.put(`${padded.join(' ')}\n`);
  }
}

/** The last option that sets a unit counts. */
function unitOf(t: Tool, { given, has }: Options): Unit {
  const last = given.findLast(([key]) => 'hHkmB'.includes(key) && key.length === 1);
  const [key = 'k', text = '1K'] = last ?? [];
  if (key === 'h' || key === 'H') {
    const base = key === 'h' ? 1024 : 1000;
    return { title: 'Size', short: true, show: (kib) => human(kib, base) };
  }
  const word = key === 'k' ? '1K' : key === 'm' ? '1M' : text;
  const bytes = parseBlockSize(word);
  if (bytes === undefined) fail(t, `invalid -B argument ${quote(t, word)}`);
  const title = has('P') ? `${bytes}-blocks` : `${unitName(bytes)}-blocks`;
  const suffix = /^[A-Za-z]/.test(word) ? word.charAt(0) : '';
  return {
    title,
    short: false,
    show: (kib) => String(Math.ceil((kib * 1024) / bytes)) + (key === 'B' ? suffix : ''),
  };
}

function human(kib: number, base: 1000 | 1024): string {
  const { number, power } = humanReadable(BigInt(kib) * 1024n, { base, rounding: 'up' });
  return number + (base === 1000 ? 'kMGTPEZY' : 'KMGTPEZY').charAt(power - 1);
}

/** `1K`, `1M`, `1kB`, `1B`: powers of 1024 before those of 1000. */
function unitName(bytes: number): string {
  for (const [base, letters, suffix] of [
    [1024, 'KMGT', ''],
    [1000, 'kMGT', 'B'],
  ] as const) {
    let n = bytes;
    let power = 0;
    for (; n % base === 0 && power < 4; power++) n /= base;
    if (power > 0) return `${n}${letters.charAt(power - 1)}${suffix}`;
  }
  return `${bytes}B`;
}

function print(t: Tool, columns: readonly Column[], rows: readonly Row[]): void {
  const lines = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map(({ text }) => text(row))),
  ];
  const widths = columns.map(({ least }, i) =>
    Math.max(least, ...lines.map((cells) => cells[i]?.length ?? 0)),
  );
  for (const cells of lines) {
    const padded = cells.map((cell, i) => {
      if (columns[i]?.right === true) return cell.padStart(widths[i] ?? 0);
      return i === cells.length - 1 ? cell : cell.padEnd(widths[i] ?? 0);
    });
    t.out.put(`${padded.join(' ')}\n`);
  }
}
