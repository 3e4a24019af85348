// kill.ts — kill [-s signal | -signal] pid …, kill -l
import type { Process, Signal, Task } from '@dmsim/sim';
import { checkSignals, sendSignal, sleepFor } from '@dmsim/sim';

import { complain, printError, printOutput } from '../messages.ts';
import { collectTrapped } from '../run/jobs.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { findSignal, nameOfStatus, numberOfSignal, signalTable } from './signal-table.ts';
import { findJob } from './wait.ts';

const USAGE =
  'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n';

export const kill: Builtin = function* (shell, args) {
  const [, first, second] = args;
  if (first === '-l' || first === '-L') return yield* list(shell, args.slice(2));
  if ((first === '-s' || first === '-n') && second === undefined) {
    yield* complain(shell, `kill: ${first}: option requires an argument`);
    return 1;
  }
  const { spec, targets } = parseArguments(args.slice(1));
  const signal = /^0+$/.test(spec) ? 0 : findSignal(shell, spec);
  if (signal === undefined) {
    yield* complain(shell, `kill: ${spec}: invalid signal specification`);
    return 1;
  }
  if (targets.length === 0) {
    yield* printError(shell, USAGE);
    return 2;
  }
  return yield* killAll(shell, signal, targets);
};

/** `-s TERM 12`, `-TERM 12`, `12`: one word may name a signal, so this isn't getopt's grammar. */
function parseArguments(words: readonly string[]): { spec: string; targets: readonly string[] } {
  const [first = '', second = ''] = words;
  const named = first === '-s' || first === '-n';
  const glued = !named && /^-./.test(first) && first !== '--';
  const rest = words.slice(named ? 2 : Number(glued));
  const spec = named ? second : first.slice(1);
  return {
    spec: named || glued ? spec : 'TERM',
    targets: rest[0] === '--' ? rest.slice(1) : rest,
  };
}

function* killAll(shell: Shell, signal: Signal | 0, words: readonly string[]): Task<number> {
  let sent = 0;
  for (const word of words) if (yield* killOne(shell, signal, word)) sent++;
  // A shell that stopped itself comes back from the system call when it is continued.
  if (shell.process.stopped) yield* sleepFor(0);
  // A signal without a trap ends the shell here; traps run after this command.
  collectTrapped(shell);
  checkSignals(shell.process);
  return sent > 0 ? 0 : 1;
}

function* killOne(shell: Shell, signal: Signal | 0, word: string): Task<boolean> {
  if (word.startsWith('%')) return yield* killJob(shell, signal, word);
  if (!/^-?\d+$/.test(word)) {
    yield* complain(shell, `kill: ${word}: arguments must be process or job IDs`);
    return false;
  }
  const targets = processesOf(shell, Number(word));
  for (const target of targets) if (signal !== 0) sendSignal(target, signal);
  if (targets.length > 0) return true;
  yield* complain(shell, `kill: (${word}) - No such process`);
  return false;
}

/** Returns the process with this pid. A negative pid means a group, and 0 the shell's own group. */
function processesOf(shell: Shell, pid: number): readonly Process[] {
  const { processes } = shell.sim;
  if (pid > 0) {
    const process = processes.get(pid);
    return process === undefined ? [] : [process];
  }
  const group = pid === 0 ? shell.process.pgid : -pid;
  return [...processes.values()].filter((process) => process.pgid === group);
}

function* killJob(shell: Shell, signal: Signal | 0, word: string): Task<boolean> {
  const job = yield* findJob(shell, 'kill', word);
  if (job === undefined) return false;
  for (const process of job.processes) if (signal !== 0) sendSignal(process, signal);
  // An end that has been told of is told of again (kill_pid).
  job.collected = false;
  return true;
}

function* list(shell: Shell, words: readonly string[]): Task<number> {
  if (words.length === 0) return yield* printOutput(shell, 'kill', signalTable());
  let status = 0;
  for (const word of words) {
    const shown = /^\d+$/.test(word) ? nameOfStatus(Number(word)) : numberOfSignal(word);
    if (shown === undefined) {
      yield* complain(shell, `kill: ${word}: invalid signal specification`);
      status = 1;
    } else yield* printOutput(shell, 'kill', `${shown}\n`);
  }
  return status;
}
