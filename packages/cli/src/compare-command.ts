// compare-command.ts — dmsim compare: runs the same workload under several policies, over many seeds.
import type { Comparison, Point, RunResult, RunTask, VariantRuns } from '@dmsim/study';
import {
  compareJson,
  compareText,
  comparisonReport,
  gridOf,
  pointName,
  reportHtml,
  summarize,
} from '@dmsim/study';

import type { Command } from './command.ts';
import { EXIT } from './exit-status.ts';
import { whereText } from './jobs/work.ts';
import { commandText } from './options/command-text.ts';
import { parseOptions } from './options/parse-options.ts';
import type { Interrupt } from './process/interrupts.ts';
import { catchInterrupts, dieOf, interrupted } from './process/interrupts.ts';
import { print, say } from './process/standard-streams.ts';
import { Refusal } from './refusal.ts';
import { missingMeasure } from './study/measures.ts';
import { startProgress } from './study/progress.ts';
import { runStudy } from './study/run-study.ts';
import type { StudyPlan } from './study/study-options.ts';
import { planStudy, STUDY_OPTIONS, withLab } from './study/study-options.ts';
import { wholeFile } from './study/whole-file.ts';

const HELP = `Usage: dmsim compare LAB --workload JOB.fio --selector NAME,... [OPTION]...
  or:  dmsim compare LAB --vary NAME=VALUE,... [OPTION]...
Runs LAB and then the workload once for each policy and each seed, and shows how the policies differ.
With the same seed every policy meets the same random latencies: each disk draws them from a stream of its own.

  LAB, --lab LAB     a bash script that makes the devices; it finds the varied value in a variable, such as $selector
  --workload FILE    a job file of fio, which starts when LAB has ended; without one the lab's own measures are
                     compared (simctl measure NAME VALUE)
  --fault FILE       a bash script that starts together with the workload
  --selector A,B,... path selectors: names of Linux's, or your own files (./mine.ts); the same as --vary selector=A,B,...
  --target FILE      a target type of your own, in every run (docs/testing-your-own.md)
  --checker FILE, --prioritizer FILE
                     the same for multipathd's path checkers and prioritizers (docs/writing-a-checker.md)
  --invariant FILE   also watches an invariant of your own (docs/testing-your-own.md)
  --vary NAME=A,B,.. the values to compare; with several --vary, every combination. A value with an extension (queue.conf)
                     is a file of your machine: in the lab $NAME is a path at which it can be read
  --measure NAME     compares that measure or figure alone; once for each, in the order in which they are to be shown
  --baseline NAME    the value that the others are compared with (default: the first)
  --seeds N          how many runs of each (default 20)
  --jobs N           threads (default: one per processor)
  --queue URL        redis://HOST:PORT: leaves the runs to 'dmsim worker URL', here or on other machines
  --report FILE      writes pictures and tables to one HTML file
  --json             prints figures, intervals and differences for programs
  --no-invariants    does not watch the invariants, which is faster
  --help             prints this page

Figures are medians over the seeds. Differences from the baseline are taken seed by seed. Next to their median stands its
95 % interval (bootstrap), and 'real' if the interval excludes zero. Of a measure that is 0 or 1 in every run, the share of
the runs in which it is 1 takes the place of the median.

Example:
  dmsim compare paths.sh --workload reads.fio --selector round-robin,service-time,./mine.ts

Exit status: 0, or 125 when dmsim refuses or a run cannot be counted (a job that does not start, a lab that hangs).
Interrupted (Ctrl-C), it prints the figures of the seeds with which every policy has run, and writes no report.
`;

const OPTIONS = {
  ...STUDY_OPTIONS,
  baseline: { type: 'string' },
  measure: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  report: { type: 'string' },
} as const;

const DEFAULT_SEEDS = 20;

async function run(argv: readonly string[]): Promise<number> {
  const values = withLab('compare', parseOptions('compare', argv, OPTIONS));
  const plan = await planStudy('compare', values, { seeds: DEFAULT_SEEDS });
  if (plan.variables.length === 0)
    throw new Refusal('compare: nothing to compare: --selector A,B or --vary NAME=A,B');
  const points = gridOf(plan.variables);
  const baseline = values.baseline ?? pointName(points[0] ?? {});
  if (!points.some((point) => pointName(point) === baseline))
    throw new Refusal(
      `compare: --baseline ${baseline} is not one of ${points.map(pointName).join(', ')}`,
    );
  const report = values.report === undefined ? null : wholeFile(values.report, plan.study);
  const started = process.hrtime.bigint();
  const wanted = values.measure;
  const results = await runAll(plan, points, wanted ?? []);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const seeds = wholeSeeds(results, points.length, plan.seeds);
  const outcome: Outcome = { points, baseline, results, seeds, wanted };
  const isJson = values.json === true;
  const signal = interrupted();
  if (signal !== null) return endInterrupted(signal, plan, outcome, isJson);
  const comparison = comparisonOf(plan, outcome);
  show(comparison, isJson);
  say(`${results.length} runs in ${seconds.toFixed(1)} s ${whereText(plan.workforce)}`);
  const command = commandText(['compare', ...argv]);
  // Last, so that a full disk takes nothing of what is known.
  if (report !== null)
    report.write(await reportHtml(comparisonReport(comparison, { study: plan.study, command })));
  return EXIT.OK;
}

const show = (comparison: Comparison, isJson: boolean): void =>
  print(isJson ? compareJson(comparison) : compareText(comparison, { emphasis }));

/** Shows what is known, says of how much that is, and dies of the signal. */
function endInterrupted(
  signal: Interrupt,
  plan: StudyPlan,
  outcome: Outcome,
  isJson: boolean,
): number {
  const { points, results, seeds } = outcome;
  if (seeds.length > 0) show(comparisonOf(plan, outcome), isJson);
  const done = `${Object.keys(results).length} of ${points.length * plan.seeds} runs are done`;
  const whole = seeds.length === 1 ? 'one seed' : `${seeds.length} seeds`;
  say(
    seeds.length === 0
      ? `${signal}: ${done}, and no seed with every policy: there is nothing to compare yet`
      : `${signal}: ${done}; these are the figures of ${whole}, with which every policy has run`,
  );
  dieOf(signal);
  return EXIT.REFUSED;
}

/**
 * The results by task: all policies with the first seed, then all with the second. Where a signal came first, some are missing. Throws a
 * `Refusal` as soon as a run has not measured what is `wanted`.
 */
async function runAll(
  plan: StudyPlan,
  points: readonly Point[],
  wanted: readonly string[],
): Promise<readonly RunResult[]> {
  const { study, sources, seeds, workforce } = plan;
  const tasks: RunTask[] = Array.from({ length: seeds }, (_, i) =>
    points.map((variables) => ({ variables, seed: i + 1 })),
  ).flat();
  const results: RunResult[] = [];
  const progress = startProgress(tasks.length);
  const stop = new AbortController();
  catchInterrupts(() => stop.abort());
  try {
    await runStudy({
      shared: { study, sources, keep: 'all' },
      tasks,
      workforce,
      signal: stop.signal,
      onResult(index, result) {
        // What a run lacks the others lack as well, and would run in vain.
        const measured = Object.keys(result.figures);
        const refusal =
          measured.length === 0 ? plan.unmeasured : missingMeasure('compare', measured, wanted);
        if (refusal !== null) throw refusal;
        results[index] = result;
        progress.step();
      },
    });
  } finally {
    progress.end();
  }
  return results;
}

/** The seeds, from 0, with which every policy has run: others can't be compared seed by seed. */
const wholeSeeds = (results: readonly RunResult[], policies: number, seeds: number): number[] =>
  Array.from({ length: seeds }, (_, seed) => seed).filter((seed) =>
    Array.from({ length: policies }, (_, nth) => seed * policies + nth).every((i) => i in results),
  );

interface Outcome {
  readonly points: readonly Point[];
  readonly baseline: string;
  readonly results: readonly RunResult[];
  /** Those to compare, from 0. */
  readonly seeds: readonly number[];
  /** The figures to compare; undefined: all. */
  readonly wanted: readonly string[] | undefined;
}

function comparisonOf(
  { variables }: StudyPlan,
  { points, baseline, results, seeds, wanted }: Outcome,
): Comparison {
  const variants = points.map((point, i) => ({
    name: pointName(point),
    runs: seeds.map((seed) => results[seed * points.length + i] as RunResult),
  }));
  if (variants.every(({ runs }) => runs.every(({ figures }) => Object.keys(figures).length === 0)))
    throw new Refusal(
      'compare: nothing was measured: no --workload, and no simctl measure in the lab',
    );
  refuseMissing(variants, seeds, wanted ?? []);
  return {
    title: variables.map(({ name }) => name).join(' '),
    baseline,
    seeds: seeds.length,
    variants,
    summaries: summarize(variants, baseline),
    wanted: wanted ?? null,
  };
}

/** A run that measured nothing at all is found here: it may be the only one of its kind. */
function refuseMissing(
  variants: readonly VariantRuns[],
  seeds: readonly number[],
  wanted: readonly string[],
): void {
  for (const { name, runs } of variants)
    for (const [i, { figures }] of runs.entries()) {
      const missing = wanted.find((measure) => figures[measure] === undefined);
      if (missing !== undefined)
        throw new Refusal(
          `compare: ${missing} was not measured with ${name}, seed ${(seeds[i] ?? 0) + 1}`,
        );
    }
}

/** Bold on a terminal that takes it. */
function emphasis(text: string): string {
  const plain = !process.stdout.isTTY || (process.env['NO_COLOR'] ?? '') !== '';
  return plain ? text : `\x1b[1m${text}\x1b[0m`;
}

export const compareCommand: Command = {
  name: 'compare',
  operands: 'LAB --workload JOB.fio --selector NAME,...',
  summary: 'compares policies under the same workload, over many seeds',
  help: HELP,
  run,
};
