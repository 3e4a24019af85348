// uniq.ts — uniq(1).
import { fromBinary } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { OpenFile, Program } from '@dmsim/vfs';

import { LineReader, openInput } from '../lines.ts';
import type { Options, OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { writeAll } from '../output.ts';
import { openForWriting } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { fail, failUsage, flushIfFull, quote, quoteIfNeeded, tool } from '../tool.ts';

const SPEC: OptionSpec = {
  short: 'cdDf:is:uw:z',
  long: {
    count: 'c',
    repeated: 'd',
    'skip-fields': 'f:',
    'ignore-case': 'i',
    'skip-chars': 's:',
    unique: 'u',
    'check-chars': 'w:',
    'zero-terminated': 'z',
  },
  refused: '0123456789',
  refusedLong: ['all-repeated', 'group'],
};

interface Plan {
  readonly count: boolean;
  readonly repeated: boolean;
  readonly unique: boolean;
  readonly all: boolean;
  readonly key: (line: string) => string;
  readonly delimiter: string;
}

function planOf(t: Tool, { has, value }: Options): Plan {
  if (has('c') && has('D'))
    failUsage(t, 'printing all duplicated lines and repeat counts is meaningless');
  const number = (key: string, what: string): number | undefined => {
    const text = value(key);
    if (text !== undefined && !/^\d+$/.test(text)) {
      fail(t, `${text}: invalid number of ${what}`);
    }
    return text === undefined ? undefined : Number(text);
  };
  const fields = number('f', 'fields to skip') ?? 0;
  const chars = number('s', 'bytes to skip') ?? 0;
  const width = number('w', 'bytes to compare') ?? Infinity;
  const skip = new RegExp(`^(?:[ \\t]*[^ \\t]*){${fields}}`);
  const fold = has('i');
  return {
    count: has('c'),
    repeated: has('d'),
    unique: has('u'),
    all: has('D'),
    delimiter: has('z') ? '\0' : '\n',
    key(line) {
      const start = (fields > 0 ? (skip.exec(line)?.[0].length ?? 0) : 0) + chars;
      const key = line.slice(start, start + width);
      return fold ? key.toUpperCase() : key;
    },
  };
}

function* main(t: Tool): Task<number> {
  const options = parseOptions(t, SPEC);
  const [input = '-', output, extra] = options.operands;
  if (extra !== undefined) failUsage(t, `extra operand ${quote(t, extra)}`);
  const plan = planOf(t, options);
  const file = yield* openInput(t, input);
  if (typeof file === 'string') fail(t, `${quoteIfNeeded(input)}: ${strerror(file)}`);
  const target = output === undefined || output === '-' ? undefined : yield* openTarget(t, output);
  const reader = new LineReader(t, file, { delimiter: plan.delimiter });
  let group: string[] = [];
  let key = '';
  for (;;) {
    const line = yield* reader.next();
    if (line !== undefined && group.length > 0 && plan.key(line) === key) {
      group.push(line);
      continue;
    }
    yield* putGroup(t, plan, group, target);
    if (line === undefined) break;
    group = [line];
    key = plan.key(line);
  }
  if (reader.error !== undefined)
    fail(t, `error reading ${quote(t, input)}: ${strerror(reader.error)}`);
  return 0;
}

function* openTarget(t: Tool, name: string): Task<OpenFile> {
  const file = yield* openForWriting(t, name);
  return typeof file === 'string' ? fail(t, `${quoteIfNeeded(name)}: ${strerror(file)}`) : file;
}

function* putGroup(
  t: Tool,
  plan: Plan,
  group: readonly string[],
  target: OpenFile | undefined,
): Task<void> {
  const [first] = group;
  if (first === undefined) return;
  if (plan.repeated && group.length < 2) return;
  if (plan.unique && group.length > 1) return;
  if (plan.all && group.length < 2) return;
  const lines = plan.all ? group : [first];
  const count = plan.count ? `${String(group.length).padStart(7)} ` : '';
  const text = lines.map((line) => count + line + plan.delimiter).join('');
  if (target === undefined) {
    t.out.put(text);
    yield* flushIfFull(t);
  } else yield* writeAll(t.process, target, fromBinary(text));
}

export const uniq: Program = tool(main);
