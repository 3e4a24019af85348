// awk.ts — awk(1), with the behaviour of busybox's awk.
import { binaryOf, SIMULATION_START, RegexError } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { createPrng, strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { closeFile, openInput, readWhole } from '../lines.ts';
import type { Options, OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { Failure, tool } from '../tool.ts';
import { assignFromText } from './assignment.ts';
import type { AwkIo, Interpreter } from './interpreter.ts';
import { arrayOf, setGlobal } from './interpreter.ts';
import { AwkError, unescape } from './lex.ts';
import type { AwkProgram } from './node.ts';
import { AwkRefusal } from './node.ts';
import { parseAwk } from './parse.ts';
import { createRecords, nextOfFile } from './records.ts';
import { runProgram } from './run.ts';
import { closeCommands, createStreams, getlineFrom, streamIo } from './streams.ts';
import { Input } from './value.ts';

const SPEC: OptionSpec = {
  short: 'F:v:f:',
  refused: 'WeEi',
  inOrder: true,
};

function* main(t: Tool): Task<number> {
  const options = parseOptions(t, SPEC);
  try {
    const { source, operands } = yield* programText(t, options);
    const program = parseAwk(source);
    const streams = createStreams(t);
    const records = createRecords(t);
    const io: AwkIo = {
      getline: (from) =>
        from === undefined ? nextOfFile(m, records) : getlineFrom(streams, m, from),
      ...streamIo(streams),
    };
    const m = createInterpreter(t, program, { operands, io });
    for (const [key, value] of options.given) {
      if (key === 'v') {
        if (!assignFromText(m, value)) badAssignment(t, value);
      } else if (key === 'F') setGlobal(m, 'FS', value === 't' ? '\t' : unescape(value));
    }
    const status = yield* runProgram(m, program, records);
    yield* closeCommands(streams);
    return status;
  } catch (error) {
    if (error instanceof AwkRefusal) refuse(t, error.message);
    if (error instanceof RegexError) throw new Failure(`awk: bad regex: ${error.message}\n`, 1);
    if (!(error instanceof AwkError)) throw error;
    throw new Failure(`awk: cmd. line:${error.line}: ${error.message}\n`, 1);
  }
}

function badAssignment(t: Tool, text: string): never {
  throw new Failure(`${t.name}: bad -v assignment: ${text}\n`, 1);
}

function* programText(
  t: Tool,
  { given, operands }: Options,
): Task<{ source: string; operands: readonly string[] }> {
  const parts: string[] = [];
  for (const [key, name] of given) {
    if (key !== 'f') continue;
    const file = yield* openInput(t, name);
    const text = typeof file === 'string' ? { errno: file } : yield* readWhole(t, file);
    if (typeof text !== 'string')
      throw new Failure(`awk: can't open file '${name}': ${strerror(text.errno)}\n`, 1);
    if (typeof file !== 'string') closeFile(t, file);
    parts.push(text);
  }
  if (parts.length > 0) return { source: parts.join('\n'), operands };
  const [source, ...rest] = operands;
  if (source === undefined) {
    throw new Failure('Usage: awk [-F fs] [-v var=value] [PROGRAM | -f FILE] [FILE]...\n', 1);
  }
  return { source, operands: rest };
}

interface Surroundings {
  readonly operands: readonly string[];
  readonly io: AwkIo;
}

function createInterpreter(
  t: Tool,
  program: AwkProgram,
  { operands, io }: Surroundings,
): Interpreter {
  const { sim } = t.process;
  const m: Interpreter = {
    globals: new Map(),
    locals: undefined,
    functions: program.functions,
    record: '',
    separator: ' ',
    fields: undefined,
    reached: 0,
    touched: 0,
    stale: false,
    io,
    prng: createPrng(1),
    seed: 1,
    limits: sim.limits,
    steps: 0,
    depth: 0,
    utf8: t.utf8,
    now: () => SIMULATION_START * 1e9 + sim.now,
  };
  const defaults = {
    FS: ' ',
    OFS: ' ',
    RS: '\n',
    ORS: '\n',
    OFMT: '%.6g',
    CONVFMT: '%.6g',
    SUBSEP: '\x1c',
    NF: 0,
    NR: 0,
    FNR: 0,
    RSTART: 0,
    RLENGTH: -1,
  };
  for (const [name, value] of Object.entries(defaults)) setGlobal(m, name, value);
  const argv = arrayOf(m, 'ARGV');
  for (const [i, arg] of ['awk', ...operands].entries()) argv.set(String(i), new Input(arg));
  setGlobal(m, 'ARGC', operands.length + 1);
  const environ = arrayOf(m, 'ENVIRON');
  for (const [name, value] of t.context.env)
    environ.set(binaryOf(name), new Input(binaryOf(value)));
  return m;
}

export const awk: Program = tool(main);
