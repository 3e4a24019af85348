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
  const parts = [
    figuresTable(comparison),
    intervalTable(comparison, emphasis),
    sharesTable(comparison),
    throughput(comparison),
  ];
  const note = `${certaintyText(comparison)}\n`;
  return [...parts.filter((part) => part !== ''), note + shareNote(comparison)].join('\n');
}

/** How sure the differences are, in sentences. */
export function certaintyText({ seeds, baseline, summaries, variants }: Comparison): string {
  const medians = seeds === 1 ? 'One seed only.' : `Medians over ${seeds} seeds.`;
  if (summaries.length === 1) return `${medians} There is nothing to compare with ${baseline}.`;
  if (dependsOnNoSeed(variants))
    return `All ${seeds} seeds gave the same figures: nothing here depends on chance, and one seed would do.`;
  if (seeds < FEWEST_FOR_INTERVALS)
    return `With fewer than ${FEWEST_FOR_INTERVALS} seeds there are no intervals.`;
  return `${medians} Differences are paired by seed with ${baseline}; an interval of 95 % that leaves out 0 is real.`;
}

const FEWEST_FOR_INTERVALS = 5;

/** Whether every variant measured the same in all of its runs, of which there are several. */
const dependsOnNoSeed = (variants: readonly VariantRuns[]): boolean =>
  variants.every(({ runs }) => {
    const texts = runs.map(({ figures }) => JSON.stringify(figures));
    return texts.length > 1 && texts.every((text) => text === texts[0]);
  });

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
  const [first, ...names] = figureColumns(comparison);
  const columns = [{ title: first, align: 'left' as const }, ...names.map((title) => ({ title }))];
  return textTable(columns, figureRows(comparison));
}

/** The titles of the table of figures: what is compared, then each figure. */
export const figureColumns = (comparison: Comparison): [string, ...string[]] => [
  comparison.title,
  ...shownFigures(comparison),
];

/** A row for each variant: its name, then its figures. */
export function figureRows(comparison: Comparison): string[][] {
  const names = shownFigures(comparison);
  return comparison.summaries.map(({ name, figures }) => [
    name,
    ...names.map((figure) => figureText(figure, figures[figure])),
  ]);
}

/** Of all figures, those for which it is told whether a variant does better. */
const JUDGED: ReadonlySet<string> = new Set(['iops', 'mean', 'p99', 'max', 'blocked']);

function intervalTable(comparison: Comparison, emphasis: TextOptions['emphasis']): string {
  const { summaries, baseline, wanted } = comparison;
  const names = shownFigures(comparison);
  const judgedOrOwn = new Set([...JUDGED, ...ownMeasures(names)]);
  const judged = wanted ?? names.filter((name) => judgedOrOwn.has(name));
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
