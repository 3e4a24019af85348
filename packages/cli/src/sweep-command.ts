// sweep-command.ts — dmsim sweep: runs a lab at every point of a grid, and maps what it measures.
import type { RunTask, Sweep } from '@dmsim/study';
import {
  boundaryOf,
  gridOf,
  reportHtml,
  sweepCsv,
  sweepOf,
  sweepReport,
  sweepText,
} from '@dmsim/study';

import type { Command } from './command.ts';
import { EXIT } from './exit-status.ts';
import { whereText } from './jobs/work.ts';
import { commandText } from './options/command-text.ts';
import { parseOptions } from './options/parse-options.ts';
import { catchInterrupts, dieOf, interrupted } from './process/interrupts.ts';
import { print, say } from './process/standard-streams.ts';
import { Refusal } from './refusal.ts';
import type { Figures, Journal } from './study/journal.ts';
import { openJournal } from './study/journal.ts';
import { missingMeasure } from './study/measures.ts';
import { startProgress } from './study/progress.ts';
import { runStudy } from './study/run-study.ts';
import type { SharedStudy } from './study/runner.ts';
import type { StudyPlan } from './study/study-options.ts';
import { planStudy, STUDY_OPTIONS, withLab } from './study/study-options.ts';
import { wholeFile } from './study/whole-file.ts';

const HELP = `Usage: dmsim sweep LAB --vary NAME=VALUES [--vary ...] [OPTION]...
Runs LAB at every point of the grid that the variables span, and draws a map of what it measures.

  LAB, --lab LAB     a bash script; it reads the variables ($NAME), and reports with: simctl measure NAME VALUE
  --vary NAME=A,B,.. or NAME=FROM..TO/STEP, 0..180/10; once for each variable
  --workload FILE, --fault FILE, --selector A,B,..., --target FILE, --checker FILE, --prioritizer FILE, --invariant FILE
                     as for dmsim compare
  --measure NAME     the measure to draw, if the lab has more than one
  --boundary VALUE   the value at which the map has a line (default: halfway between the lowest and the highest value)
  --csv FILE         writes all measures of all points; '-' prints them instead of the map
  --report FILE      writes the map as a picture, in one HTML file
  --unit NAME=UNIT   the unit of a variable or a measure, for the picture; once for each
  --resume           continues an interrupted sweep with the same --csv FILE
  --seeds N          how many runs at each point (default 1); their median counts, or of a measure that is 0 or 1
                     in every run the share of the runs in which it is 1
  --jobs N           threads (default: one per processor)
  --queue URL        redis://HOST:PORT: leaves the runs to 'dmsim worker URL', here or on other machines
  --no-invariants    does not watch the invariants, which is faster
  --help             prints this page

Example:
  dmsim sweep outage.sh --vary outage=0..180/10 --vary no_path_retry=fail,4,12,queue --csv outage.csv

Exit status: 0, or 125 when dmsim refuses or a run cannot be counted. An interrupted sweep keeps its results
so far in FILE.part.
`;

const OPTIONS = {
  ...STUDY_OPTIONS,
  measure: { type: 'string' },
  boundary: { type: 'string' },
  csv: { type: 'string' },
  report: { type: 'string' },
  unit: { type: 'string', multiple: true },
  resume: { type: 'boolean' },
} as const;

async function run(argv: readonly string[]): Promise<number> {
  const values = withLab('sweep', parseOptions('sweep', argv, OPTIONS));
  const { csv, resume = false } = values;
  refuseNothingToResume({ csv, resume });
  const boundary = boundaryOption(values.boundary);
  const plan = await planStudy('sweep', values, { seeds: 1 });
  if (plan.variables.length === 0) throw new Refusal('sweep: nothing to vary: --vary NAME=A,B');
  const report = values.report === undefined ? null : wholeFile(values.report, plan.study);
  const table = csv === undefined ? null : wholeFile(csv, plan.study);
  const wanted = values.measure;
  const swept = await sweepAll(plan, { path: journalPath(csv), resume, wanted });
  if (swept === null) return EXIT.REFUSED;
  const { sweep, journal } = swept;
  const measure = measureOf(sweep, wanted);
  const units = unitsOf(sweep, values.unit ?? []);
  const drawn = { measure, boundary: boundary ?? boundaryOf(sweep, measure) };
  const provenance = { study: plan.study, command: commandText(['sweep', ...argv]) };
  if (csv !== '-') print(sweepText(sweep, drawn));
  table?.write(sweepCsv(sweep));
  if (report !== null)
    report.write(await reportHtml(sweepReport(sweep, { ...drawn, ...provenance, units })));
  // Until here what was run is not lost to a mistake in what is asked of it.
  journal?.remove();
  return EXIT.OK;
}

function refuseNothingToResume({
  csv,
  resume,
}: {
  readonly csv: string | undefined;
  readonly resume: boolean;
}): void {
  if (resume && (csv === undefined || csv === '-'))
    throw new Refusal('sweep: --resume needs the --csv FILE that was being made');
}

function boundaryOption(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new Refusal(`sweep: --boundary takes a number, not '${text}'`);
  return value;
}

/** Only beside a file is there a place for it. */
const journalPath = (csv: string | undefined): string | null =>
  csv === undefined || csv.startsWith('/dev/') || csv === '-' ? null : `${csv}.part`;

interface SweepOptions {
  /** The journal's path. */
  readonly path: string | null;
  readonly resume: boolean;
  /** The measure to draw; undefined: the only one. */
  readonly wanted: string | undefined;
}

interface Swept {
  readonly sweep: Sweep;
  readonly journal: Journal | null;
}

/** Null when it was interrupted. */
async function sweepAll(
  plan: StudyPlan,
  { path, resume, wanted }: SweepOptions,
): Promise<Swept | null> {
  const { seeds } = plan;
  const points = gridOf(plan.variables);
  const tasks: RunTask[] = points.flatMap((variables) =>
    Array.from({ length: seeds }, (_, i) => ({ variables, seed: i + 1 })),
  );
  const shared: SharedStudy = {
    study: plan.study,
    sources: plan.sources,
    keep: 'figures',
  };
  const journal = path === null ? null : openJournal({ path, resume, shared, tasks });
  const started = process.hrtime.bigint();
  const figures = await runMissing(plan, { shared, tasks, journal, wanted });
  if (figures === null) {
    journal?.close();
    return null;
  }
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const ran = tasks.length - (journal?.done.size ?? 0);
  say(
    `${ran} runs in ${seconds.toFixed(1)} s ${whereText(plan.workforce)}: ${rateText(ran / seconds)} a second`,
  );
  return { sweep: sweepOf(plan.variables, points, figures), journal };
}

const rateText = (rate: number): string => rate.toFixed(rate < 10 ? 1 : 0);

interface Running {
  readonly shared: SharedStudy;
  readonly tasks: readonly RunTask[];
  readonly journal: Journal | null;
  readonly wanted: string | undefined;
}

/** Does the runs that the journal lacks; null if it was interrupted. */
async function runMissing(
  plan: StudyPlan,
  { shared, tasks, journal, wanted }: Running,
): Promise<Figures[] | null> {
  const figures: Figures[] = [];
  for (const [index, known] of journal?.done ?? []) figures[index] = known;
  const missing = tasks.map((_, i) => i).filter((i) => figures[i] === undefined);
  const progress = startProgress(tasks.length, tasks.length - missing.length);
  const stop = new AbortController();
  const refusals: Refusal[] = [];
  catchInterrupts(() => stop.abort());
  try {
    await runStudy({
      shared,
      tasks: missing.map((i) => tasks[i] as RunTask),
      workforce: plan.workforce,
      signal: stop.signal,
      onResult(nth, result) {
        const index = missing[nth] as number;
        figures[index] = result.figures;
        journal?.add(index, result.figures);
        progress.step();
        // The others would run in vain.
        const measured = Object.keys(result.figures);
        const refusal = measured.length === 0 ? plan.unmeasured : refusedMeasure(measured, wanted);
        if (refusal === null) return;
        refusals.push(refusal);
        stop.abort();
      },
    });
  } finally {
    progress.end();
  }
  const signal = interrupted();
  const [refusal] = refusals;
  if (signal === null && refusal !== undefined) throw refusal;
  if (signal === null) return figures;
  // A missing measure has no element.
  const done = Object.keys(figures).length;
  say(
    `${signal}: ${done} of ${tasks.length} runs are done${journal === null ? '' : '; --resume goes on'}`,
  );
  journal?.close();
  dieOf(signal);
  return null;
}

function unitsOf(
  { variables, measures }: Sweep,
  options: readonly string[],
): Record<string, string> {
  const names = [...variables.map(({ name }) => name), ...measures];
  const units: Record<string, string> = {};
  for (const option of options) {
    const [, name = '', unit = ''] = /^([^=]+)=(.+)$/s.exec(option) ?? [];
    if (!names.includes(name))
      throw new Refusal(`sweep: --unit takes NAME=UNIT of ${names.join(', ')}, not '${option}'`);
    units[name] = unit;
  }
  return units;
}

/** Null if a map can be drawn of runs that measured these. */
function refusedMeasure(
  [only, ...others]: readonly string[],
  wanted: string | undefined,
): Refusal | null {
  if (only === undefined)
    return new Refusal(
      'sweep: nothing was measured: no simctl measure in the lab, and no --workload',
    );
  if (wanted === undefined) {
    if (others.length === 0) return null;
    return new Refusal(`sweep: which --measure? There are ${[only, ...others].join(', ')}`);
  }
  return missingMeasure('sweep', [only, ...others], [wanted]);
}

function measureOf({ measures, points }: Sweep, wanted: string | undefined): string {
  const refusal = refusedMeasure(measures, wanted);
  if (refusal !== null) throw refusal;
  const measure = wanted ?? measures[0] ?? '';
  const without = points.find((point) => Number.isNaN(point.measures[measure]?.median ?? NaN));
  if (without === undefined) return measure;
  const where = Object.entries(without.point).map(([name, value]) => `${name}=${value}`);
  throw new Refusal(`sweep: ${measure} was not measured with ${where.join(' ')}`);
}

export const sweepCommand: Command = {
  name: 'sweep',
  operands: 'LAB --vary NAME=VALUES...',
  summary: 'runs a lab at every point of a grid, and maps what it measures',
  help: HELP,
  run,
};
