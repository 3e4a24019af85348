// stat.ts — stat(1) -c, with the fields that do not depend on the numbers of inodes and file systems; with -f, the file system itself.
import { binaryOf, formatTime } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program, Vnode } from '@dmsim/vfs';

import { parseOptions } from '../options.ts';
import { lookup, resolve } from '../paths.ts';
import { refuse } from '../refuse.ts';
import { unescapeFormat } from '../shellutils/escapes.ts';
import { checkZone } from '../time-zone.ts';
import type { Tool } from '../tool.ts';
import { failUsage, flushIfFull, quoteShell, tool, warn } from '../tool.ts';
import {
  groupNameOf,
  GROUPS,
  inodeOf,
  linkCount,
  momentOfTime,
  sizeOf,
  sizeOnDisk,
  timesOf,
} from './inode.ts';
import { showMode } from './mode.ts';

const KINDS = {
  directory: 'directory',
  symlink: 'symbolic link',
  block: 'block special file',
  character: 'character special file',
  fifo: 'fifo',
} as const;

const TYPE_BITS = {
  file: 0o100000,
  directory: 0o040000,
  symlink: 0o120000,
  block: 0o060000,
  character: 0o020000,
  fifo: 0o010000,
} as const;

function kindOf(node: Vnode): string {
  if (node.kind !== 'file') return KINDS[node.kind];
  return node.size() === 0 ? 'regular empty file' : 'regular file';
}

function field(t: Tool, letter: string, name: string, node: Vnode): string {
  const device = node.kind === 'block' || node.kind === 'character' ? node : undefined;
  switch (letter) {
    case 'a':
      return node.mode.toString(8);
    case 'A':
      return showMode(node);
    case 'b':
      return String(sizeOnDisk(node) / 512);
    case 'B':
      return '512';
    case 'f':
      return (TYPE_BITS[node.kind] | node.mode).toString(16);
    case 'F':
      return kindOf(node);
    case 'g':
      return String(GROUPS[groupNameOf(node)]);
    case 'G':
      return groupNameOf(node);
    case 'h':
      return String(linkCount(node));
    case 'i':
      return String(inodeOf(t, node) ?? refuse(t, `stat -c %i of ${name}`));
    case 'n':
      return name;
    case 'N':
      return node.kind === 'symlink'
        ? `${quoteShell(name)} -> ${quoteShell(binaryOf(node.target))}`
        : quoteShell(name);
    case 'o':
      return '4096';
    case 's':
      return String(sizeOf(node));
    case 't':
      return (device?.major ?? 0).toString(16);
    case 'T':
      return (device?.minor ?? 0).toString(16);
    case 'w':
    case 'x':
    case 'y':
    case 'z':
      checkZone(t);
      return humanTime(timeField(t, letter, node));
    case 'u':
      return '0';
    case 'U':
      return 'root';
    case '%':
      return '%';
    default:
      return 'CdDmRr'.includes(letter) ? refuse(t, `stat -c %${letter}`) : '?';
  }
}

const TIMES = { w: 'born', x: 'accessed', y: 'modified', z: 'changed' } as const;

const timeField = (t: Tool, letter: string, node: Vnode): bigint =>
  timesOf(t, node)[TIMES[letter.toLowerCase() as keyof typeof TIMES]];

function humanTime(time: bigint): string {
  const { seconds: whole, nanos } = momentOfTime(time);
  return formatTime('%Y-%m-%d %H:%M:%S.%N %z', whole, nanos);
}

/** `digits` are those after the point: undefined without a precision, empty for all nine. */
function seconds(time: bigint, digits: string | undefined): string {
  const { seconds: whole, nanos } = momentOfTime(time);
  const precision = digits === '' ? 9 : Number(digits ?? 0);
  const fraction = String(nanos).padStart(9, '0').padEnd(precision, '0').slice(0, precision);
  return precision === 0 ? String(whole) : `${whole}.${fraction}`;
}

/** Tells a field by its letter; `digits` are those of a precision, undefined without one. */
type Tell = (letter: string, digits: string | undefined) => string;

/** Each directive has flags, a width, a precision of times, and a letter. */
const fill = (format: string, tell: Tell): string =>
  format.replaceAll(
    /%([-#+ 0]*)(\d*)(?:\.(\d*))?([A-Za-z%])/g,
    // oxlint-disable-next-line max-params -- the parts of a directive
    (_, flags: string, width: string, digits: string | undefined, letter: string) => {
      const text = tell(letter, digits);
      return flags.includes('-')
        ? text.padEnd(Number(width))
        : text.padStart(Number(width), flags.includes('0') ? '0' : ' ');
    },
  );

const ofFile =
  (t: Tool, name: string, node: Vnode): Tell =>
  (letter, digits) =>
    'WXYZ'.includes(letter)
      ? seconds(timeField(t, letter, node), digits)
      : field(t, letter, name, node);

/** The answer of statfs(2). */
export interface FileSystemFacts {
  readonly type: string;
  readonly magic: number;
  readonly id: string;
  readonly blockSize: number;
  readonly blocks: number;
  readonly free: number;
  readonly available: number;
  readonly inodes: number;
  /** Undefined if it is not known. */
  readonly freeInodes: number | undefined;
}

const ofFileSystem =
  (t: Tool, name: string, facts: FileSystemFacts): Tell =>
  (letter) => {
    if (letter === 'd' && facts.freeInodes === undefined)
      return refuse(t, `stat -f -c %${letter} of ${name}`);
    const fields: Readonly<Record<string, number | string | undefined>> = {
      a: facts.available,
      b: facts.blocks,
      c: facts.inodes,
      d: facts.freeInodes,
      f: facts.free,
      i: facts.id,
      l: 255,
      n: name,
      s: facts.blockSize,
      S: facts.blockSize,
      t: facts.magic.toString(16),
      T: facts.type,
      '%': '%',
    };
    return String(fields[letter] ?? '?');
  };

/** The output of -f without a format. */
const ALL_OF_IT = `  File: "%n"
    ID: %-8i Namelen: %-7l Type: %T
Block size: %-10s Fundamental block size: %S
Blocks: Total: %-10b Free: %-10f Available: %a
Inodes: Total: %-10c Free: %d
`;

const TERSE = '%n %i %l %t %s %S %b %f %a %c %d\n';

/** The format of -f and of -ft; null for files, whose numbers of inodes and devices are not simulated. */
function usualFormat(has: (key: string) => boolean): string | null {
  if (!has('f')) return null;
  return has('t') ? TERSE : ALL_OF_IT;
}

/** Tells of the file system that holds the file with this absolute path; null where that is not known here. */
export type StatFileSystem = ((path: string) => FileSystemFacts) | null;

function tellOf(t: Tool, name: string, { follow }: { readonly follow: boolean }): Tell | string {
  const node = lookup(t, name, { follow });
  if (typeof node !== 'string') return ofFile(t, name, node);
  return `cannot statx ${quoteShell(name)}: ${strerror(node)}`;
}

function tellOfFileSystem(t: Tool, name: string, statFileSystem: StatFileSystem): Tell | string {
  if (statFileSystem === null) return refuse(t, '-f');
  const found = resolve(t, name);
  if (typeof found !== 'string' && found.node !== undefined)
    return ofFileSystem(t, name, statFileSystem(found.path));
  const why = strerror(typeof found === 'string' ? found : 'ENOENT');
  return `cannot read file system information for ${quoteShell(name)}: ${why}`;
}

/** stat(1). `statFileSystem` answers -f, which is refused where it is null. */
export const statProgram = (statFileSystem: StatFileSystem): Program =>
  tool((t) => main(t, statFileSystem));

function* main(t: Tool, statFileSystem: StatFileSystem): Task<number> {
  const { has, given, operands } = parseOptions(t, {
    short: 'c:fLt',
    long: { dereference: 'L', 'file-system': 'f', format: 'c:', printf: 'printf:', terse: 't' },
    refusedLong: ['cached'],
  });
  if (operands.length === 0) failUsage(t, 'missing operand');
  const chosen = given.findLast(([key]) => key === 'c' || key === 'printf');
  const format = chosen === undefined ? usualFormat(has) : formatOf(chosen);
  if (format === null) return refuse(t, 'stat without -c');
  let status = 0;
  for (const name of operands) {
    const tell = has('f')
      ? tellOfFileSystem(t, name, statFileSystem)
      : tellOf(t, name, { follow: has('L') });
    if (typeof tell === 'string') {
      status = 1;
      yield* warn(t, tell);
      continue;
    }
    t.out.put(fill(format, tell));
    yield* flushIfFull(t);
  }
  return status;
}

const formatOf = ([key, word]: readonly [string, string]): string =>
  key === 'printf' ? unescapeFormat(word).text : `${word}\n`;

export const stat: Program = statProgram(null);
