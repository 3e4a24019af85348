// sleep.ts — sleep(1): the sum of its arguments.
import type { Task } from '@dmsim/sim';
import { seconds, userWait } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { parseDuration } from '../numbers.ts';
import { parseOptions } from '../options.ts';
import type { Tool } from '../tool.ts';
import { Failure, failUsage, quote, tool, warn } from '../tool.ts';

function* main(t: Tool): Task<number> {
  const { operands } = parseOptions(t, {});
  if (operands.length === 0) failUsage(t, 'missing operand');
  let total = 0;
  let bad = false;
  for (const word of operands) {
    const duration = parseDuration(word);
    if (duration === undefined) {
      bad = true;
      yield* warn(t, `invalid time interval ${quote(t, word)}`);
    } else total += duration;
  }
  if (bad) throw new Failure(`Try '${t.name} --help' for more information.\n`, 1);
  yield* pause(t, total);
  return 0;
}

/** The longest sleep, in seconds, that virtual time can count exactly. `sleep infinity` waits for a signal. */
const LONGEST = 9e6;

function* pause(t: Tool, total: number): Task<void> {
  const end = t.process.sim.now + seconds(Math.min(total, LONGEST));
  for (;;) {
    const left = end - t.process.sim.now;
    if (total > 0 && left > 0)
      yield* userWait(t.process, { on: 'a timer', queue: null, timeout: left });
    if (t.process.sim.now >= end) return;
  }
}

export const sleep: Program = tool(main);
