// report.ts — Prints the findings of an exploration as text for a person or as JSON, and chooses the exit status.
import type { Causes, Exploration } from '@dmsim/kit';
import { ANY_NUMBER, endingText, ranAll } from '@dmsim/kit';

import { EXIT } from '../exit-status.ts';
import { quote } from '../options/command-text.ts';
import { optionsOfFiles } from '../plugins/load-plugins.ts';
import type { Finding } from './findings.ts';
import { causeLines, choiceLines, leftOutText, processLines } from './findings.ts';
import type { ExploreOptions } from './options.ts';
import type { Written } from './write-files.ts';

export interface Report {
  readonly options: ExploreOptions;
  readonly exploration: Exploration;
  readonly findings: readonly Finding[];
  /** By number of the finding. */
  readonly files: ReadonlyMap<number, Written>;
  /** No run was left out by a signal or by time. */
  readonly complete: boolean;
}

/** Outcomes and lines of one that are shown. */
const MAX_SHOWN = 20;
const MAX_LINES = 40;

export function textOf(report: Report): string {
  const { findings, exploration } = report;
  const { tally } = exploration;
  const hidden = findings.length - MAX_SHOWN;
  const lines = [
    headline(report),
    ...findings.slice(0, MAX_SHOWN).flatMap((finding) => findingLines(finding, report)),
    ...(hidden > 0
      ? ['', `and ${hidden === 1 ? 'one more outcome' : `${hidden} more outcomes`}`]
      : []),
    ...(tally.other > 0
      ? [`and ${tally.other} runs with outcomes that were too many to keep`]
      : []),
    ...reachedLines(report),
    ...tally.uncontrolled.map(
      (nth) =>
        `uncontrolled: run ${nth} came out otherwise when it was repeated: something in it draws from no seed`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function headline(report: Report): string {
  const { options, exploration, findings, complete } = report;
  const { plan, setup } = options;
  const { runs, redundant, pruned } = exploration.tally;
  const slack = setup.slack === 0 ? 'no slack' : `slack ${setup.slack / 1e6} ms`;
  const outcomes = findings.length === 1 ? 'one outcome' : `${findings.length} outcomes`;
  const start = `${setup.lab.name}: ${outcomes} in ${runs} runs (${plan.strategy}, ${slack}`;
  if (plan.strategy !== 'exhaustive') {
    return `${start}, seeds from ${plan.seed}${complete ? '' : '; stopped early'})`;
  }
  const others = redundant + pruned;
  const skipped = others === 0 ? '' : `; ${others} more, at least, are these in other words`;
  const all = ranAll(exploration) ? 'all' : 'not all';
  return `${start}): ${all} orders ${boundText(report)} were run${skipped}`;
}

/** Other times than the usual are not among the orders that are counted: only `random` and its like draw them. */
function boundText({ options: { plan, setup } }: Report): string {
  const window = setup.slack === 0 ? 'of one instant' : `within ${setup.slack / 1e6} ms`;
  if (plan.maxDeviations === ANY_NUMBER) return `of events ${window}`;
  const choices = plan.maxDeviations === 1 ? 'one choice' : `${plan.maxDeviations} choices`;
  return `of events ${window} with at most ${choices} other than fifo's`;
}

const FAULT =
  'this is a fault of dmsim, and its output may be wrong; to report it, send the lab and the choices';

function findingLines(finding: Finding, { files, options }: Report): string[] {
  const { number, count, seed, outcome, isFifo, diff, smallest } = finding;
  const broken = outcome.broken.map((name) => `; broken: ${name}`).join('');
  const ending = `${endingText(outcome.ending)}${broken}`;
  const lines = [
    '',
    `${number}. ${count === 1 ? 'one run' : `${count} runs`}, the first with seed ${seed}: ${ending}${isFifo ? ', as fifo' : ''}`,
    ...indent(outcome.details.slice(0, MAX_LINES)),
    ...(outcome.ending.kind === 'crashed' ? indent([FAULT]) : []),
    ...indent(diff.slice(0, MAX_LINES)),
  ];
  if (smallest === null) return lines;
  const choices = choiceLines(smallest);
  const many = choices.length === 1 ? 'this choice' : `these ${choices.length} choices`;
  lines.push(
    choices.length === 0 ? '   happens without any choice' : `   happens with ${many}:`,
    ...indent(indent(choices.slice(0, MAX_LINES))),
    ...indent(indent(processLines(smallest).slice(0, MAX_LINES))),
  );
  const written = files.get(number);
  const code = optionsOfFiles(options.userFiles).map(([kind, file]) => ` --${kind} ${quote(file)}`);
  const command = (option: string): string =>
    written === undefined
      ? ''
      : `dmsim run${code.join('')} ${option} ${written.choices} ${written.lab}`;
  if (smallest.causes !== null) lines.push(...indent(causesText(smallest.causes, command)));
  if (written !== undefined) lines.push(`   repeat it: ${command('--replay')}`);
  return lines;
}

/** Shows the last events of a long list, since they are the nearest to the failure. */
function causesText(causes: Causes, command: (option: string) => string): string[] {
  const lines = causeLines(causes);
  const earlier = lines.length - MAX_LINES;
  const leftOut = leftOutText(causes);
  return [
    'what led to it:',
    ...(earlier > 0 ? [`   … ${earlier} earlier`] : []),
    ...indent(lines.slice(-MAX_LINES)),
    ...(leftOut === '' ? [] : [`left out: ${leftOut}`]),
    ...(earlier > 0 || leftOut !== '' ? [`all of it: ${command('--log - --replay')}`] : []),
  ];
}

const indent = (lines: readonly string[]): string[] => lines.map((line) => `   ${line}`);

function reachedLines({ options, exploration }: Report): string[] {
  const { reached, runs } = exploration.tally;
  const names = [...new Set([...reached.keys(), ...options.expect])].toSorted();
  if (names.length === 0) return [];
  return [
    '',
    ...names.map((name) => `reached ${name}: in ${reached.get(name) ?? 0} of ${runs} runs`),
  ];
}

export function jsonOf({ options, exploration, findings, files, complete }: Report): string {
  const { plan, setup } = options;
  const { tally } = exploration;
  return `${JSON.stringify(
    {
      lab: setup.lab.name,
      strategy: plan.strategy,
      slack: setup.slack,
      seed: plan.seed,
      runs: tally.runs,
      redundant: tally.redundant + tally.pruned,
      complete: plan.strategy === 'exhaustive' ? ranAll(exploration) : complete,
      outcomes: findings.map(({ smallest, ...finding }) => ({
        ...finding,
        choices: smallest === null ? null : choiceLines(smallest),
        causes: causesJson(smallest?.causes ?? null),
        files: files.get(finding.number) ?? null,
      })),
      reached: Object.fromEntries(tally.reached),
      uncontrolled: tally.uncontrolled,
    },
    null,
    2,
  )}\n`;
}

const causesJson = (causes: Causes | null): unknown =>
  causes === null ? null : { events: causeLines(causes), leftOut: causes.leftOut };

export function statusOf({ options, exploration, findings }: Report): number {
  const { tally } = exploration;
  const endings = new Set(findings.map(({ outcome }) => outcome.ending.kind));
  if (endings.has('crashed')) return EXIT.INTERNAL_ERROR;
  if (tally.uncontrolled.length > 0) return EXIT.BROKEN;
  if (findings.some(({ outcome }) => outcome.broken.length > 0)) return EXIT.BROKEN;
  if (endings.has('refused')) return EXIT.REFUSED;
  if (endings.has('hung')) return EXIT.HUNG;
  if (endings.has('limit')) return EXIT.LIMIT;
  if (options.expectOne && (findings.length > 1 || tally.other > 0)) return 1;
  return options.expect.every((name) => (tally.reached.get(name) ?? 0) > 0) ? EXIT.OK : 1;
}
