// kill.ts — kill(1) of procps.
import type { Process, Signal, Task } from '@dmsim/sim';
import { checkSignals, parseSignal, sendSignal, signalName, SIGNALS } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { fail, Failure, tool, warn } from '../tool.ts';

function signalOf(t: Tool, word: string): Signal | 0 {
  if (word === '0') return 0;
  const signal = parseSignal(word);
  if (signal !== undefined) return signal;
  throw new Failure(`${t.name}: unknown signal name ${word}\n`, 1);
}

function* main(t: Tool): Task<number> {
  const [first = ''] = t.args;
  if (first === '-l' || first === '--list') return list(t, t.args[1]);
  const { signal, targets: words } = parseArguments(t);
  if (words.length === 0) refuse(t, 'kill without a process');
  let status = 0;
  for (const word of words) {
    if (!/^-?\d+$/.test(word)) fail(t, `failed to parse argument: '${word}'`);
    const targets = targetsOf(t, Number(word));
    if (targets.length === 0) {
      status = 1;
      yield* warn(t, `(${word}): No such process`);
    }
    if (signal === 0) continue;
    for (const target of targets) sendSignal(target, signal);
  }
  checkSignals(t.process);
  return status;
}

/** Prints the name of a number, or the number of a name. */
function list(t: Tool, which: string | undefined): number {
  if (which === undefined) refuse(t, 'kill -l');
  const found = signalOf(t, which);
  t.out.put(`${/^\d/.test(which) && found !== 0 ? signalName(found) : String(found)}\n`);
  return 0;
}

interface Arguments {
  readonly signal: Signal | 0;
  readonly targets: readonly string[];
}

/** `-s TERM 12`, `-TERM 12`, `12`: one word may name a signal, so this isn't getopt's grammar. */
function parseArguments(t: Tool): Arguments {
  const [first = '', second = ''] = t.args;
  const after = (count: number): readonly string[] =>
    t.args.slice(t.args[count] === '--' ? count + 1 : count);
  if (first === '-s' || first === '--signal') {
    return { signal: signalOf(t, second), targets: after(2) };
  }
  if (first === '--' || !/^-./.test(first)) return { signal: SIGNALS.TERM, targets: after(0) };
  if (/^-[LqVh]$|^--/.test(first)) refuse(t, first);
  return { signal: signalOf(t, first.slice(1)), targets: after(1) };
}

/** Returns the processes that a number means. A negative number means a group, 0 the own group. */
function targetsOf({ process }: Tool, number: number): Process[] {
  const { processes } = process.sim;
  if (number > 0) {
    const one = processes.get(number);
    return one === undefined ? [] : [one];
  }
  const group = number === 0 ? process.pgid : -number;
  return Array.from(processes.values()).filter((p) => p.pgid === group);
}

export const kill: Program = tool(main);
