// pgrep.ts — pgrep(1) and pkill(1) of procps: finds processes by name, and prints their numbers or sends them a signal.
import type { Tool } from '@dmsim/coreutils';
import { fail, tool, warn } from '@dmsim/coreutils';
import { compileRegex, RegexError } from '@dmsim/libc';
import type { Signal, Task } from '@dmsim/sim';
import { checkSignals, sendSignal } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { KernelThread } from '../../tree/kernel-threads.ts';
import type { Query } from './pgrep-options.ts';
import { parsePgrep, takeSignal } from './pgrep-options.ts';
import type { Listed } from './process-list.ts';
import { listProcesses } from './process-list.ts';

type KernelThreads = () => readonly KernelThread[];

export const pgrepProgram = (kernelThreads: KernelThreads): Program =>
  tool((t) => pgrep(t, kernelThreads()));

function* pgrep(t: Tool, kernel: readonly KernelThread[]): Task<number> {
  const query = parsePgrep(t, t.args);
  const found = yield* select(t, query, kernel);
  if (query.count) t.out.put(`${found.length}\n`);
  else if (found.length > 0)
    t.out.put(`${found.map((one) => shown(query, one)).join(query.delimiter)}\n`);
  return found.length > 0 ? 0 : 1;
}

function shown({ list }: Query, { pid, comm, args }: Listed): string {
  switch (list) {
    case 'pid':
      return String(pid);
    case 'name':
      return `${pid} ${comm}`;
    case 'command':
      return `${pid} ${args === '' ? comm : args}`;
  }
}

export const pkillProgram = (kernelThreads: KernelThreads): Program =>
  tool((t) => pkill(t, kernelThreads()));

function* pkill(t: Tool, kernel: readonly KernelThread[]): Task<number> {
  const { signal, args } = takeSignal(t);
  const query = parsePgrep(t, args);
  const found = yield* select(t, query, kernel);
  let sent = 0;
  for (const one of found) {
    if (!send(one, signal)) continue;
    sent++;
    if (query.echo) t.out.put(`${one.comm} killed (pid ${one.pid})\n`);
  }
  if (query.count) t.out.put(`${found.length}\n`);
  yield* t.out.flush();
  checkSignals(t.process);
  return sent > 0 ? 0 : 1;
}

/** Kernel threads ignore signals, and init has no handlers for them. */
function send({ process }: Listed, signal: Signal | 0): boolean {
  if (process === null || signal === 0) return true;
  return sendSignal(process, signal);
}

/** The processes that meet all conditions, without pgrep itself. */
function* select(t: Tool, query: Query, kernel: readonly KernelThread[]): Task<Listed[]> {
  const { pattern, full, exact, ignoreCase, inverse } = query;
  const matches = matcher(t, { pattern, exact, ignoreCase });
  const all = listProcesses(t.process, kernel).filter(({ pid }) => pid !== t.process.pid);
  const found = all.filter((one) => {
    const text = full && one.args !== '' ? one.args : one.comm;
    return meets(t, query, one, all) && matches(text) !== inverse;
  });
  if (found.length === 0 && !full && pattern.length > LONGEST) yield* tooLong(t);
  if (query.which === 'newest') return found.slice(-1);
  return query.which === 'oldest' ? found.slice(0, 1) : found;
}

const LONGEST = 15;

function* tooLong(t: Tool): Task<void> {
  yield* warn(
    t,
    'pattern that searches for process name longer than 15 characters will result in zero matches\n' +
      `Try \`${t.name} -f' option to match against the complete command line.`,
  );
}

function matcher(
  t: Tool,
  { pattern, exact, ignoreCase }: Pick<Query, 'pattern' | 'exact' | 'ignoreCase'>,
): (text: string) => boolean {
  if (pattern === '') return () => true;
  try {
    const regex = compileRegex(exact ? `^(${pattern})$` : pattern, { extended: true, ignoreCase });
    return (text) => regex.test(text);
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    return fail(t, 'regex error: Invalid regular expression', 2);
  }
}

/** The conditions beside the pattern. */
function meets(
  { process }: Tool,
  { parents, groups, states, withoutAncestors }: Query,
  { pid, ppid, pgid, stat }: Listed,
  all: readonly Listed[],
): boolean {
  if (parents !== null && !parents.has(ppid)) return false;
  // 0 means the group of pgrep itself.
  if (groups !== null && !groups.has(pgid) && !(groups.has(0) && pgid === process.pgid))
    return false;
  if (states !== '' && !states.includes(stat.slice(0, 1))) return false;
  return !withoutAncestors || !isAncestor(pid, process.ppid, all);
}

function isAncestor(pid: number, of: number, all: readonly Listed[]): boolean {
  for (let one = of; one > 0;) {
    if (one === pid) return true;
    one = all.find((other) => other.pid === one)?.ppid ?? 0;
  }
  return false;
}
