// substitute.ts — Expands `$(…)` to the output of a subshell, without the final newlines.
import { decodeBytes } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { openPath, createPipe, readAll } from '@dmsim/vfs';

import { expandText } from '../expand/expand-word.ts';
import { complain, failure } from '../messages.ts';
import type { Shell } from '../shell.ts';
import type { List, Word } from '../syntax/ir.ts';
import { commandText } from './command-text.ts';
import { runAll, runList } from './command.ts';
import { inheritJobs, waitForChild } from './jobs.ts';
import { replaceFile } from './pipeline.ts';
import { forkSubshell } from './subshell.ts';

export function* substitute(shell: Shell, body: List): Task<string> {
  const file = onlyFile(body);
  if (file !== undefined) return yield* readFile(shell, file);
  const { readEnd, writeEnd } = createPipe();
  const child = forkSubshell(shell, (own) => runCounted(own, body));
  replaceFile(child, 1, writeEnd);
  const own = child.shell;
  inheritJobs(own, shell);
  own.traceDepth++;
  own.exitTraceLevels = 0;
  own.inSubstitution = true;
  own.functionsMayEnd = true;
  if (!own.flags.inherit_errexit) own.flags.errexit = false;
  const bytes = yield* readAll(shell.process, readEnd);
  readEnd.release(shell.process);
  const status = yield* waitForChild(shell, child.process);
  shell.substitutionStatus = status;
  shell.status = status;
  return yield* toText(shell, typeof bytes === 'string' ? new Uint8Array(0) : bytes);
}

/**
 * Runs a substitution with bash's line numbers. Bash stores the commands as it would print them, and counts their lines
 * from the line of the enclosing command.
 */
function* runCounted(shell: Shell, body: List): Task<number> {
  const { line } = shell;
  let status = 0;
  let printed = line;
  for (const [i, statement] of body.entries()) {
    shell.lineBase = printed - statement.line;
    const run = i === body.length - 1 ? runAll : runList;
    status = yield* run(shell, [statement]);
    if (shell.jump !== null) return status;
    if (i === body.length - 1) break;
    const own = commandText(statement.command).split('\n').length - 1;
    printed += own + (body[i + 1]?.unit === statement.unit ? 0 : 1);
  }
  return status;
}

/** Returns the file of `$(< file)`; undefined for other substitutions. */
function onlyFile(body: List): Word | undefined {
  const command = body.length === 1 ? body[0]?.command : undefined;
  if (command?.kind !== 'simple' || command.words.length > 0) return undefined;
  if (command.assignments.length > 0 || command.redirects.length !== 1) return undefined;
  const redirect = command.redirects[0];
  if (redirect?.kind !== 'file' || redirect.operator !== '<' || redirect.fd !== 0) return undefined;
  return redirect.target;
}

function* readFile(shell: Shell, target: Word): Task<string> {
  const path = yield* expandText(shell, target);
  shell.substitutionStatus = 1;
  const file = yield* openPath(shell, path, { read: true, write: false });
  if (typeof file === 'string') {
    yield* complain(shell, failure(path, file));
    shell.status = 1;
    return '';
  }
  const bytes = yield* readAll(shell.process, file, { untilError: true });
  file.release(shell.process);
  shell.substitutionStatus = 0;
  shell.status = 0;
  return typeof bytes === 'string' ? '' : yield* toText(shell, bytes);
}

function* toText(shell: Shell, bytes: Uint8Array): Task<string> {
  let text = decodeBytes(bytes);
  if (text.includes('\0')) {
    yield* complain(shell, 'warning: command substitution: ignored null byte in input');
    text = text.replaceAll('\0', '');
  }
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0x0a) end--;
  return text.slice(0, end);
}
