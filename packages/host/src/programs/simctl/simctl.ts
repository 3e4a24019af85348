// simctl.ts — The command that Linux lacks: latency, faults of the fabric, the order of events, commands that run later.
import type { Tool } from '@dmsim/coreutils';
import { Failure, tool } from '@dmsim/coreutils';
import { textOf } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import { arrayVerb } from './array.ts';
import { atVerb, runLater, WAIT_VERB } from './at.ts';
import { brownoutVerb, stallVerb } from './disturb.ts';
import { fcVerb } from './fc.ts';
import { FLAP_VERB, flapVerb, runFlap } from './flap.ts';
import { bandwidthVerb, depthVerb, latencyVerb } from './latency.ts';
import { markVerb, measureVerb } from './measure.ts';
import { orderVerb, seedVerb, timeVerb } from './order.ts';
import { reachVerb } from './reach.ts';
import { shareVerb } from './share.ts';
import type { Verb } from './verb.ts';

const VERBS: readonly Verb[] = [
  latencyVerb,
  bandwidthVerb,
  depthVerb,
  shareVerb,
  brownoutVerb,
  stallVerb,
  flapVerb,
  fcVerb,
  arrayVerb,
  atVerb,
  orderVerb,
  reachVerb,
  seedVerb,
  timeVerb,
  measureVerb,
  markVerb,
];

export function simctlProgram(machine: Machine): Program {
  return tool((t) => main(t, machine));
}

function* main(t: Tool, machine: Machine): Task<number> {
  const [word = '', ...args] = t.args;
  if (word === WAIT_VERB) return yield* runLater(t, machine);
  if (word === FLAP_VERB) return yield* runFlap(t, machine);
  if (word === '--help' || word === '-h' || word === 'help') {
    t.out.put(helpText());
    return 0;
  }
  const verb = VERBS.find(({ name }) => name === textOf(word));
  if (verb === undefined) {
    const what = word === '' ? 'nothing to do' : `${word}: no such verb`;
    throw new Failure(`${t.name}: ${what} (try '${t.name} --help')\n`, 2);
  }
  const task = verb.run({ t, machine, verb: verb.name, args });
  if (task !== undefined) yield* task;
  return 0;
}

const WIDTH = 38;

function helpText(): string {
  const lines = VERBS.flatMap(({ name, help }) =>
    help.map(([usage, what]) => `  ${`${name} ${usage}`.padEnd(WIDTH)} ${what}`.trimEnd()),
  );
  return [
    'Usage: simctl VERB [ARGUMENT]...',
    'Controls the simulated machine from within a lab; Linux has no such command.',
    '',
    ...lines,
    '',
    'DISK is a SCSI disk: sda, /dev/sda or 2:0:0:0; settings last until the disk is removed.',
    'Times have a unit (ns us ms s min h). Random numbers come from the seed, for each disk from a stream of its own.',
    '',
  ].join('\n');
}
