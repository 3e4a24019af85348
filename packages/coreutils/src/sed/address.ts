// address.ts — Decides whether a sed command applies to the current line.
import type { Task } from '@dmsim/sim';

import { isLastLine } from './input.ts';
import type { Machine } from './machine.ts';
import { patternOf } from './machine.ts';
import type { Address, Command } from './script.ts';

export function* matchesAddress(m: Machine, command: Command): Task<boolean> {
  const { first, second } = command;
  if (first === undefined) return true;
  if (second === undefined) return yield* matches(m, first);
  if (command.section !== m.input.section) {
    command.section = m.input.section;
    command.active = false;
    command.begun = false;
  }
  if (command.active) return yield* continueRange(m, command, second);
  if (first.kind === 'line') return yield* beginAtLine(m, command, first.line);
  if (!(yield* matches(m, first))) return false;
  yield* beginRange(m, command, second);
  return true;
}

/**
 * A range from a line begins once, at that line or, if another command kept sed from looking at it, at a later one that is not
 * beyond the range. From line 0 on it looks for its end in the first line.
 */
function* beginAtLine(m: Machine, command: Command, first: number): Task<boolean> {
  const { line } = m.input;
  const second = command.second as Address;
  const again = line === first;
  if (line < first || (command.begun && !again)) return false;
  if (!again && second.kind === 'line' && second.line < line) return false;
  command.begun = true;
  if (first === 0) {
    command.active = true;
    command.until = Infinity;
    return yield* continueRange(m, command, second);
  }
  yield* beginRange(m, command, second);
  return true;
}

/** Begins a range. If its second address is this line or an earlier one, the range is a single line. */
function* beginRange(m: Machine, command: Command, second: Address): Task<void> {
  const { line } = m.input;
  switch (second.kind) {
    case 'line':
      command.until = second.line;
      break;
    case 'plus':
      command.until = line + second.count;
      break;
    case 'multiple':
      command.until = second.of <= 0 ? line : (Math.floor(line / second.of) + 1) * second.of;
      break;
    case 'last':
      command.until = (yield* isLastLine(m.input)) ? line : Infinity;
      break;
    default:
      command.until = Infinity;
  }
  command.active = command.until > line;
}

function* continueRange(m: Machine, command: Command, second: Address): Task<boolean> {
  const { line } = m.input;
  if (command.until !== Infinity) {
    if (line >= command.until) command.active = false;
    // Other commands may have read lines past the end of the range.
    if (line > command.until && second.kind === 'line')
      return command.first !== undefined && (yield* rematch(m, command));
    return true;
  }
  if (yield* matches(m, second)) command.active = false;
  return true;
}

function* rematch(m: Machine, command: Command): Task<boolean> {
  if (command.first === undefined || !(yield* matches(m, command.first))) return false;
  if (command.second !== undefined) yield* beginRange(m, command, command.second);
  return true;
}

function* matches(m: Machine, address: Address): Task<boolean> {
  const { line } = m.input;
  switch (address.kind) {
    case 'line':
      return line === address.line;
    case 'step':
      return line >= address.first && (line - address.first) % address.step === 0;
    case 'last':
      return yield* isLastLine(m.input);
    case 'regex':
      return patternOf(m, address.pattern).test(m.pattern);
    // They end a range at a line that is known when it begins.
    case 'plus':
    case 'multiple':
      return false;
  }
}
