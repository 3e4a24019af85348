// check-property.ts — Runs a property over schedules and interleavings; a failure says how to see it again.
import type { Schedule, ScheduleResult } from '@dmsim/kit';
import { printLab, runSchedule } from '@dmsim/kit';
import { random } from '@dmsim/sim';
import * as fc from 'fast-check';

export type Requeue = 'deferred-head' | 'pushback' | 'none';

export interface PropertyOptions {
  readonly schedules: fc.Arbitrary<Schedule>;
  readonly requeue: Requeue;
  readonly runs: number;
  /** What is wrong with a run, or null. */
  readonly judge: (result: ScheduleResult) => string | null;
}

export interface Failure {
  readonly schedule: Schedule;
  readonly chooserSeed: number;
  /** What `judge` said of the smallest schedule. */
  readonly reason: string;
  readonly seed: number;
  readonly path: string;
}

export interface PropertyResult {
  readonly runs: number;
  readonly commands: number;
  readonly failure: Failure | null;
}

/** What `judge` found. */
class Refuted extends Error {
  override readonly name = 'Refuted';
}

/** Any 32-bit number: of the choices among events that are due at one instant. */
const chooserSeeds = fc.nat({ max: 0x7fffffff });

/** Of another run than usual, from the environment: a failure prints them. */
const fromEnvironment = (name: string): string | undefined => process.env[name];

export function checkProperty({
  schedules,
  requeue,
  runs,
  judge,
}: PropertyOptions): PropertyResult {
  let count = 0;
  let commands = 0;
  const property = fc.property(schedules, chooserSeeds, (schedule, seed) => {
    count++;
    commands += schedule.commands.length;
    const found = judge(runSchedule(schedule, { chooser: random(seed), requeue }));
    if (found !== null) throw new Refuted(found);
  });
  const path = fromEnvironment('DMSIM_PATH');
  const details = fc.check(property, {
    numRuns: Number(fromEnvironment('DMSIM_RUNS') ?? runs),
    seed: Number(fromEnvironment('DMSIM_SEED') ?? 1),
    ...(path === undefined ? {} : { path }),
  });
  if (details.counterexample === null) return { runs: count, commands, failure: null };
  const [schedule, chooserSeed] = details.counterexample;
  const failure: Failure = {
    schedule,
    chooserSeed,
    reason: reasonOf(details.errorInstance),
    seed: details.seed,
    path: details.counterexamplePath ?? '',
  };
  return { runs: count, commands, failure };
}

/** What is no verdict is a crash: a broken assertion of the simulator, mostly. */
function reasonOf(error: unknown): string {
  if (error instanceof Refuted) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** What to print when a property that must hold does not. */
export function failureText(failure: Failure, file: string): string {
  const { schedule, chooserSeed, reason, seed, path } = failure;
  return [
    reason,
    `seed ${seed}, path ${path}, order random(${chooserSeed})`,
    `replay: DMSIM_SEED=${seed} DMSIM_PATH=${path} npx vitest run --config test/vitest.config.ts --root . ${file}`,
    'as a lab:',
    printLab(schedule, `order: --order random --seed ${chooserSeed}`),
  ].join('\n');
}

/** Every invariant holds, and everything comes to an end once all is put right. */
export function soundness({ violations, outcome, waiting }: ScheduleResult): string | null {
  const [first] = violations;
  if (first !== undefined) return `${first.invariant}: ${first.message}`;
  return outcome === 'idle' ? null : `${outcome}: ${waiting.join('; ')}`;
}
