// mpathpersist.ts — mpathpersist: persistent reservations of a map, as far as disks without any go. Mirrors mpathpersist/main.c: handle_args.
import { getopt } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program, ProgramContext } from '@dmsim/vfs';
import { openPath } from '@dmsim/vfs';

import { loadConfig } from '../config/load-config.ts';
import { scanUnsigned } from '../config/value-type.ts';
import type { MultipathHost } from '../host.ts';
import { tellVersions, unloadLibraries } from '../libraries.ts';
import { createLog } from '../log.ts';
import { PR_STATUS } from '../maps/reservation-keys.ts';
import { readTextFile } from '../names/text-file.ts';
import { needUdev, refuse } from '../refuse.ts';
import type { Session } from '../session.ts';
import { programSession } from '../session.ts';
import { mpathpersistUsage } from './mpathpersist-usage.ts';
import type { Output } from './output.ts';
import { withOutput } from './output.ts';
import { persistentReserveIn, persistentReserveOut } from './persistent-reserve.ts';

const OPTIONS = {
  short: 'v:Cd:hHioYZK:S:PAT:skrGILcRX:l:f:',
  long: {
    verbose: 'v:',
    clear: 'C',
    device: 'd:',
    'batch-file': 'f:',
    help: 'h',
    hex: 'H',
    in: 'i',
    out: 'o',
    'param-alltgpt': 'Y',
    'param-aptpl': 'Z',
    'param-rk': 'K:',
    'param-sark': 'S:',
    preempt: 'P',
    'preempt-abort': 'A',
    'prout-type': 'T:',
    'read-full-status': 's',
    'read-keys': 'k',
    'read-reservation': 'r',
    register: 'G',
    'register-ignore': 'I',
    release: 'L',
    'report-capabilities': 'c',
    reserve: 'R',
    'transport-id': 'X:',
    'alloc-length': 'l:',
  },
};
const IN_ACTIONS = 'skrc';
const OUT_ACTIONS = 'CPAGILR';
/** The actions that need a type. */
const TYPED_ACTIONS = 'RLPA';
const MAX_ALLOCATION = 8192;

export function mpathpersistProgram(host: MultipathHost): Program {
  return (context) => withOutput(context, (output) => main(host, context, output));
}

function* main(host: MultipathHost, context: ProgramContext, output: Output): Task<number> {
  const { process, argv } = context;
  if (argv.length === 1) {
    output.err(`No parameter used\n${mpathpersistUsage()}`);
    return 1;
  }
  needUdev(host, context, 'mpathpersist');
  const log = createLog(host.sim, 2, (line) => output.err(line));
  const config = yield* loadConfig({ process, root: host.root, log });
  if (config === null) return 1;
  config.defaults.set('force_sync', 'yes');
  const session: Session = {
    ...programSession({ host, log, process, config }),
    cwd: context.cwd,
  };
  const args = argv.slice(1);
  const status = yield* handle({ session, context, output, args, line: 0, verbose: 0 });
  unloadLibraries(session);
  return status;
}

/** A command line, or a line of a batch file. */
interface Call {
  readonly session: Session;
  readonly context: ProgramContext;
  readonly output: Output;
  readonly args: readonly string[];
  /** The line of the batch file, from 1; 0 for the command line. */
  readonly line: number;
  /** -v of the command line. */
  verbose: number;
}

/** A call that makes sense, parsed. */
interface Wish {
  readonly has: (letter: string) => boolean;
  readonly value: (letter: string) => string | undefined;
  readonly device: string | undefined;
  readonly isOut: boolean;
  /** The letter of its service action. */
  readonly action: string;
}

function* handle(call: Call): Task<number> {
  const { output, line } = call;
  const parsed = parse(call);
  if ('isHelp' in parsed) {
    output.err(mpathpersistUsage());
    return 0;
  }
  if ('batch' in parsed) return yield* runBatch(call, parsed.batch);
  if ('wrong' in parsed) output.err(parsed.wrong);
  const status = 'wrong' in parsed ? PR_STATUS.SYNTAX_ERROR : yield* carryOut(call, parsed);
  if (status !== PR_STATUS.SYNTAX_ERROR) return status;
  output.err(line === 0 ? mpathpersistUsage() : `syntax error on line ${line} in batch file\n`);
  return status;
}

/** The message for a call that makes no sense. */
interface Wrong {
  readonly wrong: string;
}

type Given = readonly (readonly [key: string, value: string])[];

function parse(call: Call): Wish | Wrong | { readonly batch: string } | { readonly isHelp: true } {
  const { args, line, session } = call;
  const { given, operands, error } = getopt(args, OPTIONS);
  const problem = wrongValue(given, line);
  if (problem !== null) return { wrong: problem };
  const value = (letter: string): string | undefined =>
    given.findLast(([key]) => key === letter)?.[1];
  const has = (letter: string): boolean => value(letter) !== undefined;
  if (has('h')) return { isHelp: true };
  if (error !== undefined) {
    return { wrong: `${NAME}: ${error.message}\nunrecognised switch code 0x3f ??\n` };
  }
  const extra = has('d') ? operands : operands.slice(1);
  if (extra.length > 0) {
    return { wrong: extra.map((word) => `Unexpected extra argument: ${word}\n`).join('') };
  }
  if (line === 0) {
    call.verbose = Math.min(Number.parseInt(value('v') ?? '0', 10), 3);
    session.log.verbosity = call.verbose;
    tellVersions(session);
  }
  const batch = value('f');
  if (!has('i') && !has('o') && batch !== undefined) return { batch };
  return chosen(given, { has, value, device: value('d') ?? operands[0] });
}

/** The message for the first value that is none, in the order of the command line, up to -h, which ends the parsing. */
function wrongValue(given: Given, line: number): string | null {
  for (const [i, [key, text]] of given.entries()) {
    if (key === 'h') return null;
    if (key === 'X') refuse('mpathpersist --transport-id');
    const problem = key === 'f' ? wrongBatch(given, { line, i }) : wrongFormat(key, text, line);
    if (problem !== null) return problem;
  }
  return null;
}

function wrongFormat(key: string, text: string, line: number): string | null {
  const isOff = key === 'v' && line !== 0;
  const format = isOff ? undefined : FORMATS[key];
  if (format !== undefined && !format[0].test(text)) return `bad argument to '--${format[1]}'\n`;
  if (key !== 'l' || (scanUnsigned(text) ?? 0) <= MAX_ALLOCATION) return null;
  return `'--alloc-length' argument exceeds maximum limit(${MAX_ALLOCATION})\n`;
}

function wrongBatch(
  given: Given,
  { line, i }: { readonly line: number; readonly i: number },
): string | null {
  if (line !== 0) return 'ERROR: -f option not allowed in batch file\n';
  const isFirst = given.findIndex(([key]) => key === 'f') === i;
  return isFirst ? null : 'ERROR: -f option can be used at most once\n';
}

const HEX = /^\s*[+-]?(?:0x)?[\da-f]/i;

/** How a value has to begin, and the name of its option. */
const FORMATS: Readonly<Record<string, readonly [RegExp, string]>> = {
  v: [/^\s*[+-]?\d/, 'verbose'],
  K: [HEX, 'param-rk'],
  S: [HEX, 'param-sark'],
  T: [HEX, 'prout-type'],
  l: [/^\s*[+-]?\d/, 'alloc-length'],
};

/** Finds in or out, and one service action; else the mistake. */
function chosen(given: Given, wish: Pick<Wish, 'has' | 'value' | 'device'>): Wish | Wrong {
  const of = (letters: string): readonly string[] =>
    given.map(([key]) => key).filter((key) => letters.includes(key));
  const [ins, outs] = [of(IN_ACTIONS), of(OUT_ACTIONS)];
  const isOut = wish.has('o');
  const wrong = isOut === wish.has('i') ? EITHER : isOut ? wrongOut(ins, outs) : wrongIn(ins, outs);
  if (wrong !== null) return { wrong };
  return { ...wish, isOut, action: (isOut ? outs : ins)[0] ?? '' };
}

const EITHER = "choose either '--in' or '--out' \n";

const wrongOut = (ins: readonly string[], outs: readonly string[]): string | null =>
  outs.length === 1 && ins.length === 0
    ? null
    : ' For Persistent Reserve Out only one appropriate\n service action must be chosen \n';

function wrongIn(ins: readonly string[], outs: readonly string[]): string | null {
  if (outs.length > 0) {
    return " When a service action for Persistent Reserve Out is chosen the\n '--out' option must be given \n";
  }
  if (ins.length === 0) return ' No service action given for Persistent Reserve IN\n';
  return ins.length > 1 ? ' Too many service actions given; choose one only\n' : null;
}

/** Returns the status; what is wrong has been said. */
function* carryOut({ session, context, output }: Call, wish: Wish): Task<number> {
  const { isOut, action, value, device } = wish;
  const type = Number.parseInt(value('T') ?? '0', 16);
  if (TYPED_ACTIONS.includes(action) && type === 0) {
    output.err('Warning: --prout-type probably needs to be given\n');
  }
  if (device === undefined) {
    output.err('No device name given \n');
    return PR_STATUS.SYNTAX_ERROR;
  }
  const { process, cwd } = context;
  const flags = { read: true, write: false };
  const file = yield* openPath({ process, root: session.host.root, cwd }, device, flags);
  if (typeof file === 'string') {
    output.err(`${device}: error opening file (rw) fd=-1\n`);
    return PR_STATUS.FILE_ERROR;
  }
  try {
    if (!isOut) {
      const status = yield* persistentReserveIn(session, context, device);
      if (status !== PR_STATUS.SUCCESS) output.err('Persistent Reserve IN command failed\n');
      return status;
    }
    const keys = { key: keyOf(value('K')), serviceActionKey: keyOf(value('S')) };
    const aptpl = wish.has('Z');
    const status = yield* persistentReserveOut(session, context, {
      device,
      action,
      aptpl,
      type,
      dump: (line) => output.err(line),
      ...keys,
    });
    if (status !== PR_STATUS.SUCCESS) output.out('PR out: command failed\n');
    return status;
  } finally {
    file.release(process);
  }
}

/** Sixteen digits. */
const keyOf = (text = '0'): string => {
  const digits = /^\s*\+?(?:0x)?([\da-f]+)/i.exec(text)?.[1] ?? '0';
  return digits.toLowerCase().slice(-16).padStart(16, '0');
};

function* runBatch(call: Call, path: string): Task<number> {
  const { session, output, verbose } = call;
  const text = yield* readTextFile(session, path);
  if (text === null) {
    output.err(`unable to open ${path}: ${strerror('ENOENT')}\n`);
    return PR_STATUS.SYNTAX_ERROR;
  }
  if (verbose >= 2) output.err(`running batch file ${path}\n`);
  let status = 0;
  for (const [i, one] of text.replace(/\n$/, '').split('\n').entries()) {
    if (verbose >= 3) output.err(`processing line ${i + 1}: ${one}\n`);
    const words = wordsOf(one);
    if (words.length === 0) continue;
    if (verbose >= 2) {
      output.err(
        `## file ${path} line ${i + 1}:${[NAME, ...words].map((w) => ` ${w}`).join('')}\n`,
      );
    }
    const result = yield* handle({ ...call, args: words, line: i + 1 });
    if (result !== 0) status = result;
  }
  return status;
}

const NAME = 'mpathpersist';

/** The words up to a comment, without the program's own name before them. */
function wordsOf(line: string): readonly string[] {
  const words = line.split(/[ \t]+/).filter((word) => word !== '');
  const end = words.findIndex((word) => word.startsWith('#'));
  const kept = end < 0 ? words : words.slice(0, end);
  return kept[0] === NAME ? kept.slice(1) : kept;
}
