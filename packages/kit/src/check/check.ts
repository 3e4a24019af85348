// check.ts — The search as an assertion: throws a failure with all that someone needs to see it again.
import type * as fc from 'fast-check';

import { printLab } from '../print-lab.ts';
import type { Schedule } from '../schedule.ts';
import type { CheckOptions, Failure } from './search.ts';
import { search } from './search.ts';

/**
 * Thrown by `check`. Its message is for people, `failure` for programs; Node.js would print that after the message, and push
 * the lab out of sight, if it were enumerable.
 */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
  declare readonly failure: Failure;

  constructor(failure: Failure) {
    super(failureText(failure));
    Object.defineProperty(this, 'failure', { value: failure });
  }
}

/** Throws `CheckFailed` when an invariant breaks or a run does not end. */
export function check(schedules: fc.Arbitrary<Schedule>, options: CheckOptions = {}): void {
  const { failure } = search(schedules, options);
  if (failure !== null) throw new CheckFailed(failure);
}

const UNREPEATED = [
  'A second run of the same schedule and the same choices did not fail. Something outside the run decides: an invariant, a judge,',
  'a selector or a target uses Date, Math.random, or a variable that keeps its value from one run to the next.',
];

const usesTargets = ({ table, commands }: Schedule): boolean =>
  table.type === 'target' ||
  commands.some((command) => 'table' in command && command.table.type === 'target');

/** The message of `CheckFailed`, several lines: what broke, the choices that lead there, `seed` and `path`, and the schedule as a lab. */
export function failureText(failure: Failure): string {
  const { reason, schedule, choices, repeats, seed, path } = failure;
  const order =
    choices.length === 0
      ? ['It happens in the usual order (fifo).']
      : ['It takes these choices:', ...choices.map((choice) => `  ${choice}`)];
  return [
    reason,
    ...(repeats ? [] : UNREPEATED),
    ...order,
    `Again: the same call of check with seed: ${seed}, path: '${path}'`,
    usesTargets(schedule)
      ? 'As a lab, for `dmsim run --target FILE`:'
      : 'As a lab, for `dmsim explore` and for Linux:',
    printLab(schedule, reason.split('\n')[0] ?? reason),
  ].join('\n');
}
