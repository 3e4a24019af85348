// compare-text.ts — A comparison as a terminal shows it: figures, differences from the baseline, shares, throughput over time.
import { changeFormat, figureText, ownMeasures } from './figure-text.ts';
import { formatFigure } from './format-figure.ts';
import type { Difference, VariantRuns, VariantSummary } from './summarize.ts';
import { figureNames, sharesOfRuns } from './summarize.ts';
import { sparkline, textTable } from './text-table.ts';
import { mergedTimeline } from './timeline.ts';

export interface Comparison {
  /** The name of the compared variable: `selector`. */
  readonly title: string;
  readonly baseline: string;
  readonly seeds: number;
  readonly variants: readonly VariantRuns[];
  readonly summaries: readonly VariantSummary[];
  /** Names of the figures to show, in that order; null: all. */
  readonly wanted: readonly string[] | null;
}

export interface TextOptions {
  /** How a terminal makes a text stand out; the same text elsewhere. */
  readonly emphasis: (text: string) => string;
}

const WIDTH = 40;

export function compareText(comparison: Comparison, { emphasis }: TextOptions): string {
  const { seeds, baseline, summaries } = comparison;
  const parts = [
    figuresTable(comparison),
    intervalTable(comparison, emphasis),
    sharesTable(comparison),
    throughput(comparison),
  ];
  const medians = `Medians over ${seeds} seeds.`;
  const intervals =
    seeds < 5
      ? 'With fewer than 5 seeds there are no intervals.\n'
      : `${medians} Differences are paired by seed with ${baseline}; an interval of 95 % that leaves out 0 is real.\n`;
  const note =
    summaries.length === 1
      ? `${medians} There is nothing to compare with ${baseline}.\n`
      : intervals;
  return [...parts.filter((part) => part !== ''), note + shareNote(comparison)].join('\n');
}

/** The names of the figures that are shown of a comparison. */
export const shownFigures = ({ variants, wanted }: Comparison): readonly string[] =>
  wanted ?? figureNames(variants);

/** `failed: the share of the runs in which it is 1.` */
function shareNote(comparison: Comparison): string {
  const shown = shownFigures(comparison);
  const names = sharesOfRuns(comparison.variants).filter((name) => shown.includes(name));
  if (names.length === 0) return '';
  return `${names.join(', ')}: the share of the runs in which it is 1; differences are in points of a hundred.\n`;
}

function figuresTable(comparison: Comparison): string {
  const names = shownFigures(comparison);
  const columns = [
    { title: comparison.title, align: 'left' as const },
    ...names.map((name) => ({ title: name })),
  ];
  const rows = comparison.summaries.map(({ name, figures }) => [
    name,
    ...names.map((figure) => figureText(figure, figures[figure])),
  ]);
  return textTable(columns, rows);
}

/** Of all figures, those for which it is told whether a variant does better. */
const JUDGED: readonly string[] = ['iops', 'mean', 'p99', 'max', 'blocked'];

function intervalTable(comparison: Comparison, emphasis: TextOptions['emphasis']): string {
  const { summaries, baseline, wanted } = comparison;
  const names = shownFigures(comparison);
  const judged = wanted ?? [
    ...JUDGED.filter((name) => names.includes(name)),
    ...ownMeasures(names),
  ];
  const rowOf = ({ name, figures }: VariantSummary): string[] =>
    [name].concat(judged.map((figure) => differenceText(figures[figure]?.againstBaseline ?? null)));
  const rows = summaries.filter(({ name }) => name !== baseline).map(rowOf);
  if (rows.length === 0) return '';
  const columns = [
    { title: `against ${baseline}`, align: 'left' as const },
    ...judged.map((title) => ({ title })),
  ];
  return emphasize(textTable(columns, rows), emphasis);
}

/** After the columns are aligned: what makes a text stand out has no width. */
const emphasize = (table: string, emphasis: TextOptions['emphasis']): string =>
  table.replaceAll(/[+-]\d[\d.]* (?:%|points) \[[^\]]*\] real/g, emphasis);

function differenceText(difference: Difference | null): string {
  if (difference === null) return '-';
  const { median, interval, real } = difference;
  const format = changeFormat(difference);
  if (interval === null) return format(median);
  const [low, high] = interval.map(format);
  return `${format(median)} [${low} ${high}] ${real ? 'real' : '-'}`;
}

function sharesTable({ summaries }: Comparison): string {
  const disks = [...new Set(summaries.flatMap(({ shares }) => Object.keys(shares)))];
  if (disks.length < 2) return '';
  const columns = [
    { title: 'share per path', align: 'left' as const },
    ...disks.map((disk) => ({ title: disk })),
  ];
  const rows = summaries.map(({ name, shares }) => [
    name,
    ...disks.map((disk) => `${((shares[disk] ?? 0) * 100).toFixed(1)} %`),
  ]);
  return textTable(columns, rows);
}

function throughput({ variants }: Comparison): string {
  const lines = variants.map(({ name, runs }) => ({ name, timeline: mergedTimeline(runs) }));
  const most = Math.max(...lines.map(({ timeline }) => Math.max(0, ...timeline.rates)));
  if (most === 0) return '';
  const rows = lines.map(({ name, timeline }) => [name, sparkline(timeline.rates, WIDTH, most)]);
  const seconds = Math.max(
    ...lines.map(({ timeline }) => timeline.rates.length * timeline.seconds),
  );
  const columns = [
    { title: 'throughput over time', align: 'left' as const },
    {
      title: `0 to ${formatFigure(seconds, 'seconds')}, the highest bar is ${formatFigure(most, 'bytes')}`,
      align: 'left' as const,
    },
  ];
  return textTable(columns, rows);
}
