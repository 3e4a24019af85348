// simple.ts — Simple commands: assignments only, functions, builtins, programs.
import type { Process, Task } from '@dmsim/sim';

import { builtins, declarationBuiltins } from '../builtins/table.ts';
import { expandFields } from '../expand/expand-word.ts';
import { complain } from '../messages.ts';
import { NotSupported } from '../not-supported.ts';
import { environment } from '../parameters.ts';
import type { RunWordsOptions, Shell } from '../shell.ts';
import { Unwind } from '../shell.ts';
import type { SimpleCommand } from '../syntax/ir.ts';
import { isRefusedCommand } from '../syntax/refused-commands.ts';
import type { Variable } from '../variables.ts';
import { copyVariable, createVariable } from '../variables.ts';
import type { Prepared } from './assignment.ts';
import {
  performAssignment,
  prepareAssignment,
  runAssignments,
  traceAssignment,
} from './assignment.ts';
import { commandText } from './command-text.ts';
import { callFunction } from './function-call.ts';
import { reportBackground, reportForeground, waitForChild } from './jobs.ts';
import type { ProgramStart } from './programs.ts';
import { findProgram, forkProgram, runProgram } from './programs.ts';
import { applyRedirects, keepRedirects, undoRedirects } from './redirect.ts';
import { traceWords } from './xtrace.ts';

/** A command's words, expanded; assignments of `declare` apart. */
interface Expanded {
  readonly words: string[];
  readonly items: (string | Prepared)[];
}

/** `replace`: nothing comes after it in this process, so a program takes its place. */
export function* runSimple(shell: Shell, command: SimpleCommand, replace = false): Task<number> {
  shell.line = command.line;
  shell.substitutionStatus = undefined;
  const expanded = yield* expandArguments(shell, command);
  const [name] = expanded.words;
  if (name === undefined) return yield* runWithoutWords(shell, command);
  const prepared: Prepared[] = [];
  for (const assignment of command.assignments) {
    const one = yield* prepareAssignment(shell, assignment);
    if (shell.flags.xtrace) yield* traceAssignment(shell, one, assignment);
    prepared.push(one);
  }
  if (shell.flags.xtrace) yield* traceWords(shell, expanded.words);
  if (name === 'exec' && !shell.functions.has(name)) {
    return yield* runExec(shell, command, expanded.words, prepared);
  }
  const undo =
    command.redirects.length === 0 ? [] : yield* applyRedirects(shell, command.redirects);
  if (undo === undefined) return 1;
  let pending = undo;
  try {
    const started = yield* start(shell, expanded, prepared, { find: 'any', replace });
    if (typeof started === 'number') return started;
    // The program has the files now; messages about its end go to the shell's own.
    undoRedirects(shell, pending);
    pending = [];
    return yield* finishForeground(shell, started, () => commandText(command));
  } finally {
    undoRedirects(shell, pending);
  }
}

function* expandArguments(shell: Shell, { words }: SimpleCommand): Task<Expanded> {
  const out: Expanded = { words: [], items: [] };
  for (const argument of words) {
    const first = out.words[0];
    if (argument.kind === 'assignment' && first !== undefined && declarationBuiltins.has(first)) {
      const prepared = yield* prepareAssignment(shell, argument.assignment);
      out.items.push(prepared);
      const { name, value, append } = prepared;
      const text = typeof value === 'string' ? `${append ? '+' : ''}=${value}` : '';
      out.words.push(name + text);
    } else if (argument.word.constant === undefined) {
      const fields = yield* expandFields(shell, argument.word);
      out.words.push(...fields);
      out.items.push(...fields);
    } else {
      out.words.push(argument.word.constant);
      out.items.push(argument.word.constant);
    }
  }
  return out;
}

function* runWithoutWords(shell: Shell, command: SimpleCommand): Task<number> {
  yield* runAssignments(shell, command.assignments);
  if (command.redirects.length > 0) {
    const undo = yield* applyRedirects(shell, command.redirects);
    if (undo === undefined) return 1;
    undoRedirects(shell, undo);
  }
  return shell.substitutionStatus ?? 0;
}

/** The status, or the process of a program that was started. */
function* start(
  shell: Shell,
  { words, items }: Expanded,
  assignments: readonly Prepared[],
  options: RunWordsOptions & { readonly skipFunctions?: boolean },
): Task<number | Process> {
  const name = words[0] as string;
  const { find, skipFunctions = false } = options;
  const body = skipFunctions || find !== 'any' ? undefined : shell.functions.get(name);
  if (body !== undefined) {
    const call = (): Task<number> => callFunction(shell, body, words);
    return yield* withVariables(shell, assignments, call);
  }
  if (find !== 'program') {
    const declaration = declarationBuiltins.get(name);
    if (declaration !== undefined) {
      const run = (): Task<number> => declaration(shell, name, items.slice(1));
      return yield* withVariables(shell, assignments, run);
    }
    const builtin = builtins.get(name);
    if (builtin !== undefined) {
      return yield* withVariables(shell, assignments, () => builtin(shell, words));
    }
    if (isRefusedCommand(name)) throw new NotSupported(shell.file, shell.line, name);
  }
  return yield* startProgram(shell, words, assignments, options.replace);
}

/** `x=1 command`, of what runs in the shell itself: the variables are as they were afterwards. */
function* withVariables(
  shell: Shell,
  assignments: readonly Prepared[],
  run: () => Task<number>,
): Task<number> {
  if (assignments.length === 0) return yield* run();
  const saved: (readonly [string, Variable | undefined])[] = [];
  for (const assignment of assignments) {
    const { name } = assignment;
    const old = shell.variables.get(name);
    saved.push([name, old]);
    const own = old === undefined ? createVariable() : copyVariable(old);
    own.exported = true;
    shell.variables.set(name, own);
    yield* performAssignment(shell, assignment);
  }
  try {
    return yield* run();
  } finally {
    for (const [name, old] of saved.toReversed()) {
      if (old === undefined) shell.variables.delete(name);
      else shell.variables.set(name, old);
    }
  }
}

function* startProgram(
  shell: Shell,
  words: readonly string[],
  assignments: readonly Prepared[],
  replace: boolean,
): Task<number | Process> {
  const found = findProgram(shell, words[0] as string);
  if (found.kind === 'error') {
    yield* complain(shell, found.message);
    return found.status;
  }
  const env = environment(shell);
  for (const { name, value, append } of assignments) {
    if (typeof value === 'string') env.set(name, append ? (env.get(name) ?? '') + value : value);
  }
  const { fds, cwd, root, options } = shell;
  const startWith: ProgramStart = { argv: words, env, fds, cwd, root, options };
  if (replace) return yield* runProgram(shell.process, found.program, startWith);
  return forkProgram(shell.process, found.program, startWith);
}

function* finishForeground(shell: Shell, child: Process, text: () => string): Task<number> {
  const status = yield* waitForChild(shell, child);
  yield* reportForeground(shell, [child], () => [text()]);
  yield* reportBackground(shell);
  return status;
}

/** Words that are expanded already: `command`, `builtin`, `eval`ed function calls. */
export function* runWords(
  shell: Shell,
  words: readonly string[],
  options: RunWordsOptions,
): Task<number> {
  const expanded = { words: [...words], items: [...words] };
  const started = yield* start(shell, expanded, [], { ...options, skipFunctions: true });
  if (typeof started === 'number') return started;
  return yield* finishForeground(shell, started, () => words.join(' '));
}

/** `exec`: with a command the process becomes it; without, the redirections stay. */
function* runExec(
  shell: Shell,
  command: SimpleCommand,
  words: readonly string[],
  assignments: readonly Prepared[],
): Task<number> {
  const undo = yield* applyRedirects(shell, command.redirects);
  if (undo === undefined) throw new Unwind('exit', 1);
  keepRedirects(shell, undo);
  const rest = words.slice(words[1] === '--' ? 2 : 1);
  const [name] = rest;
  if (name === undefined) {
    for (const assignment of assignments) yield* performAssignment(shell, assignment);
    return 0;
  }
  if (name.startsWith('-')) throw new NotSupported(shell.file, shell.line, `exec ${name}`);
  const found = findProgram(shell, name);
  if (found.kind === 'error') {
    const { message, status } = found;
    yield* complain(
      shell,
      status === 127 && !name.includes('/') ? `exec: ${name}: not found` : message,
    );
    throw new Unwind('exit', status);
  }
  shell.traps.delete('EXIT');
  const status = yield* startProgram(shell, rest, assignments, true);
  throw new Unwind('exit', status as number);
}
