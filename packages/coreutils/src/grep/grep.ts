// grep.ts — grep(1): prints lines that match.
import { binaryOf, matchGlob, textOf } from '@dmsim/libc';
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { closeFile, LineReader, openInput } from '../lines.ts';
import { parseOptions } from '../options.ts';
import { joinPath, lookup } from '../paths.ts';
import type { Tool, WriteFailure } from '../tool.ts';
import { charsOf, Failure, flushIfFull, tool, warn } from '../tool.ts';
import type { Plan } from './grep-plan.ts';
import { planOf, SPEC } from './grep-plan.ts';

interface Search {
  readonly t: Tool;
  readonly plan: Plan;
  selected: boolean;
  failed: boolean;
}

/** Wraps main to print grep's usage line before the hint about --help. */
function main(extra: readonly string[]): (t: Tool) => Task<number> {
  return function* run(t: Tool): Task<number> {
    try {
      return yield* grepMain(t, [...extra, ...t.args]);
    } catch (error) {
      if (!(error instanceof Failure) || !error.message.includes("Try '")) throw error;
      const usage = `Usage: ${t.name} [OPTION]... PATTERNS [FILE]...\n`;
      throw new Failure(error.message.replace(/(?=^Try ')/m, usage), 2);
    }
  };
}

function* grepMain(t: Tool, args: readonly string[]): Task<number> {
  const options = parseOptions(t, SPEC, expandNumbers(args));
  const plan = yield* planOf(t, options);
  const search: Search = { t, plan, selected: false, failed: false };
  const names = plan.names;
  for (const name of names) {
    yield* searchNamed(search, name, true);
    if (search.selected && plan.quiet) return 0;
  }
  return search.failed ? 2 : search.selected ? 0 : 1;
}

/** Rewrites `-5` to `-C 5`. */
function expandNumbers(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  return args.map((arg, i) =>
    /^-\d+$/.test(arg) && (end < 0 || i < end) && !/^-[ABCmefd]$/.test(args[i - 1] ?? '')
      ? `-C${arg.slice(1)}`
      : arg,
  );
}

function* searchNamed(search: Search, name: string, given: boolean): Task<void> {
  const { t, plan } = search;
  const shown = name === '-' ? plan.label : name;
  const node = name === '-' ? undefined : lookup(t, name, { follow: given || plan.followLinks });
  if (typeof node === 'object') {
    if (node.kind === 'directory' && plan.recursive) return yield* searchDirectory(search, name);
    if (!given && (node.kind !== 'file' || !isIncluded(search, name))) return;
  }
  const file = yield* openInput(t, name);
  if (typeof file === 'string') return yield* failRead(search, shown, file);
  const reader = new LineReader(t, file, {
    delimiter: plan.delimiter,
    block: 98304,
    nulEnds: plan.binaryFiles !== 'text' && plan.delimiter === '\n',
  });
  yield* searchLines(search, reader, shown);
  closeFile(t, file);
}

function* failRead(search: Search, name: string, errno: Errno): Task<void> {
  search.failed = true;
  if (!search.plan.noMessages) yield* warn(search.t, `${name}: ${strerror(errno)}`);
}

function isIncluded({ t, plan: { include, exclude } }: Search, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (isNamed(t, exclude, name)) return false;
  return include.length === 0 || isNamed(t, include, name);
}

const isNamed = (t: Tool, globs: readonly string[], name: string): boolean =>
  globs.some((glob) => matchGlob(charsOf(t, glob), charsOf(t, name)));

function* searchDirectory(search: Search, path: string): Task<void> {
  const node = lookup(search.t, path);
  if (typeof node === 'string' || node.kind !== 'directory') return;
  for (const name of node.entries().map(binaryOf)) {
    if (isNamed(search.t, search.plan.excludeDirectories, name)) {
      const child = node.lookup(textOf(name));
      if (child?.kind === 'directory') continue;
    }
    const child = path === '.' && search.plan.bareNames ? name : joinPath(path, name);
    yield* searchNamed(search, child, false);
    if (search.selected && search.plan.quiet) return;
  }
}

interface Progress {
  readonly name: string;
  line: number;
  /** Where the line begins in the file, and where the next one does. */
  offset: number;
  end: number;
  count: number;
  /** The number of the last printed line, which shows where context has a gap. */
  printed: number;
  after: number;
  readonly before: { readonly text: string; readonly offset: number }[];
  binary: boolean;
}

function* searchLines(search: Search, reader: LineReader, name: string): Task<void> {
  const { t, plan } = search;
  const at: Progress = {
    name,
    line: 0,
    offset: 0,
    end: 0,
    count: 0,
    printed: 0,
    after: 0,
    before: [],
    binary: false,
  };
  if (plan.maxCount === 0) return;
  for (;;) {
    const line = yield* reader.next();
    // A text that a read error cuts off is no line.
    if (line === undefined || reader.error !== undefined) break;
    moveTo(at, line);
    at.binary = reader.binary;
    if (at.binary && plan.binaryFiles === 'without-match') break;
    if (plan.matches(line) === plan.invert) putContext(search, at, line);
    else if (!select(search, at, line)) break;
    else if (at.count >= plan.maxCount) {
      yield* trailing(search, at, reader);
      reader.unread();
      break;
    }
    yield* flushIfFull(t);
  }
  // The file's lines, what went wrong, then what is said of it as a whole.
  if (reader.error !== undefined) yield* failRead(search, name, reader.error);
  putSummary(search, at);
}

function moveTo(at: Progress, line: string): void {
  at.line++;
  at.offset = at.end;
  at.end += line.length + 1;
}

/** Counts and prints a selected line. Returns false if the rest of the file doesn't matter. */
function select(search: Search, at: Progress, line: string): boolean {
  const { t, plan } = search;
  search.selected = true;
  at.count++;
  if (plan.quiet || plan.list !== 'none') return false;
  if (plan.count) return true;
  if (at.binary) {
    t.out.put(`${t.name}: ${at.name}: binary file matches\n`);
    return false;
  }
  putSelected(search, at, line);
  return true;
}

/** Prints what -l, -L and -c say about the file. */
function putSummary({ t, plan }: Search, { name, count }: Progress): void {
  if (plan.quiet) return;
  if (plan.list === (count > 0 ? 'with' : 'without')) {
    t.out.put(colored(plan, COLORS.name, name) + plan.listEnd);
  }
  if (plan.count && plan.list === 'none') {
    t.out.put(`${plan.withName ? nameText(plan, name, ':') : ''}${count}\n`);
  }
}

/** Prints the context after the last line that -m allows, even if it matches. */
function* trailing(search: Search, at: Progress, reader: LineReader): Task<void> {
  const { plan } = search;
  while (at.after > 0 && !plan.count) {
    const line = yield* reader.next();
    if (line === undefined) return;
    moveTo(at, line);
    putContext(search, at, line);
  }
}

function putSelected(search: Search, at: Progress, line: string): void {
  const { plan } = search;
  const { line: number, offset } = at;
  const first = number - at.before.length;
  if (plan.context) putSeparator(search, at, first);
  for (const [i, before] of at.before.splice(0).entries()) {
    if (!plan.onlyMatching) putLine(search, at.name, { line: first + i, ...before, mark: '-' });
  }
  if (!plan.onlyMatching) putLine(search, at.name, { line: number, offset, text: line, mark: ':' });
  else if (!plan.invert) {
    for (const { start, text } of plan.parts(line)) {
      putLine(search, at.name, { line: number, offset: offset + start, text, mark: ':' });
    }
  }
  at.printed = at.line;
  at.after = plan.after;
}

/** Prints `--` where context has a gap, and between files. */
function putSeparator({ t, plan }: Search, at: Progress, first: number): void {
  if (at.printed > 0 ? first > at.printed + 1 : plan.separate) {
    t.out.put(`${colored(plan, COLORS.mark, '--')}\n`);
  }
  plan.separate = true;
}

function putContext(search: Search, at: Progress, line: string): void {
  const { plan } = search;
  if (plan.count || plan.list !== 'none' || plan.quiet) return;
  if (at.after > 0) {
    at.after--;
    if (!plan.onlyMatching) putLine(search, at.name, { ...at, text: line, mark: '-' });
    at.printed = at.line;
  } else if (plan.before > 0) {
    at.before.push({ text: line, offset: at.offset });
    if (at.before.length > plan.before) at.before.shift();
  }
}

interface Printed {
  readonly line: number;
  readonly offset: number;
  readonly text: string;
  readonly mark: ':' | '-';
}

function putLine({ t, plan }: Search, fileName: string, printed: Printed): void {
  const { line, offset, text, mark } = printed;
  const name = plan.withName ? nameText(plan, fileName, mark) : '';
  const number = plan.lineNumber ? numberText(plan, line, mark) : '';
  const place = plan.byteOffset ? numberText(plan, offset, mark) : '';
  const head = name + number + place;
  t.out.put(head + (plan.color ? lineColored(plan, text, mark) : text) + plan.delimiter);
}

const COLORS = { name: '35', number: '32', mark: '36', match: '01;31' } as const;

const colored = ({ color }: Plan, code: string, text: string): string =>
  color ? `\x1b[${code}m\x1b[K${text}\x1b[m\x1b[K` : text;

function nameText(plan: Plan, name: string, mark: string): string {
  const end = plan.nameEnd(mark);
  return colored(plan, COLORS.name, name) + (end === mark ? colored(plan, COLORS.mark, end) : end);
}

const numberText = (plan: Plan, number: number, mark: string): string =>
  colored(plan, COLORS.number, String(number)) + colored(plan, COLORS.mark, mark);

/** Colours the matches of a selected line; with -v, those of its context. */
function lineColored(plan: Plan, text: string, mark: ':' | '-'): string {
  if (plan.onlyMatching) return colored(plan, COLORS.match, text);
  if (plan.invert === (mark === ':')) return text;
  let shown = '';
  let end = 0;
  for (const part of plan.parts(text)) {
    shown += text.slice(end, part.start) + colored(plan, COLORS.match, part.text);
    end = part.start + part.text.length;
  }
  return shown + text.slice(end);
}

const WRITE_FAILURE: WriteFailure = { text: (reason) => `write error: ${reason}`, status: 2 };

export const grep: Program = tool(main([]), WRITE_FAILURE);

export const egrep: Program = tool(main(['-E']), WRITE_FAILURE);
export const fgrep: Program = tool(main(['-F']), WRITE_FAILURE);
