// diff.ts — diff(1) of two files: the normal format, -u and -q. Uses the library `diff`.
import { formatTime, momentOf } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';
import { diffArrays } from 'diff/lib/diff/array.js';

import { refuseColors } from '../color-option.ts';
import type { Options, OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { baseName, joinPath, lookup } from '../paths.ts';
import { refuse } from '../refuse.ts';
import { readNamed, splitLines } from '../textutils/filter.ts';
import type { Tool } from '../tool.ts';
import { fail, Failure, tool } from '../tool.ts';

const SPEC: OptionSpec = {
  short: 'abBiqsuU:wNL:',
  long: {
    text: 'a',
    'ignore-space-change': 'b',
    'ignore-blank-lines': 'B',
    'ignore-case': 'i',
    brief: 'q',
    'report-identical-files': 's',
    unified: 'U::',
    'ignore-all-space': 'w',
    'new-file': 'N',
    label: 'L:',
    color: 'color::',
    normal: 'normal',
  },
  refused: '0123456789cCdDeEFHIlnprtTxXyZPSWfhv',
  refusedLong: [
    'binary',
    'changed-group-format',
    'exclude-from',
    'expand-tabs',
    'forward-ed',
    'from-file',
    'horizon-lines',
    'ifdef',
    'ignore-file-name-case',
    'ignore-tab-expansion',
    'ignore-trailing-space',
    'inhibit-hunk-merge',
    'initial-tab',
    'left-column',
    'line-format',
    'minimal',
    'new-group-format',
    'new-line-format',
    'no-dereference',
    'no-ignore-file-name-case',
    'old-group-format',
    'old-line-format',
    'paginate',
    'palette',
    'sdiff-merge-assist',
    'show-c-function',
    'show-function-line',
    'speed-large-files',
    'starting-file',
    'suppress-blank-empty',
    'suppress-common-lines',
    'tabsize',
    'to-file',
    'unchanged-group-format',
    'unchanged-line-format',
    'unidirectional-new-file',
    'width',
    'context',
    'recursive',
    'side-by-side',
    'ed',
    'rcs',
    'ignore-matching-lines',
    'exclude',
    'strip-trailing-cr',
  ],
  status: 2,
  named: true,
};

/** A run of lines that differ: `removed` lines from line `a` became `added` lines from line `b`. */
interface Change {
  readonly a: number;
  readonly b: number;
  readonly removed: number;
  readonly added: number;
}

function* main(t: Tool): Task<number> {
  const options = parseOptions(t, SPEC);
  const { has } = options;
  checkOptions(t, options);
  const names = withinDirectories(t, ...twoFiles(t, options));
  const [left, right] = yield* readBoth(t, names, has('N'));
  const [a, b] = [splitLines(left), splitLines(right)];
  const changes = changesOf(a, b, shaper(ignoredOf(options)));
  if (changes.length === 0) {
    if (has('s')) t.out.put(`Files ${names[0]} and ${names[1]} are identical\n`);
    return 0;
  }
  const binary = !has('a') && (left + right).includes('\0');
  if (has('q') || binary) {
    const what = binary && !has('q') ? 'Binary files' : 'Files';
    t.out.put(`${what} ${names[0]} and ${names[1]} differ\n`);
  } else if (has('u') || has('U')) putUnified(t, { names, a, b, changes }, options);
  else for (const change of changes) t.out.put(normal(a, b, change));
  return 1;
}

function checkOptions(t: Tool, options: Options): void {
  if (options.has('B')) refuse(t, '-B');
  refuseColors(t, options);
  const lines = options.value('U') ?? '';
  if (!/^\d*$/.test(lines)) fail(t, `invalid context length '${lines}'`, 2);
}

function twoFiles(t: Tool, { operands }: Options): readonly [string, string] {
  const [first, second, extra] = operands;
  const usage = (message: string): never => {
    const hint = `${t.name}: Try '${t.name} --help' for more information.`;
    throw new Failure(`${t.name}: ${message}\n${hint}\n`, 2);
  };
  if (first === undefined) return usage(`missing operand after '${t.name}'`);
  if (second === undefined) return usage(`missing operand after '${first}'`);
  if (extra !== undefined) return usage(`extra operand '${extra}'`);
  return [first, second];
}

/** Reads both files before it complains about any. With -N a missing one counts as empty. */
function* readBoth(
  t: Tool,
  names: readonly [string, string],
  missingIsEmpty: boolean,
): Task<readonly [string, string]> {
  const texts: string[] = [];
  let failures = '';
  for (const name of names) {
    const text = yield* readNamed(t, name);
    if (typeof text === 'string') texts.push(text);
    else if (missingIsEmpty && text.errno === 'ENOENT') texts.push('');
    else failures += `${t.name}: ${name}: ${strerror(text.errno)}\n`;
  }
  if (failures !== '') throw new Failure(failures, 2);
  const [left = '', right = ''] = texts;
  return [left, right];
}

interface Compared {
  readonly names: readonly [string, string];
  readonly a: readonly string[];
  readonly b: readonly string[];
  readonly changes: readonly Change[];
}

function putUnified(t: Tool, { names, a, b, changes }: Compared, { given, value }: Options): void {
  const labels = given.filter(([key]) => key === 'L').map(([, label]) => label);
  const context = value('U') ?? '';
  const around = context === '' ? 3 : Number(context);
  t.out.put(`--- ${labels[0] ?? stamped(t, names[0])}\n+++ ${labels[1] ?? stamped(t, names[1])}\n`);
  for (const hunk of hunksOf(changes, around)) t.out.put(unified(a, b, hunk, around));
}

/** Resolves `diff FILE DIR`, which compares FILE with the file of the same name in DIR. */
function withinDirectories(t: Tool, first: string, second: string): readonly [string, string] {
  const isDirectory = (name: string): boolean => {
    const node = lookup(t, name);
    return typeof node !== 'string' && node.kind === 'directory';
  };
  const [a, b] = [isDirectory(first), isDirectory(second)];
  if (a && b) refuse(t, 'two directories');
  if (b) return [first, joinPath(second, baseName(first))];
  return a ? [joinPath(first, baseName(second)), second] : [first, second];
}

const stamped = (t: Tool, name: string): string => {
  const { seconds } = momentOf(t.process.sim);
  return `${name}\t${formatTime('%Y-%m-%d %H:%M:%S.000000000 +0000', seconds)}`;
};

interface Ignored {
  readonly fold: boolean;
  readonly blanks: 'all' | 'few' | 'none';
}

const ignoredOf = ({ has }: Options): Ignored => ({
  fold: has('i'),
  blanks: has('w') ? 'none' : has('b') ? 'few' : 'all',
});

/** Returns a function that normalizes a line, so that lines which differ only in ignored ways become equal. */
function shaper({ fold, blanks }: Ignored): (line: string) => string {
  return (line) => {
    let shaped = line;
    if (blanks === 'none') shaped = shaped.replace(/[ \t\r\n\f\v]+/g, '');
    else if (blanks === 'few')
      shaped = shaped.replace(/[ \t]+(?=\n|$)/g, '').replace(/[ \t]+/g, ' ');
    return fold ? shaped.toLowerCase() : shaped;
  };
}

function changesOf(
  a: readonly string[],
  b: readonly string[],
  shape: (line: string) => string,
): Change[] {
  const changes: Change[] = [];
  let [i, j] = [0, 0];
  let [removed, added] = [0, 0];
  const flush = (): void => {
    if (removed + added > 0) changes.push({ a: i - removed, b: j - added, removed, added });
    [removed, added] = [0, 0];
  };
  for (const part of diffArrays(a.map(shape), b.map(shape))) {
    const count = part.value.length;
    if (part.removed) {
      removed += count;
      i += count;
    } else if (part.added) {
      added += count;
      j += count;
    } else {
      flush();
      i += count;
      j += count;
    }
  }
  flush();
  return changes.map((change) => slideDown(a, b, change));
}

/** Moves a change that only adds or only removes to its last possible position, as diff(1) does. */
function slideDown(a: readonly string[], b: readonly string[], change: Change): Change {
  let { a: i, b: j } = change;
  const { removed, added } = change;
  if (removed > 0 && added > 0) return change;
  // The change can move down by one line if the line after it equals its first line.
  const slides = (): boolean =>
    removed === 0
      ? j + added < b.length && b[j] === b[j + added] && a[i] === b[j]
      : i + removed < a.length && a[i] === a[i + removed] && b[j] === a[i];
  while (slides()) {
    i++;
    j++;
  }
  return { a: i, b: j, removed, added };
}

const shown = (mark: string, line: string): string =>
  line.endsWith('\n') ? mark + line : `${mark}${line}\n\\ No newline at end of file\n`;

const span = (start: number, count: number): string =>
  count === 0 ? String(start) : count === 1 ? String(start + 1) : `${start + 1},${start + count}`;

function normal(a: readonly string[], b: readonly string[], change: Change): string {
  const { removed, added } = change;
  const letter = removed === 0 ? 'a' : added === 0 ? 'd' : 'c';
  const lines = [`${span(change.a, removed)}${letter}${span(change.b, added)}\n`];
  for (const line of a.slice(change.a, change.a + removed)) lines.push(shown('< ', line));
  if (letter === 'c') lines.push('---\n');
  for (const line of b.slice(change.b, change.b + added)) lines.push(shown('> ', line));
  return lines.join('');
}

/** Groups changes into hunks. Changes whose contexts touch share a hunk. */
function hunksOf(changes: readonly Change[], context: number): Change[][] {
  const hunks: Change[][] = [];
  for (const change of changes) {
    const last = hunks.at(-1)?.at(-1);
    if (last !== undefined && change.a - (last.a + last.removed) <= 2 * context)
      hunks.at(-1)?.push(change);
    else hunks.push([change]);
  }
  return hunks;
}

const range = (start: number, end: number): string => {
  const count = end - start;
  return count === 1 ? String(start + 1) : `${count === 0 ? start : start + 1},${count}`;
};

function unified(
  a: readonly string[],
  b: readonly string[],
  hunk: readonly Change[],
  context: number,
): string {
  const [first] = hunk;
  const last = hunk.at(-1);
  if (first === undefined || last === undefined) return '';
  const before = Math.min(context, first.a, first.b);
  const endA = Math.min(a.length, last.a + last.removed + context);
  const endB = Math.min(b.length, last.b + last.added + context);
  const lines = [`@@ -${range(first.a - before, endA)} +${range(first.b - before, endB)} @@\n`];
  let at = first.a - before;
  for (const change of hunk) {
    for (; at < change.a; at++) lines.push(shown(' ', a[at] ?? ''));
    for (const line of a.slice(change.a, change.a + change.removed)) lines.push(shown('-', line));
    for (const line of b.slice(change.b, change.b + change.added)) lines.push(shown('+', line));
    at = change.a + change.removed;
  }
  for (; at < endA; at++) lines.push(shown(' ', a[at] ?? ''));
  return lines.join('');
}

export const diff: Program = tool(main);
