// study-reports.ts — Composes the report of a comparison, and that of a sweep, of their pictures.
import type { Comparison } from '../compare-text.ts';
import { certaintyText, figureColumns, figureRows } from '../compare-text.ts';
import { changeFormat, figureText, ownMeasures } from '../figure-text.ts';
import type { Study } from '../run-once.ts';
import type { Difference } from '../summarize.ts';
import type { Sweep } from '../sweep.ts';
import type { Chart } from './chart.ts';
import { courseChart } from './course-chart.ts';
import { heatChart } from './heat-chart.ts';
import { cdfChart, percentileChart } from './latency-charts.ts';
import type { Report } from './report-html.ts';
import { shareChart } from './share-chart.ts';

/** For the reader of a report: what was run, as it could be typed again. */
export interface Provenance {
  readonly study: Study;
  readonly command: string;
}

export function comparisonReport(comparison: Comparison, { study, command }: Provenance): Report {
  const { title, seeds, baseline, variants, summaries } = comparison;
  const charts: Chart[] = [];
  if (study.workload !== null) charts.push(cdfChart(variants), percentileChart(summaries));
  if (study.workload !== null) charts.push(courseChart(variants));
  if (summaries.some(({ shares }) => Object.keys(shares).length > 1))
    charts.push(shareChart(summaries));
  return {
    title: titleOf(
      title,
      summaries.map(({ name }) => name),
    ),
    intro: [
      command,
      `${seeds} seeds; every variant met the same chances. Differences are from ${baseline}, taken seed by seed; a difference is real when the 95 % interval of its median (bootstrap) leaves out zero.`,
      ...realDifferences(comparison),
      certaintyText(comparison),
    ],
    tables: [
      {
        title: 'Figures',
        note: 'Medians over the seeds; of what is 0 or 1 in every run, the share of the runs in which it is 1.',
        table: { columns: figureColumns(comparison), rows: figureRows(comparison) },
      },
    ],
    charts,
    sources: sourcesOf(study),
  };
}

/** A title with more letters than this would say how many variants there are, and not their names. */
const LONGEST_TITLE = 100;

function titleOf(compared: string, names: readonly string[]): string {
  const title = `${compared}: ${names.join(', ')}`;
  return title.length <= LONGEST_TITLE ? title : `${compared}: ${names.length} variants`;
}

const TOLD: readonly string[] = ['p99', 'iops', 'blocked'];

function realDifferences({ summaries, baseline, wanted }: Comparison): string[] {
  return summaries
    .filter(({ name }) => name !== baseline)
    .map(({ name, figures }) => {
      const usual = [...TOLD, ...ownMeasures(Object.keys(figures))];
      const told = (wanted ?? usual).flatMap((figure) => {
        const found = figures[figure];
        const difference = found?.againstBaseline ?? null;
        if (found === undefined || difference === null) return [];
        return [`${figure} ${figureText(figure, found)} (${changeText(difference)})`];
      });
      return `${name} against ${baseline}: ${told.join('; ')}.`;
    });
}

function changeText(difference: Difference): string {
  const { median, interval, real } = difference;
  const format = changeFormat(difference);
  if (interval === null) return format(median);
  const [low, high] = interval;
  if (low === 0 && high === 0) return 'no difference';
  return `${format(median)}, ${format(low)} to ${format(high)}, ${real ? 'real' : 'not real'}`;
}

export interface SweepReportOptions extends Provenance {
  readonly measure: string;
  readonly boundary: number;
  /** The units of variables and measures, by name. */
  readonly units: Readonly<Record<string, string>>;
}

export function sweepReport(
  sweep: Sweep,
  { study, command, measure, boundary, units }: SweepReportOptions,
): Report {
  const others = sweep.measures.filter((name) => name !== measure).slice(0, 5);
  const names = sweep.variables.map(({ name }) => name).join(' and ');
  return {
    title: `${measure} by ${names}`,
    intro: [
      command,
      `${sweep.points.length} points, ${sweep.seeds} ${sweep.seeds === 1 ? 'run' : 'runs'} each.`,
    ],
    tables: [],
    charts: [
      heatChart(sweep, measure, { boundary, units }),
      ...others.map((name) => heatChart(sweep, name, { boundary: NaN, units })),
    ],
    sources: sourcesOf(study),
  };
}

const sourcesOf = ({ lab, workload, fault, files }: Study): Report['sources'] =>
  [lab, workload, fault, ...files].filter((file) => file !== null);
