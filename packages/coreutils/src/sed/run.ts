// run.ts — Runs a sed script over its input.
import { replaceMatches } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';

import type { Tool } from '../tool.ts';
import { flushIfFull } from '../tool.ts';
import { matchesAddress } from './address.ts';
import { createInput, finishInput, isLastLine, nextLine } from './input.ts';
import { listing } from './listing.ts';
import type { Machine } from './machine.ts';
import { patternOf } from './machine.ts';
import { createOutputs, flushFiles, openOutput, put, putFile, putNextLineOf } from './outputs.ts';
import type { RunOptions } from './run-options.ts';
import type { Command, Script } from './script.ts';
import { expand } from './substitution.ts';

/** How a cycle continues after a command; a number is the index of the next command. */
type Next =
  | 'next command'
  | 'end of cycle'
  | 'end without printing'
  | 'again without reading'
  | number;

export function* runScript(t: Tool, script: Script, options: RunOptions): Task<number> {
  const outputs = createOutputs(t, options.delimiter);
  const m: Machine = {
    t,
    options,
    input: createInput(t, options, outputs),
    outputs,
    pattern: '',
    hold: '',
    holdTerminated: true,
    replaced: false,
    lastRegex: undefined,
    appended: [],
    quit: undefined,
  };
  for (const { name, text, substitution } of script.commands) {
    const file = name === 'w' || name === 'W' ? text : substitution?.file;
    if (file !== undefined) yield* openOutput(outputs, file);
  }
  let keep = false;
  while (m.quit === undefined) {
    if (!keep) {
      const line = yield* nextLine(m.input);
      if (line === undefined) break;
      m.pattern = line;
    }
    m.replaced = false;
    keep = yield* cycle(m, script.commands);
    if (options.unbuffered) yield* t.out.flush();
    yield* flushIfFull(t);
  }
  yield* finishInput(m.input);
  return m.quit ?? m.input.status;
}

/** Runs one cycle. Returns true if `D` makes the next cycle start with the rest of this pattern space. */
function* cycle(m: Machine, commands: readonly Command[]): Task<boolean> {
  let keep = false;
  let print = !m.options.quiet;
  for (let i = 0; i < commands.length;) {
    const command = commands[i];
    if (command === undefined) break;
    const applies = (yield* matchesAddress(m, command)) !== command.negate;
    if (!applies) {
      i = command.name === '{' ? command.target : i + 1;
      continue;
    }
    const next = yield* execute(m, command);
    if (typeof next === 'number') {
      // A loop that prints goes on for ever, unless its reader goes.
      if (next <= i && m.t.out.full) yield* flushIfFull(m.t);
      i = next;
    } else if (next === 'next command') i++;
    else {
      if (next !== 'end of cycle') print = false;
      keep = next === 'again without reading';
      break;
    }
  }
  if (print) putPattern(m);
  yield* dumpAppended(m);
  return keep;
}

function* dumpAppended(m: Machine): Task<void> {
  yield* flushFiles(m.outputs);
  for (const item of m.appended.splice(0)) {
    if (item.kind === 'text') put(m.outputs, item.text.slice(0, -1));
    else if (item.kind === 'line') yield* putNextLineOf(m.outputs, item.name);
    else yield* putFile(m.outputs, item.name);
  }
}

function* execute(m: Machine, command: Command): Task<Next> {
  const moving = yield* executeMoving(m, command);
  if (moving !== undefined) return moving;
  const { name, text } = command;
  switch (name) {
    case '=':
      put(m.outputs, String(m.input.line), { end: '\n' });
      break;
    case 'a':
      if (text !== '') m.appended.push({ kind: 'text', text });
      break;
    case 'i':
      if (text !== '') put(m.outputs, text.slice(0, -1));
      break;
    case 'r':
      m.appended.push({ kind: 'file', name: text });
      break;
    case 'R':
      m.appended.push({ kind: 'line', name: text });
      break;
    case 'F':
      put(m.outputs, m.input.name, { end: '\n' });
      break;
    case 'g':
    case 'G':
    case 'h':
    case 'H':
    case 'x':
      exchange(m, name);
      break;
    case 'l':
      put(m.outputs, listing(m.pattern, text === '' ? 70 : Number(text)), { end: '\n' });
      break;
    case 'p':
      putPattern(m);
      break;
    case 'P':
      put(m.outputs, firstLine(m));
      break;
    case 's':
      substitute(m, command);
      break;
    case 'w':
      putPattern(m, text);
      break;
    case 'W':
      put(m.outputs, firstLine(m), { file: text });
      break;
    case 'y':
      m.pattern = m.pattern.replace(/[^]/g, (c) => command.map?.get(c) ?? c);
      break;
    case 'z':
      m.pattern = '';
      break;
    default:
      break;
  }
  return 'next command';
}

/** The commands between the pattern space and the hold space. Each carries along whether its text ended in a newline. */
function exchange(m: Machine, name: 'g' | 'G' | 'h' | 'H' | 'x'): void {
  const { pattern, hold } = m;
  const { terminated } = m.input;
  const { delimiter } = m.options;
  if (name === 'g' || name === 'G' || name === 'x') m.input.terminated = m.holdTerminated;
  if (name === 'h' || name === 'x') m.holdTerminated = terminated;
  if (name === 'g' || name === 'x') m.pattern = hold;
  else if (name === 'G') m.pattern += delimiter + hold;
  if (name === 'h' || name === 'x') m.hold = pattern;
  else if (name === 'H') m.hold += delimiter + pattern;
}

/** Prints the pattern space. */
function putPattern(m: Machine, file?: string): void {
  const { terminated } = m.input;
  put(m.outputs, m.pattern, file === undefined ? { terminated } : { terminated, file });
}

const firstLine = (m: Machine): string => {
  const end = m.pattern.indexOf(m.options.delimiter);
  return end < 0 ? m.pattern : m.pattern.slice(0, end);
};

/** Runs a command that changes which command comes next; undefined for all other commands. */
function* executeMoving(m: Machine, command: Command): Task<Next | undefined> {
  switch (command.name) {
    case 'b':
      return command.target;
    case 't':
    case 'T': {
      const go = m.replaced === (command.name === 't');
      m.replaced = false;
      return go ? command.target : 'next command';
    }
    case 'c':
      if (
        command.text !== '' &&
        (command.second === undefined || command.negate || !command.active)
      ) {
        put(m.outputs, command.text.slice(0, -1));
      }
      return 'end without printing';
    case 'd':
      return 'end without printing';
    case 'D': {
      const end = m.pattern.indexOf(m.options.delimiter);
      if (end < 0) return 'end without printing';
      m.pattern = m.pattern.slice(end + 1);
      return 'again without reading';
    }
    case 'n':
      return yield* readNext(m);
    case 'N':
      return yield* appendNext(m);
    case 'q':
      m.quit = Number(command.text);
      return 'end of cycle';
    case 'Q':
      m.quit = Number(command.text);
      m.appended = [];
      return 'end without printing';
    default:
      return undefined;
  }
}

function* readNext(m: Machine): Task<Next> {
  if (yield* isLastLine(m.input, { anyFile: true })) {
    // GNU sed then prints the pattern space and ends, without running the rest of the script.
    m.quit = m.input.status;
    return 'end of cycle';
  }
  if (!m.options.quiet) putPattern(m);
  yield* dumpAppended(m);
  m.pattern = (yield* nextLine(m.input)) ?? '';
  return 'next command';
}

function* appendNext(m: Machine): Task<Next> {
  if (yield* isLastLine(m.input, { anyFile: true })) {
    m.quit = m.input.status;
    return 'end of cycle';
  }
  yield* dumpAppended(m);
  m.pattern += m.options.delimiter + ((yield* nextLine(m.input)) ?? '');
  return 'next command';
}

function substitute(m: Machine, { substitution }: Command): void {
  if (substitution === undefined) return;
  const { pattern, pieces, global, number, print, file } = substitution;
  const regex = patternOf(m, pattern);
  const text = m.pattern;
  const result = replaceMatches(regex, text, { global, number }, (match) =>
    expand(pieces, text, match),
  );
  if (result === undefined) return;
  m.pattern = result.text;
  m.replaced = true;
  if (print) putPattern(m);
  if (file !== undefined) putPattern(m, file);
}
