// compare-json.ts — A comparison for programs: every figure of every variant, by seed, with its interval and its difference.
import type { Comparison } from './compare-text.ts';
import { shownFigures } from './compare-text.ts';
import type { VariantSummary } from './summarize.ts';

/** SI units: seconds, bytes a second, I/Os a second; differences are parts of the baseline. */
export function compareJson(comparison: Comparison): string {
  const { title, baseline, seeds, summaries } = comparison;
  const shown = shownFigures(comparison);
  const variants = summaries.map((summary) => onlyShown(summary, shown));
  return `${JSON.stringify({ compared: title, baseline, seeds, variants }, null, 2)}\n`;
}

const onlyShown = (summary: VariantSummary, shown: readonly string[]): VariantSummary => ({
  ...summary,
  figures: Object.fromEntries(
    shown.flatMap((name) => {
      const figure = summary.figures[name];
      return figure === undefined ? [] : [[name, figure] as const];
    }),
  ),
});
