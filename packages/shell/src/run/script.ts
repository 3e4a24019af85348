// script.ts — Runs a whole script, or the text of `eval` and traps: by lines, as bash reads them.
import type { Task } from '@dmsim/sim';

import type { RunTextOptions, Shell } from '../shell.ts';
import { Unwind } from '../shell.ts';
import type { List, Script, SyntaxNote } from '../syntax/ir.ts';
import { parseScript } from '../syntax/parse-lab.ts';
import { expandsAliases, refuseAliases, withAliases } from './aliases.ts';
import { runAll, runList } from './command.ts';
import { tidyJobs } from './jobs.ts';
import { tellNote } from './syntax-note.ts';

type EndEffect = Extract<SyntaxNote['effect'], { kind: 'end' }>;

/** `mayEnd`: the program of the last command may replace the shell, as with `bash -c`. */
export function* runScript(shell: Shell, script: Script, mayEnd = false): Task<number> {
  let start = 0;
  for (const note of script.notes) {
    yield* runUnits(shell, script, { start, end: note.before, mayEnd: false });
    if (shell.jump !== null) return shell.status;
    if (note.effect.kind !== 'go-on' && expandsAliases(shell)) refuseAliases(shell, shell.line);
    yield* tellNote(shell, note);
    if (note.effect.kind === 'end') {
      shell.status = endStatus(shell.status, note.effect);
      return shell.status;
    }
    start = note.before;
  }
  yield* runUnits(shell, script, { start, end: script.statements.length, mayEnd });
  return shell.status;
}

/** The status of a text that ends with an error. */
const endStatus = (last: number, { status, ifZero }: EndEffect): number =>
  status ?? (last === 0 ? ifZero : last);

/** Runs the text of `eval`, `source` or a trap in the shell itself. A syntax error only sets the status. */
export function* runText(shell: Shell, text: string, options: RunTextOptions): Task<number> {
  const script = parseScript(text, {
    ...options,
    limits: shell.sim.limits,
    extglob: shell.flags.extglob,
  });
  if (script.statements.length === 0 && script.notes.length === 0) {
    shell.status = 0;
    return 0;
  }
  yield* runScript(shell, script);
  const effect = script.notes.at(-1)?.effect;
  if (effect?.kind !== 'end' || shell.jump !== null) return shell.status;
  // The status of a wrong text within a builtin is 257, of which a shell that exits keeps 1.
  if (effect.exits) throw new Unwind('exit', shell.status === 2 ? 1 : shell.status);
  shell.status = 2;
  return 2;
}

interface Part {
  readonly start: number;
  readonly end: number;
  readonly mayEnd: boolean;
}

/** Runs a part of a list line by line. An expansion error discards the rest of its line; a subshell ends. */
function* runUnits(shell: Shell, script: Script, part: Part): Task<void> {
  const list = script.statements;
  let { start } = part;
  while (start < part.end && shell.jump === null) {
    const end = Math.min(endOfLine(list, start), part.end);
    if (shell.jobs.length > 0) tidyJobs(shell);
    try {
      const line = linesOf(shell, script, start, end);
      yield* part.mayEnd && end === list.length ? runAll(shell, line) : runList(shell, line);
    } catch (error) {
      if (!(error instanceof Unwind) || error.kind !== 'discard' || shell.subshell > 0) throw error;
      shell.status = error.status;
      shell.jump = null;
    }
    start = end;
  }
}

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
