// stat.ts — stat(1) -c, with the fields that do not depend on the numbers of inodes and file systems.
import { binaryOf, formatTime } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program, Vnode } from '@dmsim/vfs';

import { parseOptions } from '../options.ts';
import { lookup } from '../paths.ts';
import { refuse } from '../refuse.ts';
import { unescapeFormat } from '../shellutils/escapes.ts';
import { checkZone } from '../time-zone.ts';
import type { Tool } from '../tool.ts';
import { failUsage, flushIfFull, quoteShell, tool, warn } from '../tool.ts';
import {
  groupNameOf,
  GROUPS,
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
      return 'CdDimRr'.includes(letter) ? refuse(t, `stat -c %${letter}`) : '?';
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

/** One directive: flags, a width, a precision of times, and a letter. */
// oxlint-disable-next-line max-params -- how a field is shown, and of which file
function show(t: Tool, directive: string, name: string, node: Vnode): string {
  const [, flags = '', width, digits, letter = ''] =
    /^%([-#+ 0]*)(\d*)(?:\.(\d*))?(.)$/.exec(directive) ?? [];
  const text = 'WXYZ'.includes(letter)
    ? seconds(timeField(t, letter, node), digits)
    : field(t, letter, name, node);
  return flags.includes('-')
    ? text.padEnd(Number(width))
    : text.padStart(Number(width), flags.includes('0') ? '0' : ' ');
}

export const stat: Program = tool(function* main(t: Tool): Task<number> {
  const { has, given, operands } = parseOptions(t, {
    short: 'c:L',
    long: { dereference: 'L', format: 'c:', printf: 'printf:' },
    refused: 'ft',
    refusedLong: ['file-system', 'terse', 'cached'],
  });
  if (operands.length === 0) failUsage(t, 'missing operand');
  const chosen = given.findLast(([key]) => key === 'c' || key === 'printf');
  if (chosen === undefined) refuse(t, 'stat without -c');
  const format = chosen[0] === 'printf' ? unescapeFormat(chosen[1]).text : `${chosen[1]}\n`;
  let status = 0;
  for (const name of operands) {
    const node = lookup(t, name, { follow: has('L') });
    if (typeof node === 'string') {
      status = 1;
      yield* warn(t, `cannot statx ${quoteShell(name)}: ${strerror(node)}`);
      continue;
    }
    t.out.put(
      format.replaceAll(/%[-#+ 0]*\d*(?:\.\d*)?[A-Za-z%]/g, (directive) =>
        show(t, directive, name, node),
      ),
    );
    yield* flushIfFull(t);
  }
  return status;
});
