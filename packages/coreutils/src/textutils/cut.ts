// cut.ts — cut(1).
import type { Errno, Task } from '@dmsim/sim';
import type { OpenFile, Program } from '@dmsim/vfs';

import { closeFile, LineReader, openInput } from '../lines.ts';
import type { Options, OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import type { Tool } from '../tool.ts';
import { failUsage, flushIfFull, quote, quoteIfNeeded, tool, warnErrno } from '../tool.ts';

const SPEC: OptionSpec = {
  short: 'b:c:d:f:nsz',
  long: {
    bytes: 'b:',
    characters: 'c:',
    delimiter: 'd:',
    fields: 'f:',
    'only-delimited': 's',
    complement: 'complement',
    'output-delimiter': 'output-delimiter:',
    'zero-terminated': 'z',
  },
};

type Range = readonly [from: number, to: number];

interface Plan {
  readonly by: 'bytes' | 'fields';
  readonly ranges: readonly Range[];
  readonly delimiter: string;
  readonly output: string;
  readonly onlyDelimited: boolean;
  readonly line: string;
}

function* main(t: Tool): Task<number> {
  const options = parseOptions(t, SPEC);
  const plan = planOf(t, options);
  let status = 0;
  for (const name of options.operands.length === 0 ? ['-'] : options.operands) {
    const file = yield* openInput(t, name);
    const error = typeof file === 'string' ? file : yield* cutFile(t, file, plan);
    if (typeof file !== 'string') closeFile(t, file);
    if (error === undefined) continue;
    status = 1;
    yield* warnErrno(t, quoteIfNeeded(name), error);
  }
  return status;
}

function planOf(t: Tool, { given, has, value }: Options): Plan {
  const lists = given.filter(([key]) => 'bcf'.includes(key));
  const [list] = lists;
  if (lists.length > 1) failUsage(t, 'only one list may be specified');
  if (list === undefined) {
    failUsage(t, 'you must specify a list of bytes, characters, or fields');
  }
  const by = list[0] === 'f' ? 'fields' : 'bytes';
  const delimiter = value('d') ?? '\t';
  if (delimiter.length > 1) failUsage(t, 'the delimiter must be a single character');
  if (by === 'bytes') refuseFieldOptions(t, has);
  const parsed = parseList(t, list[1], by);
  return {
    by,
    ranges: has('complement') ? complement(parsed) : parsed,
    delimiter: delimiter === '' ? '\0' : delimiter,
    output: value('output-delimiter') ?? (by === 'fields' ? delimiter : ''),
    onlyDelimited: has('s'),
    line: has('z') ? '\0' : '\n',
  };
}

function refuseFieldOptions(t: Tool, has: (key: string) => boolean): void {
  if (has('d')) failUsage(t, 'an input delimiter may be specified only when operating on fields');
  if (has('s')) {
    failUsage(t, 'suppressing non-delimited lines makes sense\n\tonly when operating on fields');
  }
}

function parseList(t: Tool, text: string, by: Plan['by']): Range[] {
  return merge(text.split(/[,\s]/).map((word) => parseRange(t, word, by)));
}

const MESSAGES = {
  fields: { invalid: 'invalid field value', zero: 'fields are numbered from 1' },
  bytes: {
    invalid: 'invalid byte or character position',
    zero: 'byte/character positions are numbered from 1',
  },
} as const;

/** `N`, `N-`, `N-M` or `-M` */
function parseRange(t: Tool, word: string, by: Plan['by']): Range {
  const { invalid, zero } = MESSAGES[by];
  const match = /^(\d*)(-?)(\d*)$/.exec(word);
  if (match === null) failUsage(t, `${invalid} ${quote(t, word.replace(/^[\d-]*/, ''))}`);
  if (word === '-') failUsage(t, 'invalid range with no endpoint: -');
  const [, low = '', dash = '', high = ''] = match;
  const from = low === '' ? 1 : Number(low);
  const end = high === '' ? Infinity : Number(high);
  const to = dash === '' ? from : end;
  // An empty word counts as 0.
  if (/^$|\b0+\b/.test(word)) failUsage(t, zero);
  if (to < from) failUsage(t, 'invalid decreasing range');
  return [from, to];
}

function merge(ranges: readonly Range[]): Range[] {
  const out: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = out.at(-1);
    // Adjacent ranges are not merged, since --output-delimiter goes between them.
    if (last !== undefined && range[0] <= last[1])
      out[out.length - 1] = [last[0], Math.max(last[1], range[1])];
    else out.push(range);
  }
  return out;
}

function complement(ranges: readonly Range[]): Range[] {
  const out: Range[] = [];
  let next = 1;
  for (const [from, to] of ranges) {
    if (from > next) out.push([next, from - 1]);
    next = to + 1;
  }
  if (next !== Infinity) out.push([next, Infinity]);
  return out;
}

function* cutFile(t: Tool, file: OpenFile, plan: Plan): Task<Errno | undefined> {
  const reader = new LineReader(t, file, { delimiter: plan.line });
  for (;;) {
    const line = yield* reader.next();
    if (line === undefined) return reader.error;
    const kept = plan.by === 'bytes' ? cutBytes(line, plan) : cutFields(line, plan);
    if (kept !== undefined) t.out.put(kept + plan.line);
    yield* flushIfFull(t);
  }
}

function cutBytes(line: string, { ranges, output }: Plan): string {
  const parts = ranges
    .filter(([from]) => from <= line.length)
    .map(([from, to]) => line.slice(from - 1, to));
  return parts.join(output);
}

function cutFields(
  line: string,
  { ranges, delimiter, output, onlyDelimited }: Plan,
): string | undefined {
  if (!line.includes(delimiter)) return onlyDelimited ? undefined : line;
  const fields = line.split(delimiter);
  const parts: string[] = [];
  for (const [from, to] of ranges) {
    for (let i = from; i <= Math.min(to, fields.length); i++) parts.push(fields[i - 1] ?? '');
  }
  return parts.join(output);
}

export const cut: Program = tool(main);
