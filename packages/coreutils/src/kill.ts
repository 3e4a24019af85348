// kill.ts — kill(1) of procps.
import type { Process, Signal, Task } from '@dmsim/sim';
import { checkSignals, parseSignal, sendSignal, signalName } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { refuse } from './refuse.ts';
import type { Tool } from './tool.ts';
import { fail, Failure, tool, warn } from './tool.ts';

function signalOf(t: Tool, word: string): Signal | 0 {
  if (word === '0') return 0;
  const signal = parseSignal(word);
  if (signal !== undefined) return signal;
  throw new Failure(`${t.name}: unknown signal name ${word}\n`, 1);
}

function* main(t: Tool): Task<number> {
  const words = [...t.args];
  let signal: Signal | 0 = 15;
  const [first = ''] = words;
  if (first === '-l' || first === '--list') {
    const [, which] = words;
    if (which === undefined) refuse(t, 'kill -l');
    const found = signalOf(t, which);
    t.out.put(`${/^\d/.test(which) && found !== 0 ? signalName(found) : String(found)}\n`);
    return 0;
  }
  if (first === '-s' || first === '--signal') {
    signal = signalOf(t, words[1] ?? '');
    words.splice(0, 2);
  } else if (first === '--') words.shift();
  else if (/^-./.test(first)) {
    if (/^-[LqVh]$|^--/.test(first)) refuse(t, first);
    signal = signalOf(t, first.slice(1));
    words.shift();
  }
  if (words[0] === '--') words.shift();
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
