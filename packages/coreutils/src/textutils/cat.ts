// cat.ts — cat(1).
import type { Errno, Task } from '@dmsim/sim';
import type { OpenFile, Program } from '@dmsim/vfs';

import { closeFile, LineReader, openInput, readBytes } from '../lines.ts';
import type { Options, OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { lookup, openedNode } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { fail, flushIfFull, quoteIfNeeded, tool, warn, warnErrno } from '../tool.ts';

const SPEC: OptionSpec = {
  short: 'bEnsTvAetu',
  long: {
    'number-nonblank': 'b',
    'show-ends': 'E',
    number: 'n',
    'squeeze-blank': 's',
    'show-tabs': 'T',
    'show-nonprinting': 'v',
    'show-all': 'A',
  },
};

interface Style {
  readonly number: 'all' | 'nonblank' | 'none';
  readonly ends: boolean;
  readonly tabs: boolean;
  readonly nonprinting: boolean;
  readonly squeeze: boolean;
}

interface Numbering {
  line: number;
  blankBefore: boolean;
  atLineStart: boolean;
}

function styleOf(options: Options): Style | undefined {
  const has = (...keys: string[]): boolean => keys.some((key) => options.has(key));
  const style: Style = {
    number: has('b') ? 'nonblank' : has('n') ? 'all' : 'none',
    ends: has('E', 'A', 'e'),
    tabs: has('T', 'A', 't'),
    nonprinting: has('v', 'A', 'e', 't'),
    squeeze: has('s'),
  };
  const plain = style.number === 'none' && !style.ends && !style.tabs && !style.nonprinting;
  return plain && !style.squeeze ? undefined : style;
}

function* main(t: Tool): Task<number> {
  const options = parseOptions(t, SPEC);
  const style = styleOf(options);
  const numbering: Numbering = { line: 0, blankBefore: false, atLineStart: true };
  if (!t.context.fds.has(1)) fail(t, 'standard output: Bad file descriptor');
  let status = 0;
  for (const name of options.operands.length === 0 ? ['-'] : options.operands) {
    const file = yield* openInput(t, name);
    const error =
      typeof file === 'string'
        ? file
        : yield* copyOther(t, name, file, (from) => copy(t, from, style, numbering));
    if (typeof file !== 'string') closeFile(t, file);
    if (error === undefined) continue;
    status = 1;
    if (error !== 'itself') yield* warnErrno(t, quoteIfNeeded(name), error);
  }
  return status;
}

const BUFFER = 131072;

/** Copies a file unless it is the output itself, which would never end. Both complaints are one of the name. */
function* copyOther(
  t: Tool,
  name: string,
  file: OpenFile,
  copyAll: (from: OpenFile) => Task<Errno | undefined>,
): Task<Errno | undefined | 'itself'> {
  const output = openedNode(t, 1);
  const at = file.seek(0, 'current');
  const isItself = output === (name === '-' ? openedNode(t, 0) : lookup(t, name));
  if (!isItself || typeof output === 'string' || output.kind !== 'file')
    return yield* copyAll(file);
  if (typeof at === 'string' || at >= output.size()) return yield* copyAll(file);
  yield* warn(t, `${quoteIfNeeded(name)}: input file is output file`);
  return 'itself';
}

function* copy(
  t: Tool,
  file: OpenFile,
  style: Style | undefined,
  numbering: Numbering,
): Task<Errno | undefined> {
  if (style !== undefined) return yield* copyLines(t, file, style, numbering);
  for (;;) {
    const bytes = yield* readBytes(t, file, BUFFER);
    if (typeof bytes === 'string') return bytes;
    if (bytes.length === 0) return undefined;
    yield* t.out.write(bytes);
  }
}

function* copyLines(
  t: Tool,
  file: OpenFile,
  style: Style,
  numbering: Numbering,
): Task<Errno | undefined> {
  const reader = new LineReader(t, file);
  const lineEnd = style.ends ? '$\n' : '\n';
  for (;;) {
    const line = yield* reader.next();
    if (line === undefined) return reader.error;
    const blank = line === '' && reader.terminated && numbering.atLineStart;
    if (style.squeeze && blank && numbering.blankBefore) continue;
    numbering.blankBefore = blank;
    if (isNumbered(style, blank)) putNumber(t, numbering);
    t.out.put(showLine(line, style));
    if (reader.terminated) t.out.put(lineEnd);
    numbering.atLineStart = reader.terminated;
    yield* flushIfFull(t);
  }
}

const isNumbered = ({ number }: Style, blank: boolean): boolean =>
  number === 'all' || (number === 'nonblank' && !blank);

/** Prints the number of a line; the rest of a line that began in another file has none. */
function putNumber(t: Tool, numbering: Numbering): void {
  if (numbering.atLineStart) t.out.put(`${String(++numbering.line).padStart(6)}\t`);
}

function showLine(line: string, { tabs, nonprinting }: Style): string {
  let shown = line;
  if (nonprinting) shown = shown.replace(/[^\x20-\x7e\t]/g, visible);
  return tabs ? shown.replaceAll('\t', '^I') : shown;
}

/** Returns a character in the notation of cat -v: `^A`, `^?`, `M-x`, `M-^A`. */
function visible(char: string): string {
  const code = char.charCodeAt(0);
  if (code >= 0x80)
    return `M-${code - 0x80 >= 0x20 && code !== 0xff ? String.fromCharCode(code - 0x80) : visible(String.fromCharCode(code - 0x80))}`;
  return code === 0x7f ? '^?' : `^${String.fromCharCode(code + 64)}`;
}

export const cat: Program = tool(main);
