// ls.ts — ls(1), with the output that it has in a pipe: one name per line, sorted bytewise.
import { binaryOf, matchGlob, momentOf } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import type { Directory, Program, Vnode } from '@dmsim/vfs';

import { refuseColors } from '../color-option.ts';
import { humanReadable } from '../human-readable.ts';
import type { Options, OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { joinPath, lookup } from '../paths.ts';
import { refuse } from '../refuse.ts';
import { version } from '../textutils/sort-key.ts';
import { checkZone } from '../time-zone.ts';
import type { Tool } from '../tool.ts';
import { charsOf, fail, flushIfFull, quote, quoteShell, tool, warn } from '../tool.ts';
import { groupOf, linkCount, momentOfTime, sizeOf, sizeOnDisk, timesOf } from './inode.ts';
import type { ManyFormat } from './ls-columns.ts';
import { inColumns } from './ls-columns.ts';
import type { Entry, Follow } from './ls-entry.ts';
import { entryOf, followOperands, listedEntryOf } from './ls-entry.ts';
import { shownName } from './ls-name.ts';
import type { TimeFormat, TimeKind } from './ls-time.ts';
import { timeFormatOf, timeKindOf } from './ls-time.ts';
import { showMode } from './mode.ts';

const SPEC: OptionSpec = {
  short: '1acACdfFI:lLmnpqQrRsStuUvw:xhHNogGk',
  long: {
    literal: 'N',
    'show-control-chars': 'show-control-chars',
    'hide-control-chars': 'q',
    kibibytes: 'k',
    all: 'a',
    'almost-all': 'A',
    directory: 'd',
    recursive: 'R',
    reverse: 'r',
    dereference: 'L',
    'human-readable': 'h',
    'numeric-uid-gid': 'n',
    'no-group': 'G',
    size: 's',
    color: 'color::',
    format: 'format:',
    ignore: 'I:',
    hide: 'hide:',
    'quote-name': 'Q',
    'group-directories-first': 'group-directories-first',
    width: 'w:',
    zero: 'zero',
    'full-time': 'full-time',
    'time-style': 'time-style:',
    time: 'time:',
    sort: 'sort:',
  },
  refused: 'bBDiTXZ',
  refusedLong: [
    'file-type',
    'dereference-command-line',
    'dereference-command-line-symlink-to-dir',
    'indicator-style',
    'quoting-style',
    'hyperlink',
    'block-size',
    'context',
    'author',
    'inode',
    'classify',
    'dired',
    'escape',
    'ignore-backups',
    'tabsize',
  ],
  status: 2,
};

interface Look {
  readonly all: boolean;
  /** -I, and --hide, which -a and -A override: names that are not listed. */
  readonly ignored: readonly string[];
  readonly almostAll: boolean;
  /** `long` for -l, `single` for one name in a line, else several. */
  readonly format: ManyFormat | 'single' | 'long';
  readonly long: boolean;
  readonly width: number;
  readonly quoted: boolean;
  /** -q: what cannot be printed is shown as a question mark. */
  readonly hidden: boolean;
  readonly lineEnd: '\n' | '\0';
  /** -s: what each takes on disk. */
  readonly blocks: boolean;
  readonly numeric: boolean;
  readonly owner: boolean;
  readonly group: boolean;
  readonly human: boolean;
  readonly follow: Follow;
  /** An operand that is a symlink stands for what it leads to, except where its own entry is asked for. */
  readonly followOperands: Follow;
  readonly mark: '' | 'F' | 'p';
  readonly recursive: boolean;
  /** The time that -l shows. */
  readonly time: TimeKind;
  /** Shows it. Undefined: as the C locale does. */
  readonly timeFormat: TimeFormat;
  readonly order: (entries: Entry[]) => Entry[];
}

const bytewise = (a: Entry, b: Entry): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
const bySize = (a: Entry, b: Entry): number => sizeOf(b.node) - sizeOf(a.node) || bytewise(a, b);

const isHidden = ({ name }: Entry): boolean => name.startsWith('.');
const byVersion = (a: Entry, b: Entry): number =>
  Number(isHidden(b)) - Number(isHidden(a)) || version(a.name, b.name) || bytewise(a, b);

type Order = (a: Entry, b: Entry) => number;

/** The order asked for last; null for that of the directory. */
function sortOf(t: Tool, { has, given }: Options, time: TimeKind): Order | null {
  const byTime: Order = (a, b) => {
    const [x, y] = [timesOf(t, a.node)[time], timesOf(t, b.node)[time]];
    return x === y ? bytewise(a, b) : x > y ? -1 : 1;
  };
  const orders: Readonly<Record<string, Order | null>> = {
    S: bySize,
    t: byTime,
    v: byVersion,
    U: null,
    f: null,
  };
  const words: Readonly<Record<string, string>> = { size: 'S', time: 't', version: 'v', none: 'U' };
  const keys = given.map(([key, word]) =>
    key === 'sort' ? (words[word] ?? refuse(t, `--sort=${word}`)) : key,
  );
  const key = keys.findLast((k) => Object.hasOwn(orders, k));
  if (key !== undefined) return orders[key] as Order | null;
  // A time that is asked for without -l is what to sort by.
  const chosen = has('c') || has('u') || has('time');
  return chosen && !['l', 'n', 'o', 'g', 'full-time'].some(has) ? byTime : bytewise;
}

function* main(t: Tool): Task<number> {
  const options = parseOptions(t, SPEC);
  const { has } = options;
  refuseColors(t, options);
  const look = lookOf(t, options);
  const operands = options.operands.length === 0 ? ['.'] : options.operands;
  const files: Entry[] = [];
  const directories: Entry[] = [];
  let status = 0;
  for (const name of operands) {
    const entry = entryOf(t, name, name, look.followOperands);
    if (typeof entry === 'string') {
      yield* warn(t, `cannot access ${quoteShell(name)}: ${entry}`);
      status = 2;
    } else (entry.node.kind === 'directory' && !has('d') ? directories : files).push(entry);
  }
  if (files.length > 0) yield* printEntries(t, look, look.order(files));
  const titled = operands.length > 1 || look.recursive;
  let first = files.length === 0;
  for (const { name } of look.order(directories)) {
    first = yield* listDirectory(t, look, name, { titled, first });
  }
  return status;
}

function lookOf(t: Tool, options: Options): Look {
  const { has, value } = options;
  const format = formatOf(t, options);
  const time = timeKindOf(t, options);
  const sort = sortOf(t, options, time);
  return {
    time,
    timeFormat: timeFormatOf(t, options),
    all: has('a') || has('f'),
    almostAll: has('A'),
    ignored: ignoredBy(options),
    format,
    long: format === 'long',
    width: widthOf(t, value('w')),
    quoted: options.given.findLast(([key]) => ['Q', 'N', 'zero'].includes(key))?.[0] === 'Q',
    hidden:
      options.given.findLast(([key]) => key === 'q' || key === 'show-control-chars')?.[0] === 'q',
    lineEnd: has('zero') ? '\0' : '\n',
    blocks: has('s'),
    numeric: has('n'),
    owner: !has('g'),
    group: !has('o') && !has('G'),
    human: has('h'),
    follow: has('L') ? 'always' : 'never',
    followOperands: followOperands(has),
    mark: has('F') ? 'F' : has('p') ? 'p' : '',
    recursive: has('R'),
    order(entries) {
      if (sort === null) return entries;
      const sorted = entries.toSorted(sort);
      if (has('r')) sorted.reverse();
      if (!has('group-directories-first')) return sorted;
      return sorted.toSorted((a, b) => Number(leadsIn(b)) - Number(leadsIn(a)));
    },
  };
}

const leadsIn = ({ node, behind }: Entry): boolean => (behind ?? node).kind === 'directory';

type Format = Look['format'];

const FORMATS: Readonly<Record<string, Format>> = {
  C: 'down',
  x: 'across',
  m: 'commas',
  l: 'long',
  n: 'long',
  o: 'long',
  g: 'long',
  'full-time': 'long',
};

const FORMAT_WORDS: Readonly<Record<string, Format>> = {
  verbose: 'long',
  long: 'long',
  commas: 'commas',
  horizontal: 'across',
  across: 'across',
  vertical: 'down',
  'single-column': 'single',
};

/** The format asked for last; -1 and --zero leave -l as it is. */
function formatOf(t: Tool, { given }: Options): Format {
  let format: Format = 'single';
  for (const [key, word] of given) {
    if (key === '1' || key === 'zero') format = format === 'long' ? 'long' : 'single';
    else if (key === 'format') format = FORMAT_WORDS[word] ?? refuse(t, `--format=${word}`);
    else format = FORMATS[key] ?? format;
  }
  return format;
}

const DEFAULT_WIDTH = 80;

function widthOf(t: Tool, text: string | undefined): number {
  if (text === undefined) return DEFAULT_WIDTH;
  return /^\d+$/.test(text) ? Number(text) : fail(t, `invalid line width: ${quote(t, text)}`, 2);
}

const ignoredBy = ({ given, has }: Options): string[] =>
  given
    .filter(([key]) => key === 'I' || (key === 'hide' && !has('a') && !has('A')))
    .map(([, pattern]) => pattern);

interface Title {
  readonly titled: boolean;
  readonly first: boolean;
}

function* listDirectory(
  t: Tool,
  look: Look,
  path: string,
  { titled, first }: Title,
): Task<boolean> {
  const node = lookup(t, path);
  if (typeof node === 'string' || node.kind !== 'directory') return first;
  const sorted = look.order(entriesOf(t, look, path, node));
  if (titled) t.out.put(`${first ? '' : '\n'}${path}:\n`);
  if (look.long || look.blocks) {
    const bytes = sorted.reduce((sum, entry) => sum + sizeOnDisk(entry.node), 0);
    t.out.put(`total ${blocksText(look, bytes)}\n`);
  }
  yield* printEntries(t, look, sorted);
  if (!look.recursive) return false;
  for (const { name, node: child } of sorted) {
    if (child.kind !== 'directory' || name === '.' || name === '..') continue;
    yield* listDirectory(t, look, joinPath(path, name), { titled, first: false });
  }
  return false;
}

function entriesOf(t: Tool, look: Look, path: string, directory: Directory): Entry[] {
  const names = directory
    .entries()
    .map(binaryOf)
    .filter((name) => look.all || look.almostAll || !name.startsWith('.'))
    .filter((name) => !look.ignored.some((glob) => matchGlob(charsOf(t, glob), charsOf(t, name))));
  if (look.all) names.unshift('.', '..');
  return names
    .map((name) => listedEntryOf(t, look, joinPath(path, name), name))
    .filter((entry) => typeof entry !== 'string');
}

function* printEntries(t: Tool, look: Look, entries: readonly Entry[]): Task<void> {
  const lines = look.long
    ? longLines(t, look, entries)
    : entries.map((entry) => shownName(look, entry.name) + markOf(look, entry.node));
  const sizes = look.blocks ? entries.map(({ node }) => blocksText(look, sizeOnDisk(node))) : [];
  const width = Math.max(0, ...sizes.map((size) => size.length));
  const sized = (line: string, i: number): string => {
    if (!look.blocks) return line;
    const size = sizes[i] ?? '';
    return `${look.format === 'commas' ? size : size.padStart(width)} ${line}`;
  };
  if (look.format !== 'single' && look.format !== 'long') {
    t.out.put(inColumns(lines.map(sized), look.format, look.width));
    yield* flushIfFull(t);
    return;
  }
  for (const [i, line] of lines.entries()) {
    t.out.put(sized(line, i) + look.lineEnd);
    yield* flushIfFull(t);
  }
}

/** -Q: between double quotes, as a string of C. */

const blocksText = (look: Look, bytes: number): string =>
  look.human ? human(bytes) : String(bytes / 1024);

function markOf({ mark }: Look, node: Vnode): string {
  if (mark === '') return '';
  if (node.kind === 'directory') return '/';
  if (mark === 'p') return '';
  if (node.kind === 'symlink') return '@';
  if (node.kind === 'fifo') return '|';
  return node.kind === 'file' && (node.mode & 0o111) !== 0 ? '*' : '';
}

/** Formats entries for -l. Columns are only as wide as these entries need; sizes share one with `major, minor`. */
function longLines(t: Tool, look: Look, entries: readonly Entry[]): string[] {
  checkZone(t);
  const rows = entries.map((entry) => ({ entry, ...columnsOf(look, entry.node) }));
  const width = (pick: (row: (typeof rows)[number]) => string): number =>
    Math.max(0, ...rows.map((row) => pick(row).length));
  const links = width((row) => row.links);
  const owner = width((row) => row.owner);
  const group = width((row) => row.group);
  const major = width((row) => row.major);
  const minor = width((row) => row.minor);
  const devices = major > 0 ? major + 1 + minor : 0;
  const size = Math.max(
    width((row) => row.size),
    devices,
  );
  return rows.map((row) => {
    const { entry, mode } = row;
    const time = momentOfTime(timesOf(t, entry.node)[look.time]);
    const date = look.timeFormat(time, momentOf(t.process.sim));
    const bytes =
      row.major === ''
        ? row.size.padStart(size)
        : `${row.major.padStart(major + Math.max(0, size - devices))} ${row.minor.padStart(minor)}`;
    const who = [
      look.owner ? row.owner.padEnd(owner) : '',
      look.group ? row.group.padEnd(group) : '',
    ].filter((s) => s !== '');
    const name =
      entry.target === undefined
        ? shownName(look, entry.name) + markOf(look, entry.node)
        : `${shownName(look, entry.name)} -> ${shownName(look, entry.target)}${entry.behind === undefined ? '' : markOf(look, entry.behind)}`;
    return [mode, row.links.padStart(links), ...who, bytes, date, name].join(' ');
  });
}

function columnsOf(
  look: Look,
  node: Vnode,
): Record<'mode' | 'links' | 'owner' | 'group' | 'size' | 'major' | 'minor', string> {
  const device = node.kind === 'block' || node.kind === 'character';
  const size = sizeOf(node);
  return {
    mode: showMode(node),
    links: String(linkCount(node)),
    owner: look.numeric ? '0' : 'root',
    group: groupOf(node, look.numeric),
    size: device ? '' : look.human ? human(size) : String(size),
    major: device ? `${node.major},` : '',
    minor: device ? String(node.minor) : '',
  };
}

/** Formats a size as `1.5K` or `12M`: rounded up, with one decimal below ten. */
function human(bytes: number): string {
  const { number, power } = humanReadable(BigInt(bytes), { base: 1024, rounding: 'up' });
  return number + 'KMGTPEZY'.charAt(power - 1);
}

export const ls: Program = tool(main);
