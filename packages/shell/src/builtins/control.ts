// control.ts — Builtins that change the flow of control: break, continue, return, exit, shift, eval, source, let; and builtin.
import { decodeBytes } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { withinLimit } from '@dmsim/sim';
import { lookupPath, openPath, readAll, ready } from '@dmsim/vfs';

import { tryEvaluate } from '../expand/evaluate.ts';
import { complain, discard, failure } from '../messages.ts';
import { getParameter } from '../parameters.ts';
import { returned } from '../run/function-call.ts';
import { runText } from '../run/script.ts';
import { runWords } from '../run/simple.ts';
import type { Shell } from '../shell.ts';
import { Unwind } from '../shell.ts';
import { isBuiltin } from './builtin-names.ts';
import type { Builtin } from './builtin.ts';
import { internalGetopt } from './internal-getopt.ts';
import { printUsage } from './usage.ts';

export const succeed: Builtin = () => ready(0);

export const fail: Builtin = () => ready(1);

/** break and continue */
export const leaveLoop: Builtin = function* (shell, args) {
  const [name, count, extra] = args as readonly [string, string | undefined, string | undefined];
  if (shell.loops === 0) {
    const where = "only meaningful in a `for', `while', or `until' loop";
    yield* complain(shell, `${name}: ${where}`);
    return 0;
  }
  if (extra !== undefined) {
    return yield* discard(shell, `${name}: too many arguments`);
  }
  if (count !== undefined && !isInteger(count)) {
    yield* complain(shell, `${name}: ${count}: numeric argument required`);
    throw new Unwind('exit', 128);
  }
  const levels = Number(count ?? 1);
  if (levels <= 0) {
    yield* complain(shell, `${name}: ${count}: loop count out of range`);
    shell.jump = { kind: 'break', levels: shell.loops };
    return 1;
  }
  const kind = name === 'break' ? 'break' : 'continue';
  shell.jump = { kind, levels: Math.min(levels, shell.loops) };
  return 0;
};

const isInteger = (text: string): boolean => /^\s*[-+]?\d+\s*$/.test(text);

/** Parses the status of `exit n` and `return n`. */
function* statusArgument(shell: Shell, args: readonly string[]): Task<number> {
  const [name, ...rest] = args as [string, ...string[]];
  const [text, extra] = rest[0] === '--' ? rest.slice(1) : rest;
  if (text === undefined) return shell.status;
  if (!isInteger(text)) {
    yield* complain(shell, `${name}: ${text}: numeric argument required`);
    return 2;
  }
  if (extra !== undefined) {
    return yield* discard(shell, `${name}: too many arguments`);
  }
  return Number(text) & 0xff;
}

export const returnFrom: Builtin = function* (shell, args) {
  const status = yield* statusArgument(shell, args);
  if (shell.calls.length === 0) {
    yield* complain(shell, "return: can only `return' from a function or sourced script");
    return 2;
  }
  shell.jump = { kind: 'return', before: shell.status };
  shell.status = status;
  return status;
};

export const exit: Builtin = function* (shell, args) {
  const status = yield* statusArgument(shell, args);
  throw new Unwind('exit', status);
};

export const shift: Builtin = function* (shell, args) {
  const [, text = '1', extra] = args;
  if (!isInteger(text)) {
    yield* complain(shell, `shift: ${text}: numeric argument required`);
    return 1;
  }
  if (extra !== undefined) {
    return yield* discard(shell, 'shift: too many arguments');
  }
  const n = Number(text);
  if (n < 0) {
    yield* complain(shell, `shift: ${text}: shift count out of range`);
    return 1;
  }
  if (n > shell.positional.length) {
    if (shell.flags.shift_verbose)
      yield* complain(shell, `shift: ${text}: shift count out of range`);
    return 1;
  }
  shell.positional = shell.positional.slice(n);
  return 0;
};

export const evalText: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: '' });
  if (typeof parsed === 'number') return parsed;
  withinLimit(shell.sim.limits, 'evals', shell.traceDepth + 1);
  shell.traceDepth++;
  const { command } = shell;
  try {
    const where = { name: shell.file, firstLine: shell.line, source: 'eval' };
    return yield* runText(shell, parsed.operands.join(' '), where);
  } finally {
    shell.traceDepth--;
    shell.command = command;
  }
};

/** `.` and source */
export const source: Builtin = function* (shell, args) {
  const [name] = args as readonly [string, ...string[]];
  const parsed = yield* internalGetopt(shell, args, { short: '' });
  if (typeof parsed === 'number') return parsed;
  const [word, ...positional] = parsed.operands;
  if (word === undefined) {
    yield* complain(shell, `${name}: filename argument required`);
    return yield* printUsage(shell, name);
  }
  const path = sourcePath(shell, word);
  const node = lookupPath(path, shell);
  if (typeof node !== 'string' && node.kind === 'directory') {
    yield* complain(shell, `${name}: ${path}: is a directory`);
    return 1;
  }
  if (typeof node !== 'string' && node.kind === 'file' && node.program !== undefined) {
    yield* complain(shell, `${name}: ${path}: cannot execute binary file`);
    return 126;
  }
  const file = yield* openPath(shell, path, { read: true, write: false });
  if (typeof file === 'string') {
    yield* complain(shell, failure(path, file));
    return 1;
  }
  const bytes = yield* readAll(shell.process, file);
  file.release(shell.process);
  if (typeof bytes === 'string') {
    yield* complain(shell, `${name}: ${failure(path, bytes)}`);
    return 1;
  }
  return yield* runSourced(shell, path, decodeBytes(bytes), positional);
};

/** A name without a slash is looked for in $PATH, then in the current directory. */
function sourcePath(shell: Shell, word: string): string {
  if (word.includes('/')) return word;
  for (const directory of (getParameter(shell, 'PATH') ?? '').split(':')) {
    const path = `${directory === '' ? '.' : directory}/${word}`;
    const node = lookupPath(path, shell);
    if (typeof node !== 'string' && node.kind === 'file') return path;
  }
  return word;
}

function* runSourced(
  shell: Shell,
  path: string,
  text: string,
  positional: readonly string[],
): Task<number> {
  withinLimit(shell.sim.limits, 'evals', shell.calls.length + 1);
  const { file, line, command } = shell;
  const own = shell.positional;
  shell.calls.push({ name: 'source', file, line });
  shell.file = path;
  if (positional.length > 0) shell.positional = positional;
  try {
    return yield* returned(shell, yield* runTraced(shell, path, text));
  } finally {
    shell.calls.pop();
    Object.assign(shell, { file, line, command });
    if (positional.length > 0) shell.positional = own;
  }
}

function* runTraced(shell: Shell, name: string, text: string): Task<number> {
  shell.traceDepth++;
  try {
    return yield* runText(shell, text, { name, firstLine: 1 });
  } finally {
    shell.traceDepth--;
  }
}

export const letValues: Builtin = function* (shell, args) {
  if (args.length === 1) {
    yield* complain(shell, 'let: expression expected');
    return 1;
  }
  let value = 0n;
  for (const text of args.slice(1)) {
    const result = yield* tryEvaluate(shell, text, 'let');
    if (result === undefined) return 1;
    value = result;
  }
  return value === 0n ? 1 : 0;
};

/** Runs a builtin, and ignores functions of the same name. */
export const builtin: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: '' });
  if (typeof parsed === 'number') return parsed;
  const [name] = parsed.operands;
  if (name === undefined) return 0;
  if (isBuiltin(shell, name)) {
    return yield* runWords(shell, parsed.operands, { find: 'builtin', place: 'fork' });
  }
  yield* complain(shell, `builtin: ${name}: not a shell builtin`);
  return 1;
};
