// How often a lab runs again and again in one process: a machine made, a lab of docs/labs run on it, invariants watched. V8 begins to
// optimise as late as in the commands that make many runs.
//   node labs.mjs [--lab replug] [--runs N] [--warm-up N] [--no-invariants]        prints the first run, and CPU ms a lab after the warm-up
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';

import { createMachine, runLab } from '@dmsim/host';

if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=200000');

const { values } = parseArgs({
  options: {
    lab: { type: 'string', default: 'replug' },
    runs: { type: 'string', default: '3000' },
    'warm-up': { type: 'string', default: '4000' },
    'no-invariants': { type: 'boolean', default: false },
  },
});
const text = readFileSync(new URL(`../../docs/labs/${values.lab}.sh`, import.meta.url), 'utf8');
const checkInvariants = !values['no-invariants'];

function once() {
  const { outcome, violations } = runLab(createMachine(), {
    name: '/lab.sh',
    text,
    onOutput: () => undefined,
    checkInvariants,
  });
  if (outcome.kind !== 'exited' || outcome.status !== 0 || violations.length > 0) {
    throw new Error(`the lab ended otherwise: ${JSON.stringify({ outcome, violations })}`);
  }
}

/** CPU ms, those of V8's own threads too. */
function measure(runs) {
  const before = process.cpuUsage();
  for (let i = 0; i < runs; i++) once();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

console.log(`first run       ${measure(1).toFixed(1)} ms`);
const warmUp = Number(values['warm-up']);
const cold = measure(warmUp) / warmUp;
console.log(`${warmUp} after it  ${cold.toFixed(2)} ms each, V8's compilers at work`);
const runs = Number(values.runs);
const each = measure(runs) / runs;
console.log(
  `${runs} more       ${each.toFixed(2)} ms each: ${(1000 / each).toFixed(0)} labs a second`,
);
