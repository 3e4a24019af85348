// select.ts — `select NAME in …`: a menu, an answer, the body. Mirrors bash's execute_cmd.c: execute_select_command.
import type { Task } from '@dmsim/sim';

import { expandWords } from '../expand/expand-word.ts';
import { printError, printOutput } from '../messages.ts';
import { getParameter, trySetVariable } from '../parameters.ts';
import type { Shell } from '../shell.ts';
import type { SelectCommand } from '../syntax/ir.ts';
import { runList } from './command.ts';
import { runDebugTrap } from './trap.ts';

export function* runSelect(
  shell: Shell,
  command: SelectCommand,
  loopEnds: (shell: Shell) => boolean,
): Task<number> {
  const { name, words, body, line } = command;
  shell.line = shell.lineBase + line;
  const values = words === undefined ? shell.positional : yield* expandWords(shell, words);
  if (values.length === 0) return 0;
  let status = 0;
  let showMenu = true;
  shell.loops++;
  try {
    for (;;) {
      shell.line = shell.lineBase + line;
      if (shell.traps.has('DEBUG')) yield* runDebugTrap(shell, command);
      const chosen = yield* ask(shell, values, showMenu);
      if (chosen === undefined) return 1;
      if (!(yield* trySetVariable(shell, name, chosen))) return 1;
      status = yield* runList(shell, body);
      if (loopEnds(shell)) return status;
      showMenu = getParameter(shell, 'REPLY') === '';
    }
  } finally {
    shell.loops--;
  }
}

/** Asks until there is an answer. Returns the value of that number, or nothing for another answer; undefined at the end of the input. */
function* ask(
  shell: Shell,
  values: readonly string[],
  showMenu: boolean,
): Task<string | undefined> {
  let shows = showMenu;
  for (;;) {
    if (shows) yield* printError(shell, menuOf(values));
    yield* printError(shell, getParameter(shell, 'PS3') ?? '#? ');
    const read = shell.builtins.ordinary.get('read');
    if (read === undefined || (yield* read(shell, ['read'])) !== 0) {
      yield* printOutput(shell, 'select', '\n');
      return undefined;
    }
    const line = (getParameter(shell, 'REPLY') ?? '').replaceAll(/^[ \t]+|[ \t]+$/g, '');
    const number = line.trim();
    if (line !== '') return /^\d+$/.test(number) ? (values[Number(number) - 1] ?? '') : '';
    shows = true;
  }
}

const WIDTH = 80;
const GAP = 2;

/** The menu, in columns that fill the terminal from top to bottom; what fits in one row stands in one column. */
function menuOf(values: readonly string[]): string {
  const digits = String(values.length).length;
  const widest = values.reduce((most, { length }) => Math.max(most, length), 0);
  const longest = widest + digits + 2 * GAP;
  const wide = Math.max(1, Math.floor(WIDTH / longest));
  const filled = Math.ceil(values.length / wide);
  const rows = filled === 1 ? values.length : filled;
  let text = '';
  for (let row = 0; row < rows; row++) {
    let position = 0;
    for (let i = row; i < values.length; i += rows) {
      const width = position === 0 ? String(rows).length : digits;
      const item = `${String(i + 1).padStart(width)}) ${values[i] ?? ''}`;
      text += item;
      if (i + rows < values.length) text += indent(position + item.length, position + longest);
      position += longest;
    }
    text += '\n';
  }
  return text;
}

/** Tabs as far as they reach, then blanks. */
function indent(from: number, to: number): string {
  let text = '';
  for (let at = from; at < to;) {
    if (Math.floor(to / 8) > Math.floor(at / 8)) {
      text += '\t';
      at += 8 - (at % 8);
    } else {
      text += ' ';
      at++;
    }
  }
  return text;
}
