// order.ts — simctl order, seed, time: changes the run itself.
import { fifo, JITTER, random, setChooser } from '@dmsim/sim';

import { parseCount } from './units.ts';
import type { Verb } from './verb.ts';
import { failCall, failForm } from './verb.ts';

export const orderVerb: Verb = {
  name: 'order',
  help: [
    ['fifo', 'events of one instant come in the order in which they were scheduled'],
    [
      'random [N]',
      'events come in random order, with the jitter of a machine; N replaces the seed of the run',
    ],
  ],
  run(call) {
    const { sim } = call.machine;
    const [name, word, ...rest] = call.args;
    if (name === 'fifo' && word === undefined) {
      setChooser(sim, fifo);
      return;
    }
    if (name !== 'random' || rest.length > 0) {
      failForm(call, orderVerb, 'takes fifo, or random and a seed');
    }
    const seed = word === undefined ? sim.seed : parseCount(word);
    if (seed === undefined) failCall(call, `${word}: not a seed from 0 to 2147483647`);
    setChooser(sim, random(seed), JITTER);
  },
};

export const seedVerb: Verb = {
  name: 'seed',
  help: [
    ['', 'prints the seed of the run'],
    ['N', 'sets the seed for everything that draws from now on: models set later, order random'],
  ],
  run(call) {
    const { sim } = call.machine;
    const [word, ...rest] = call.args;
    if (word === undefined) {
      call.t.out.put(`${sim.seed}\n`);
      return;
    }
    const seed = parseCount(word);
    if (rest.length > 0) failForm(call, seedVerb, 'too many arguments');
    if (seed === undefined) failCall(call, `${word}: not a seed from 0 to 2147483647`);
    sim.seed = seed;
  },
};

export const timeVerb: Verb = {
  name: 'time',
  help: [['', 'prints the virtual time: seconds since the machine booted']],
  run(call) {
    if (call.args.length > 0) failForm(call, timeVerb, 'takes no arguments');
    const { now } = call.machine.sim;
    const seconds = Math.floor(now / 1e9);
    call.t.out.put(`${seconds}.${String(now - seconds * 1e9).padStart(9, '0')}\n`);
  },
};
