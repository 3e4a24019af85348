// jq.ts — jq(1) 1.6: filters JSON.
import { binaryOf, textOf as decode } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { closeFile, openInput, readWhole } from '../lines.ts';
import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { complain, flushIfFull, tool } from '../tool.ts';
import { checkNames } from './check-names.ts';
import { evaluate } from './evaluate.ts';
import { JqSyntaxError } from './lex.ts';
import type { JqNode } from './node.ts';
import type { JqOptions } from './options.ts';
import { readOptions } from './options.ts';
import { parseJq } from './parse.ts';
import { preludeOf } from './prelude.ts';
import { compact, print } from './print.ts';
import type { Reader } from './read-json.ts';
import { JsonError, readAll } from './read-json.ts';
import type { Env, World } from './scope.ts';
import { rootEnv } from './scope.ts';
import type { JqValue } from './value.ts';
import { isTrue, JqError } from './value.ts';
import { valuesOf } from './values.ts';

/** JavaScript's stack, which parsing and running a filter use, has run out. */
const TOO_DEEP = 'a filter that is nested too deeply';

const STATUS = { falsy: 1, usage: 2, compile: 3, nothing: 4, failed: 5 } as const;

export const jq: Program = tool(function* main(t: Tool): Task<number> {
  const options = readOptions(t);
  if ('usage' in options) {
    yield* complain(t, options.usage);
    return STATUS.usage;
  }
  const filter = yield* compileFilter(t, options);
  if (filter === null) return STATUS.compile;
  const inputs = yield* readInputs(t, options);
  const status = yield* runAll(t, options, startOf(t, { options, filter, inputs }));
  return inputs.failed ? STATUS.usage : status;
});

/** Returns null after a syntax error or an undefined name, which it has printed. */
function* compileFilter(t: Tool, options: JqOptions): Task<JqNode | null> {
  const source = yield* sourceOf(t, options);
  try {
    const filter = parseJq(source);
    checkNames(filter, new Set([...options.variables.keys(), 'ENV', 'ARGS', '__loc__']));
    return filter;
  } catch (error) {
    if (error instanceof RangeError) refuse(t, TOO_DEEP);
    if (!(error instanceof JqSyntaxError)) throw error;
    // Bison often goes on to list what it expected instead. Those lists are not known here, so such filters are refused.
    if (!/^syntax error, unexpected \$end$| is not defined$/.test(error.message))
      refuse(t, `the filter ${source} (${error.message})`);
    const isSyntax = error.message.startsWith('syntax');
    const hint = isSyntax ? ' (Unix shell quoting issues?)' : '';
    // jq pads the filter with blanks to point at the error.
    const column = isSyntax ? Math.max(0, source.length - 1) : error.at;
    const line = source.slice(0, error.at).split('\n').length;
    const shown = source + ' '.repeat(column);
    yield* complain(
      t,
      binaryOf(`jq: error: ${error.message}${hint} at <top-level>, line ${line}:\n${shown}\n`),
    );
    yield* complain(t, 'jq: 1 compile error\n');
    return null;
  }
}

function* sourceOf(t: Tool, { filter, fromFile }: JqOptions): Task<string> {
  if (!fromFile) return filter;
  const text = yield* readFile(t, filter);
  if (typeof text === 'string') return decode(text);
  return refuse(t, `-f ${filter}: ${strerror(text.errno)}`);
}

type FileText = string | { readonly errno: Parameters<typeof strerror>[0] };

function* readFile(t: Tool, name: string): Task<FileText> {
  const file = yield* openInput(t, name);
  if (typeof file === 'string') return { errno: file };
  const text = yield* readWhole(t, file);
  closeFile(t, file);
  return text;
}

/** An input file, how far it has been read, and its name in messages. */
interface Source extends Reader {
  readonly name: string;
}

interface Inputs {
  readonly sources: readonly Source[];
  failed: boolean;
}

function* readInputs(t: Tool, { files, noInput, filter }: JqOptions): Task<Inputs> {
  const sources: Source[] = [];
  const inputs = { sources, failed: false };
  if (noInput && files.length === 0 && !/\binputs?\b/.test(filter)) return inputs;
  for (const file of files.length === 0 ? ['-'] : files) {
    const text = yield* readFile(t, file);
    const name = file === '-' ? '<stdin>' : file;
    if (typeof text === 'string') sources.push({ text: decode(text), at: 0, name });
    else {
      inputs.failed = true;
      yield* complain(t, `jq: error: Could not open file ${file}: ${strerror(text.errno)}\n`);
    }
  }
  return inputs;
}

/** A filter on its way through the inputs. */
interface Running {
  readonly filter: JqNode;
  readonly env: Env;
  readonly values: Iterator<JqValue>;
  /** The place in the input that has been reached, for messages. */
  readonly where: () => string;
}

interface Started {
  readonly options: JqOptions;
  readonly filter: JqNode;
  readonly inputs: Inputs;
}

function startOf(t: Tool, { options, filter, inputs }: Started): Running {
  let current: Source | null = null;
  const values = valuesIn(inputs.sources, options, (source) => {
    current = source;
  });
  const world: World = {
    limits: t.process.sim.limits,
    builtins: preludeOf(),
    environment: t.context.env,
    evaluate,
    depth: 0,
    input() {
      const step = values.next();
      return step.done === true ? undefined : step.value;
    },
  };
  return {
    filter,
    env: rootEnv(world, options.variables),
    values,
    where: () => (current === null ? '<unknown>' : placeIn(current)),
  };
}

/** jq reads its input line by line, and gives the number of lines read so far. */
function placeIn({ name, text, at }: Source): string {
  const end = text.indexOf('\n', Math.max(at - 1, 0));
  const read = end < 0 ? text : text.slice(0, end + 1);
  return `${name}:${read.split('\n').length - 1}`;
}

function* valuesIn(
  sources: readonly Source[],
  { raw, slurp }: JqOptions,
  enter: (source: Source) => void,
): Generator<JqValue, void> {
  const all: JqValue[] = [];
  let text = '';
  for (const source of sources) {
    enter(source);
    if (raw && slurp) text += source.text;
    else if (raw)
      yield* source.text
        .replace(/\n$/, '')
        .split('\n')
        .slice(source.text === '' ? 1 : 0);
    else if (slurp) for (const value of readAll(source)) all.push(value);
    else yield* readAll(source);
  }
  if (raw && slurp) yield text;
  else if (slurp) yield all;
}

/** Runs the filter on each input. The exit status is that of the last one. */
function* runAll(t: Tool, options: JqOptions, running: Running): Task<number> {
  let outcome: Outcome = { status: 0, last: undefined };
  try {
    const inputs = options.noInput ? [null][Symbol.iterator]() : running.values;
    for (let step = inputs.next(); step.done !== true; step = inputs.next()) {
      const { last } = outcome;
      outcome = yield* runOne(t, options, running, step.value);
      if (outcome.last === undefined) outcome = { status: outcome.status, last };
    }
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    // Earlier output is still in its buffer, and comes after the message.
    yield* complain(t, binaryOf(`parse error: ${error.message}\n`));
    return STATUS.nothing;
  }
  return statusOf(options, outcome);
}

function statusOf({ exitStatus }: JqOptions, { status, last }: Outcome): number {
  if (status !== 0 || !exitStatus) return status;
  if (last === undefined) return STATUS.nothing;
  return isTrue(last) ? 0 : STATUS.falsy;
}

interface Outcome {
  readonly status: number;
  readonly last: JqValue | undefined;
}

/** Prints the values that the filter yields for one input, and the error that ends them. */
function* runOne(
  t: Tool,
  options: JqOptions,
  { filter, env, where }: Running,
  input: JqValue,
): Task<Outcome> {
  let last: JqValue | undefined;
  try {
    for (const value of valuesOf(filter, env, input)) {
      last = value;
      put(t, options, value);
      yield* flushIfFull(t);
    }
    return { status: 0, last };
  } catch (error) {
    if (error instanceof RangeError) refuse(t, TOO_DEEP);
    if (!(error instanceof JqError)) throw error;
    yield* complain(t, binaryOf(`jq: error (at ${where()})${messageOf(error.value)}\n`));
    return { status: STATUS.failed, last };
  }
}

function messageOf(value: JqValue): string {
  if (typeof value === 'string') return `: ${value}`;
  return ` (not a string): ${compact(value)}`;
}

function put(t: Tool, { rawOutput, join, style }: JqOptions, value: JqValue): void {
  const text = (rawOutput || join) && typeof value === 'string' ? value : print(value, style);
  t.out.put(binaryOf(join ? text : `${text}\n`));
}
