// sort.ts — sort(1): bytewise, as in the C locale.
import { fromBinary } from '@dmsim/libc';
import type { Errno, Task } from '@dmsim/sim';
import { strerror, withinLimit } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { closeFile, LineReader, openInput } from '../lines.ts';
import type { Options, OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { writeAll } from '../output.ts';
import { openForWriting } from '../paths.ts';
import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { complain, Failure, flushIfFull, quote, quoteIfNeeded, tool } from '../tool.ts';
import type { Comparison } from './sort-key.ts';
import { buildComparison } from './sort-key.ts';

const SPEC: OptionSpec = {
  short: 'bcCdfghik:mMno:rst:uVzS:T:',
  long: {
    'ignore-leading-blanks': 'b',
    check: 'check::',
    'dictionary-order': 'd',
    'ignore-case': 'f',
    'general-numeric-sort': 'g',
    'human-numeric-sort': 'h',
    'ignore-nonprinting': 'i',
    key: 'k:',
    merge: 'm',
    'month-sort': 'M',
    'numeric-sort': 'n',
    output: 'o:',
    reverse: 'r',
    stable: 's',
    'field-separator': 't:',
    unique: 'u',
    'version-sort': 'V',
    'zero-terminated': 'z',
    'buffer-size': 'S:',
    'temporary-directory': 'T:',
    parallel: 'S:',
  },
  refused: 'Ry',
  refusedLong: [
    'random-sort',
    'random-source',
    'debug',
    'files0-from',
    'compress-program',
    'batch-size',
    'sort',
  ],
  status: 2,
};

const sortFailure = (t: Tool, message: string): Failure =>
  new Failure(`${t.name}: ${message}\n`, 2);

function* main(t: Tool): Task<number> {
  const options = parseOptions(t, SPEC);
  const { has, value, operands } = options;
  const size = value('S') ?? '1';
  if (!/^\d+[%bKMGTPEZY]?$/.test(size)) refuse(t, `-S ${size}`);
  const delimiter = has('z') ? '\0' : '\n';
  const comparison = buildComparison(t, options);
  const check = checkMode(options);
  if (check !== undefined && operands.length > 1) {
    throw sortFailure(t, `extra operand ${quote(t, operands[1] ?? '')} not allowed with -c`);
  }
  const names = operands.length === 0 ? ['-'] : operands;
  const lines: string[] = [];
  for (const name of names) {
    const error = yield* readLines(t, name, delimiter, lines);
    if (error !== undefined) throw sortFailure(t, error);
  }
  if (check !== undefined)
    return yield* checkOrder(t, lines, comparison, {
      name: names[0] ?? '-',
      quiet: check === 'quiet',
    });
  const sorted = sortLines(lines, comparison).map((line) => line + delimiter);
  yield* putLines(t, sorted, value('o'));
  return 0;
}

/** Prints the lines, or writes them to the file of -o, which may have been an input. */
function* putLines(t: Tool, lines: readonly string[], output: string | undefined): Task<void> {
  if (output === undefined) {
    for (const line of lines) {
      t.out.put(line);
      yield* flushIfFull(t);
    }
    return;
  }
  const error = yield* writeFile(t, output, lines.join(''));
  if (error !== undefined)
    throw sortFailure(t, `open failed: ${quoteIfNeeded(output)}: ${strerror(error)}`);
}

function checkMode({ given }: Options): 'loud' | 'quiet' | undefined {
  const found = given.findLast(([key]) => key === 'c' || key === 'C' || key === 'check');
  if (found === undefined) return undefined;
  return found[0] === 'C' || found[1] === 'quiet' || found[1] === 'silent' ? 'quiet' : 'loud';
}

function* readLines(
  t: Tool,
  name: string,
  delimiter: string,
  lines: string[],
): Task<string | undefined> {
  const file = yield* openInput(t, name);
  if (typeof file === 'string') return `cannot read: ${quoteIfNeeded(name)}: ${strerror(file)}`;
  const reader = new LineReader(t, file, { delimiter, block: 1048576 });
  for (;;) {
    const line = yield* reader.next();
    if (line === undefined) break;
    withinLimit(t.process.sim.limits, 'arrayLength', lines.push(line));
  }
  closeFile(t, file);
  return reader.error === undefined
    ? undefined
    : `read failed: ${quoteIfNeeded(name)}: ${strerror(reader.error)}`;
}

function sortLines(lines: readonly string[], { compare, unique, equal }: Comparison): string[] {
  const sorted = lines.toSorted(compare);
  if (!unique) return sorted;
  return sorted.filter((line, i) => i === 0 || equal(sorted[i - 1] ?? '', line) !== 0);
}

function* checkOrder(
  t: Tool,
  lines: readonly string[],
  { compare, unique, equal }: Comparison,
  { name, quiet }: { readonly name: string; readonly quiet: boolean },
): Task<number> {
  for (let i = 1; i < lines.length; i++) {
    const [before = '', line = ''] = [lines[i - 1], lines[i]];
    const order = unique ? equal(before, line) : compare(before, line);
    if (order < 0 || (order === 0 && !unique)) continue;
    if (!quiet) yield* complain(t, `${t.name}: ${name}:${i + 1}: disorder: ${line}\n`);
    return 1;
  }
  return 0;
}

function* writeFile(t: Tool, name: string, text: string): Task<Errno | undefined> {
  const file = yield* openForWriting(t, name);
  if (typeof file === 'string') return file;
  const error = yield* writeAll(t.process, file, fromBinary(text));
  closeFile(t, file);
  return error;
}

export const sort: Program = tool(main, {
  text: (reason) => `fflush failed: 'standard output': ${reason}\nsort: write error`,
  status: 2,
});
