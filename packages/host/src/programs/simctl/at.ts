// at.ts — simctl at: runs a command later.
import type { Tool } from '@dmsim/coreutils';
import { textOf } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { userWait, waitForExit } from '@dmsim/sim';

import type { Machine } from '../../machine.ts';
import { parseNanos } from './units.ts';
import type { Verb } from './verb.ts';
import { failCall, failForm } from './verb.ts';

/** The arguments with which simctl starts the waiting process: the instant in ns, then the command. */
export const WAIT_VERB = '--at';

export const atVerb: Verb = {
  name: 'at',
  help: [
    [
      'DELAY COMMAND...',
      "runs COMMAND that long from now, its output the lab's; `bash -c '...'` for more than a program",
    ],
  ],
  run(call) {
    const { t, machine, args } = call;
    const [delay, command, ...rest] = args;
    if (delay === undefined || command === undefined) {
      failForm(call, atVerb, 'takes a time and a command');
    }
    const nanos = parseNanos(delay);
    if (nanos === undefined) failCall(call, `${delay}: not a time, such as 200us, 1.5ms or 10s`);
    const program = textOf(command).replace(/^(?:\/usr)?\/s?bin\//, '');
    if (!machine.programs.has(program)) {
      failCall(call, `${command}: no such program; for shell words it is bash -c '${command} ...'`);
    }
    const due = String(machine.sim.now + nanos);
    t.context.exec(['simctl', WAIT_VERB, due, ...[command, ...rest].map(textOf)]);
  },
};

/** Waits, and then runs the command. */
export function* runLater(t: Tool, { records }: Pick<Machine, 'records'>): Task<number> {
  const { process, args, context } = t;
  const [, due = '0', ...words] = args;
  const timeout = Math.max(0, Number(due) - process.sim.now);
  yield* userWait(process, { on: 'its time (simctl at)', queue: null, timeout });
  records.marks.push({ at: process.sim.now, text: words.map(textOf).join(' ') });
  const child = context.exec(words.map(textOf));
  if (typeof child === 'string') return 127;
  for (;;) {
    const status = yield* waitForExit(process, child);
    if (status !== 'signal') return status;
  }
}
