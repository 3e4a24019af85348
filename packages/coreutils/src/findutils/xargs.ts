// xargs.ts — xargs(1).
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { OpenFile, Program } from '@dmsim/vfs';

import type { Options, OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { openPath } from '../paths.ts';
import { runChild, statusOfFailure } from '../shellutils/run-child.ts';
import { readNamed } from '../textutils/filter.ts';
import type { Tool } from '../tool.ts';
import { complain, fail, failUsage, tool, warn } from '../tool.ts';

const SPEC: OptionSpec = {
  short: '0d:I:L:n:rtx',
  long: {
    null: '0',
    delimiter: 'd:',
    replace: 'replace::',
    'max-lines': 'L:',
    'max-args': 'n:',
    'no-run-if-empty': 'r',
    verbose: 't',
    exit: 'x',
  },
  refused: 'aeEilopPsS',
  refusedLong: [
    'arg-file',
    'eof',
    'interactive',
    'max-chars',
    'max-procs',
    'open-tty',
    'process-slot-var',
    'show-limits',
  ],
  inOrder: true,
};

interface Item {
  readonly text: string;
  /** The last item of its line, for -L. */
  readonly endsLine: boolean;
}

interface Caller {
  readonly t: Tool;
  readonly fds: ReadonlyMap<number, OpenFile>;
  readonly trace: boolean;
  status: number;
}

function* main(t: Tool): Task<number> {
  const options = parseOptions(t, SPEC);
  const text = yield* readNamed(t, '-');
  const input = typeof text === 'string' ? text : '';
  const fds = new Map(t.context.fds);
  const nothing = yield* openPath(t, '/dev/null', { read: true, write: false });
  if (typeof nothing !== 'string') fds.set(0, nothing);
  const caller: Caller = { t, fds, trace: options.has('t'), status: 0 };
  for (const args of commandLines(t, input, options)) if (!(yield* call(caller, args))) break;
  return caller.status;
}

function commandLines(t: Tool, input: string, options: Options): string[][] {
  const { has, value, operands } = options;
  const command = operands.length === 0 ? ['echo'] : operands;
  const replace = has('replace') ? (value('replace') ?? '').replace(/^$/, '{}') : value('I');
  const delimiter = delimiterOf(options);
  const items =
    delimiter === undefined ? words(t, input, replace !== undefined) : delimited(input, delimiter);
  if (replace !== undefined) {
    return items.map((item) => command.map((word) => word.replaceAll(replace, item.text)));
  }
  const groups = groupItems(items, number(t, 'n', value('n')), number(t, 'L', value('L')));
  // Without any item the command runs once, except with -r.
  if (groups.length === 0 && !has('r')) groups.push([]);
  return groups.map((group) => [command, group].flat());
}

function delimiterOf({ has, value }: Options): string | undefined {
  if (has('0')) return '\0';
  return value('d')?.replace('\\n', '\n').replace('\\t', '\t').replace('\\0', '\0');
}

function number(t: Tool, letter: string, text: string | undefined): number {
  if (text === undefined) return Infinity;
  if (!/^\d+$/.test(text)) failUsage(t, `invalid number "${text}" for -${letter} option`);
  if (Number(text) === 0) failUsage(t, `value ${text} for -${letter} option should be >= 1`);
  return Number(text);
}

/** Runs the command once. Returns false if xargs must stop. */
function* call(caller: Caller, args: readonly string[]): Task<boolean> {
  const { t, fds, trace } = caller;
  if (trace) yield* complain(t, `${args.join(' ')}\n`);
  const child = yield* runChild(t, args, { fds });
  const name = args[0] ?? '';
  if (typeof child === 'string') {
    yield* warn(t, `${name}: ${strerror(child)}`);
    caller.status = statusOfFailure(child);
    return false;
  }
  if (child.killedBy !== null) {
    yield* warn(t, `${name}: terminated by signal ${child.killedBy}`);
    caller.status = 125;
    return false;
  }
  if (child.status === 255) {
    yield* warn(t, `${name}: exited with status 255; aborting`);
    caller.status = 124;
    return false;
  }
  if (child.status !== 0) caller.status = 123;
  return true;
}

function groupItems(items: readonly Item[], most: number, lines: number): string[][] {
  const groups: string[][] = [];
  let group: string[] = [];
  let seen = 0;
  for (const { text, endsLine } of items) {
    group.push(text);
    if (endsLine) seen++;
    if (group.length >= most || seen >= lines) {
      groups.push(group);
      group = [];
      seen = 0;
    }
  }
  if (group.length > 0) groups.push(group);
  return groups;
}

const delimited = (text: string, delimiter: string): Item[] => {
  const parts = text.split(delimiter);
  if (parts.at(-1) === '') parts.pop();
  return parts.map((part) => ({ text: part, endsLine: true }));
};

/** Splits the input into words, with a shell's quotes but without expansions; with -I, into whole lines. */
function words(t: Tool, text: string, byLine: boolean): Item[] {
  const items: Item[] = [];
  for (const line of text.split('\n')) {
    if (byLine && line.trim() === '') continue;
    const parts: string[] = [];
    const pattern = byLine
      ? /^\s*((?:"[^"]*"|'[^']*'|\\[^]|[^"'\\])+)/g
      : /((?:"[^"]*"|'[^']*'|\\[^]|[^ \t"'\\])+)/g;
    const rest = line.replace(pattern, (_all, part: string) => {
      parts.push(
        part.replace(
          /"([^"]*)"|'([^']*)'|\\([^])/g,
          (_q, a?: string, b?: string, c?: string) => a ?? b ?? c ?? '',
        ),
      );
      return '';
    });
    const open = /["']/.exec(rest)?.[0];
    if (open !== undefined) {
      const kind = open === '"' ? 'double' : 'single';
      fail(
        t,
        `unmatched ${kind} quote; by default quotes are special to xargs unless you use the -0 option`,
      );
    }
    for (const [i, part] of parts.entries())
      items.push({ text: part, endsLine: i === parts.length - 1 });
  }
  return items;
}

export const xargs: Program = tool(main);
