// script.ts — Runs a whole script, or the text of `eval` and traps: by lines, as bash reads them.
import type { Task } from '@dmsim/sim';

import { printError } from '../messages.ts';
import type { RunTextOptions, Shell } from '../shell.ts';
import { Unwind } from '../shell.ts';
import type { List, Script } from '../syntax/ir.ts';
import { parseScript } from '../syntax/parse-lab.ts';
import { expandsAliases, refuseAliases, withAliases } from './aliases.ts';
import { runAll, runList } from './command.ts';

/** `mayEnd`: the program of the last command may replace the shell, as with `bash -c`. */
export function* runScript(shell: Shell, script: Script, mayEnd = false): Task<number> {
  yield* runUnits(shell, script, mayEnd && script.error === undefined);
  if (script.error !== undefined && shell.jump === null) {
    if (expandsAliases(shell)) refuseAliases(shell, shell.line);
    for (const message of script.error.messages) yield* printError(shell, `${message}\n`);
    shell.status = 2;
  }
  return shell.status;
}

/** Runs the text of `eval`, `source` or a trap in the shell itself. A syntax error only sets the status. */
export function* runText(shell: Shell, text: string, options: RunTextOptions): Task<number> {
  const script = parseScript(text, {
    ...options,
    limits: shell.sim.limits,
    extglob: shell.flags.extglob,
  });
  if (script.statements.length === 0 && script.error === undefined) {
    shell.status = 0;
    return 0;
  }
  return yield* runScript(shell, script);
}

/** Runs a list line by line. An expansion error discards the rest of its line; a subshell ends. */
function* runUnits(shell: Shell, script: Script, mayEnd: boolean): Task<void> {
  const list = script.statements;
  let start = 0;
  while (start < list.length && shell.jump === null) {
    const end = endOfLine(list, start);
    try {
      const line = linesOf(shell, script, start, end);
      yield* mayEnd && end === list.length ? runAll(shell, line) : runList(shell, line);
    } catch (error) {
      if (!(error instanceof Unwind) || error.kind !== 'discard' || shell.subshell > 0) throw error;
      shell.status = error.status;
      shell.jump = null;
    }
    start = end;
  }
}

// oxlint-disable-next-line max-params -- a part of the script
function linesOf(shell: Shell, script: Script, start: number, end: number): List {
  if (expandsAliases(shell)) return withAliases(shell, script, start, end);
  const { statements } = script;
  return start === 0 && end === statements.length ? statements : statements.slice(start, end);
}

/** The index after the last statement of the line that `start` is on. */
function endOfLine(list: List, start: number): number {
  let end = start + 1;
  while (end < list.length && list[end]?.unit === list[start]?.unit) end++;
  return end;
}
