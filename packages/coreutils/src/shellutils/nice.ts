// nice.ts — nice(1) and nohup(1): run a program with another priority, which has no effect here, or immune to SIGHUP.
import type { Task } from '@dmsim/sim';
import { setDisposition, SIGNALS, strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { fail, failUsage, quote, quoteShell, tool, warn } from '../tool.ts';
import { runInPlace, statusOfFailure } from './run-child.ts';

const SPEC: OptionSpec = {
  short: 'n:',
  long: { adjustment: 'n:' },
  inOrder: true,
  status: 125,
};

export const nice: Program = tool(function* main(t: Tool): Task<number> {
  // `nice -5 true` is an old form of `nice -n 5 true`.
  const args = t.args.map((arg, i) =>
    i === 0 && /^-[-+]?\d+$/.test(arg) ? `-n${arg.slice(1)}` : arg,
  );
  const { value, operands } = parseOptions(t, SPEC, args);
  const adjustment = value('n');
  if (adjustment !== undefined && !/^[-+]?\d+$/.test(adjustment))
    fail(t, `invalid adjustment ${quote(t, adjustment)}`, 125);
  const [command] = operands;
  if (command === undefined) {
    if (adjustment !== undefined) failUsage(t, 'a command must be given with an adjustment', 125);
    t.out.put('0\n');
    return 0;
  }
  // The priority itself is not kept.
  if (command === 'nice') refuse(t, 'a priority that is asked for');
  return yield* run(t, operands, quote(t, command));
});

function* run(t: Tool, words: readonly string[], shown: string): Task<number> {
  const status = yield* runInPlace(t, words);
  if (typeof status === 'number') return status;
  return fail(t, `${shown}: ${strerror(status)}`, statusOfFailure(status));
}

export const nohup: Program = tool(function* main(t: Tool): Task<number> {
  const { operands } = parseOptions(t, { inOrder: true, status: 125 });
  const [command] = operands;
  if (command === undefined) failUsage(t, 'missing operand', 125);
  setDisposition(t.process, SIGNALS.HUP, 'ignore');
  // The lab's own input counts as a terminal: it is the console.
  if (t.context.fds.get(0)?.path === CONSOLE) yield* warn(t, 'ignoring input');
  return yield* run(t, operands, `failed to run command ${quoteShell(command)}`);
});

/** The descriptors that the first shell was given. */
const CONSOLE = '/dev/console';
