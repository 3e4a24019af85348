// simple.ts — Runs simple commands: assignments, functions, builtins and programs.
import type { Process, Task } from '@dmsim/sim';
import { keepIgnoring, NotSupported } from '@dmsim/sim';

import { invalidOption } from '../builtins/usage.ts';
import { expandFields } from '../expand/expand-word.ts';
import { shellLevel } from '../levels.ts';
import { complain } from '../messages.ts';
import { environment, isReadonly } from '../parameters.ts';
import type { Place, RunWordsOptions, Shell } from '../shell.ts';
import { Unwind } from '../shell.ts';
import type { Assignment, SimpleCommand } from '../syntax/ir.ts';
import { isRefusedCommand } from '../syntax/refused-commands.ts';
import { traceLine } from '../trace-points.ts';
import type { Variable } from '../variables.ts';
import { copyVariable, createVariable } from '../variables.ts';
import type { Prepared } from './assignment.ts';
import {
  performAssignment,
  prepareAssignment,
  runAssignments,
  traceArray,
  traceAssignment,
} from './assignment.ts';
import { commandText } from './command-text.ts';
import { callFunction } from './function-call.ts';
import { reportBackground, reportForeground, waitForChild } from './jobs.ts';
import { closeSubstituted } from './process-substitution.ts';
import type { Found, ProgramStart } from './programs.ts';
import { findProgram, forkProgram, runProgram, searchStandard } from './programs.ts';
import { applyRedirects, keepRedirects, undoRedirects } from './redirect.ts';
import { mayBeReplaced } from './trap.ts';
import { traceWords } from './xtrace.ts';

/** The expanded words of a command, with the assignments of `declare` kept apart. */
interface Expanded {
  readonly words: readonly string[];
  /** The words and assignments in order; the same as `words` if there are no assignments. */
  readonly items: readonly (string | Prepared)[];
}

export function runSimple(
  shell: Shell,
  command: SimpleCommand,
  place: Place = 'fork',
): Task<number> {
  shell.line = shell.lineBase + command.line;
  if (shell.trapDepth === 0) shell.command = command;
  if (shell.sim.trace !== null) traceLine(shell);
  shell.substitutionStatus = undefined;
  const { constant } = command;
  if (constant === undefined) return runExpanded(shell, command, place);
  return runNamed(shell, command, { words: constant, items: constant }, place);
}

/** The pipes to process substitutions among its words are closed once it has ended. */
function* runExpanded(shell: Shell, command: SimpleCommand, place: Place): Task<number> {
  const open = shell.substitutedFiles.length;
  let saved: Saved | undefined;
  try {
    const expanded = yield* expandArguments(shell, command);
    const [name] = expanded.words;
    if (name === undefined) return yield* runWithoutWords(shell, command);
    const { assignments } = command;
    if (assignments.length > 0) saved = yield* assignForCommand(shell, assignments);
    return yield* runNamed(shell, command, expanded, place);
  } finally {
    if (saved !== undefined) restore(shell, saved);
    closeSubstituted(shell, open);
  }
}

function* runNamed(
  shell: Shell,
  command: SimpleCommand,
  expanded: Expanded,
  place: Place,
): Task<number> {
  const { words } = expanded;
  if (shell.flags.xtrace) yield* traceCommand(shell, command, expanded);
  const exec = execWords(shell, words);
  if (exec !== undefined) return yield* runExec(shell, command, exec);
  const { redirects } = command;
  if (redirects.length === 0) return yield* runStarted(shell, command, expanded, place);
  const undo = yield* applyRedirects(shell, redirects);
  if (undo === undefined) return 1;
  let pending = undo;
  try {
    const started = start(shell, expanded, { find: 'any', place });
    if (!isProcess(started)) return yield* started;
    // The program has its files now. A message about its end goes to the shell's own standard error.
    yield* undoRedirects(shell, pending);
    pending = [];
    return yield* finishForeground(shell, started, () => commandText(command));
  } finally {
    yield* undoRedirects(shell, pending);
  }
}

/** The words from `exec` on, if that is the command, as in `command exec`. */
function execWords(shell: Shell, words: readonly string[]): readonly string[] | undefined {
  const [name] = words;
  if (name === 'exec') return shell.functions.has(name) ? undefined : words;
  if (name !== 'command' && name !== 'builtin') return undefined;
  return words[1] === 'exec' && !shell.functions.has(name) ? words.slice(1) : undefined;
}

function runStarted(
  shell: Shell,
  command: SimpleCommand,
  expanded: Expanded,
  place: Place,
): Task<number> {
  const started = start(shell, expanded, { find: 'any', place });
  if (!isProcess(started)) return started;
  return finishForeground(shell, started, () => commandText(command));
}

/** Traces a command: arrays before the words, other values of `export` and `readonly` after them. */
function* traceCommand(
  shell: Shell,
  { words: sources }: SimpleCommand,
  { words, items }: Expanded,
): Task<void> {
  const prepared = items.filter((item) => typeof item !== 'string');
  for (const item of prepared) {
    if (typeof item.value !== 'string') yield* traceArray(shell, item);
  }
  yield* traceWords(shell, words);
  if (words[0] !== 'export' && words[0] !== 'readonly') return;
  for (const argument of sources) {
    if (argument.kind !== 'assignment') continue;
    const { assignment } = argument;
    const item = prepared.find((one) => one.name === assignment.name);
    if (typeof item?.value === 'string') yield* traceAssignment(shell, item, assignment);
  }
}

type Saved = (readonly [name: string, old: Variable | undefined])[];

/** Performs `x=1 command`: sets the variables in order, and exports them while the command runs. */
function* assignForCommand(shell: Shell, assignments: readonly Assignment[]): Task<Saved> {
  const saved: Saved = [];
  try {
    for (const assignment of assignments) {
      const prepared = yield* prepareAssignment(shell, assignment);
      if (shell.flags.xtrace) yield* traceAssignment(shell, prepared, assignment);
      const { name } = prepared;
      if (typeof assignment.index === 'object') {
        const element = `${name}[${assignment.index.source}]`;
        yield* complain(shell, `\`${element}': not a valid identifier`);
        continue;
      }
      const old = shell.variables.get(name);
      if (isReadonly(shell, name)) {
        yield* complain(shell, `${name}: readonly variable`);
        continue;
      }
      saved.push([name, old]);
      if (name === 'PATH') shell.temporaryPaths++;
      // Only a value that is added to counts on what the variable is: `n=1+1 command` has the text, `n+=1 command` the sum.
      const own = old === undefined || !prepared.append ? createVariable() : copyVariable(old);
      own.exported = true;
      shell.variables.set(name, own);
      yield* performAssignment(shell, prepared);
    }
  } catch (error) {
    restore(shell, saved);
    throw error;
  }
  return saved;
}

function restore(shell: Shell, saved: Saved): void {
  for (const [name, old] of saved.toReversed()) {
    if (name === 'PATH') shell.temporaryPaths--;
    if (old === undefined) shell.variables.delete(name);
    else shell.variables.set(name, old);
  }
}

function* expandArguments(shell: Shell, { words }: SimpleCommand): Task<Expanded> {
  const expanded: string[] = [];
  let items: (string | Prepared)[] = expanded;
  for (const argument of words) {
    const first = expanded[0];
    const { constant } = argument.word;
    if (
      argument.kind === 'assignment' &&
      first !== undefined &&
      shell.builtins.declarations.has(first)
    ) {
      const prepared = yield* prepareAssignment(shell, argument.assignment);
      if (items === expanded) items = [...expanded];
      items.push(prepared);
      const { name, value, append } = prepared;
      const text = typeof value === 'string' ? `${append ? '+' : ''}=${value}` : '';
      expanded.push(name + text);
    } else {
      const fields =
        constant === undefined ? yield* expandFields(shell, argument.word) : [constant];
      for (const field of fields) {
        expanded.push(field);
        if (items !== expanded) items.push(field);
      }
    }
  }
  return { words: expanded, items };
}

function* runWithoutWords(shell: Shell, command: SimpleCommand): Task<number> {
  yield* runAssignments(shell, command.assignments);
  shell.lastArgument = '';
  if (command.redirects.length > 0) {
    const undo = yield* applyRedirects(shell, command.redirects);
    if (undo === undefined) return 1;
    yield* undoRedirects(shell, undo);
  }
  return shell.substitutionStatus ?? 0;
}

/** A task that the caller must run in the shell's process, or the process of a program that was started. */
type Started = Task<number> | Process;

const isProcess = (started: Started): started is Process =>
  (started as Partial<Process>).pid !== undefined;

function start(
  shell: Shell,
  { words, items }: Expanded,
  options: RunWordsOptions & { readonly skipFunctions?: boolean },
): Started {
  const name = words[0] as string;
  const { find, place, standard = false, skipFunctions = false } = options;
  const body = skipFunctions ? undefined : shell.functions.get(name);
  if (body !== undefined) {
    shell.isOneCommand = false;
    const last = place === 'replace' && shell.functionsMayEnd && mayBeReplaced(shell);
    return thenLast(shell, callFunction(shell, body, { words, last }), words);
  }
  if (find !== 'program' && !shell.disabled.has(name)) {
    const builtin = startBuiltin(shell, { words, items }, place);
    if (builtin !== undefined) return builtin;
  }
  shell.lastArgument = words.at(-1) as string;
  return startProgram(shell, words, place, standard);
}

function startBuiltin(
  shell: Shell,
  { words, items }: Expanded,
  place: Place,
): Task<number> | undefined {
  const name = words[0] as string;
  const declaration = shell.builtins.declarations.get(name);
  if (declaration !== undefined)
    return thenLast(shell, declaration(shell, name, items.slice(1)), words);
  const builtin = shell.builtins.ordinary.get(name);
  if (builtin === undefined) {
    if (isRefusedCommand(name)) throw new NotSupported(shell.file, shell.line, name);
    return undefined;
  }
  if (name === 'command') shell.place = place;
  else shell.isOneCommand = false;
  if (RUNS_TEXTS.has(name)) return thenLast(shell, builtin(shell, words), words);
  shell.lastArgument = words.at(-1) as string;
  return builtin(shell, words);
}

/** Builtins that show, or whose commands see, the `$_` of before; their own last word is `$_` once they have ended. */
const RUNS_TEXTS: ReadonlySet<string> = new Set([
  'eval',
  '.',
  'source',
  'command',
  'builtin',
  'set',
]);

function* thenLast(shell: Shell, task: Task<number>, words: readonly string[]): Task<number> {
  const status = yield* task;
  shell.lastArgument = words.at(-1) as string;
  return status;
}

function startProgram(
  shell: Shell,
  words: readonly string[],
  place: Place,
  standard: boolean,
): Started {
  const name = words[0] as string;
  const found = standard ? searchStandard(shell, name) : findProgram(shell, name);
  if (found.kind === 'error') return failWith(shell, found.message, found.status);
  const startWith = programStart(shell, words, found.path);
  if (shell.temporaryPaths === 0 && !standard && !name.includes('/'))
    shell.hashed.set(name, found.path);
  if (place === 'fork') return forkProgram(shell.process, found.program, startWith);
  // Nothing of the shell is left that could run them.
  shell.traps.clear();
  if (place === 'replace') leaveLevel(startWith);
  if (shell.isOneCommand) keepIgnoring(shell.process);
  return runProgram(shell.process, found.program, startWith);
}

/** `path` is that of the program, which it gets as `$_`. */
function programStart(shell: Shell, argv: readonly string[], path: string): OwnStart {
  const { fds, cwd, root, options } = shell;
  return { argv, env: environment(shell).set('_', path), fds, cwd, root, options };
}

interface OwnStart extends ProgramStart {
  readonly env: Map<string, string>;
}

/** The program replaces the shell, which is no longer one of those around it. */
function leaveLevel({ env }: OwnStart): void {
  env.set('SHLVL', String(shellLevel(env.get('SHLVL'), -1)));
}

function* failWith(shell: Shell, message: string, status: number): Task<number> {
  yield* complain(shell, message);
  return status;
}

function* finishForeground(shell: Shell, child: Process, text: () => string): Task<number> {
  const status = yield* waitForChild(shell, child);
  yield* reportForeground(shell, [child], () => [text()]);
  yield* reportBackground(shell);
  return status;
}

/** Runs words that are already expanded, for `command` and `builtin`. */
export function* runWords(
  shell: Shell,
  words: readonly string[],
  options: RunWordsOptions,
): Task<number> {
  const expanded = { words: [...words], items: [...words] };
  const started = start(shell, expanded, { ...options, skipFunctions: true });
  if (!isProcess(started)) return yield* started;
  return yield* finishForeground(shell, started, () => words.join(' '));
}

/** `exec` runs a command in place of the shell; without a command, it makes the redirections permanent. */
function* runExec(
  shell: Shell,
  { redirects }: SimpleCommand,
  words: readonly string[],
): Task<number> {
  const undo = yield* applyRedirects(shell, redirects);
  if (undo === undefined) return 1;
  const rest = words.slice(words[1] === '--' ? 2 : 1);
  const [name] = rest;
  if (name === undefined) {
    yield* keepRedirects(shell, undo);
    return 0;
  }
  if (name === '-a' && rest[2] !== undefined && words[1] !== '--') {
    yield* keepRedirects(shell, undo);
    return yield* execProgram(shell, rest[2], [rest[1] as string, ...rest.slice(3)]);
  }
  if (/^-./.test(name) && words[1] !== '--') {
    yield* undoRedirects(shell, undo);
    if (/^-[acl]+$/.test(name)) throw new NotSupported(shell.file, shell.line, `exec ${name}`);
    return yield* invalidOption(shell, 'exec', name.slice(0, 2));
  }
  yield* keepRedirects(shell, undo);
  return yield* execProgram(shell, name, rest);
}

/** Runs the program `name` in place of the shell. `argv[0]` is the name that it is called by. */
function* execProgram(shell: Shell, name: string, argv: readonly string[]): Task<never> {
  const found = findProgram(shell, name);
  if (found.kind === 'error') {
    yield* complainOfExec(shell, name, found);
    throw new Unwind('exit', found.status);
  }
  shell.traps.delete('EXIT');
  const startWith = programStart(shell, argv, found.path);
  if (!shell.inParentheses) leaveLevel(startWith);
  const status = yield* runProgram(shell.process, found.program, startWith);
  throw new Unwind('exit', status);
}

/** exec names a file by its whole path. */
function* complainOfExec(shell: Shell, name: string, failed: Failed): Task<void> {
  const path = shell.hashed.get(name) ?? name;
  if (!path.includes('/')) return yield* complain(shell, `exec: ${name}: not found`);
  const directory = shell.cwd.endsWith('/') ? shell.cwd : `${shell.cwd}/`;
  const whole = path.startsWith('/') ? path : directory + path.replace(/^\.\//, '');
  const reason = failed.message.slice(path.length);
  yield* complain(shell, whole + reason);
  if (failed.errno === 'ENOENT') return;
  yield* complain(shell, `exec: ${whole}: cannot execute${reason}`);
}

type Failed = Extract<Found, { kind: 'error' }>;
