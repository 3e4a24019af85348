// Measures the cost of a run of the property kit: schedules of fifty commands over four paths, every invariant on, beside fast-check's
// generation of them alone. CPU time of this process.
//   node kit-runs.mjs [--runs N] [--rounds N]
import { parseArgs } from 'node:util';

import { anySchedule, runSchedule } from '@dmsim/kit';
import { random } from '@dmsim/sim';
import * as fc from 'fast-check';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '4000' },
    rounds: { type: 'string', default: '3' },
  },
});
const runs = Number(values.runs);
const schedules = anySchedule({ minCommands: 50, maxCommands: 50 });
const MICROS = 1e6;

/** CPU seconds that `work` takes. */
function cpu(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / MICROS;
}

let list = [];
for (let round = 1; round <= Number(values.rounds); round++) {
  const generation = cpu(() => {
    list = fc.sample(schedules, { seed: round, numRuns: runs });
  });
  let violations = 0;
  let commands = 0;
  const run = cpu(() => {
    for (const [nth, schedule] of list.entries()) {
      commands += schedule.commands.length;
      violations += runSchedule(schedule, { chooser: random(nth), slack: 1e6 }).violations.length;
    }
  });
  const rate = (seconds) => `${(runs / seconds).toFixed(0)} a second`;
  console.log(
    `round ${round}: ${rate(run)} run, ${rate(generation)} generated, ${rate(run + generation)} both; ` +
      `${(commands / runs).toFixed(1)} commands each, ${violations} violations`,
  );
}
