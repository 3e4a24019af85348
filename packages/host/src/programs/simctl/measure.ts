// measure.ts — simctl measure, mark: lets a lab report values to tools that run it many times.
import { Failure } from '@dmsim/coreutils';
import { textOf } from '@dmsim/libc';

import type { Call, Verb } from './verb.ts';
import { failCall, failForm } from './verb.ts';

export const measureVerb: Verb = {
  name: 'measure',
  help: [
    [
      'NAME VALUE',
      'reports a number: dmsim sweep and dmsim compare read it; a time like 1.5s counts in seconds',
    ],
  ],
  run(call) {
    const { records } = call.machine;
    try {
      const [name, value] = readMeasure(call);
      records.measures.set(name, value);
    } catch (error) {
      if (error instanceof Failure) records.unmeasured ??= error.message.split('\n', 1).join('');
      throw error;
    }
  },
};

function readMeasure(call: Call): [name: string, value: number] {
  const [name = '', word, ...rest] = call.args;
  if (name === '' || word === undefined || rest.length > 0)
    failForm(call, measureVerb, 'takes a name and a number');
  return [textOf(name), parseValue(call, word)];
}

const quoteEmpty = (word: string): string => (word === '' ? "''" : word);

const SECONDS: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1 };

function parseValue(call: Call, word: string): number {
  const match = /^(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)(ns|us|ms|s)?$/i.exec(word);
  if (match === null) return failCall(call, `${quoteEmpty(word)}: not a number`);
  return Number(match[1]) * (SECONDS[match[2] ?? 's'] ?? 1);
}

export const markVerb: Verb = {
  name: 'mark',
  help: [['TEXT', 'marks this instant in the pictures of dmsim compare']],
  run(call) {
    const { args, machine } = call;
    if (args.length === 0) failForm(call, markVerb, 'takes a text');
    machine.records.marks.push({ at: machine.sim.now, text: args.map(textOf).join(' ') });
  },
};
