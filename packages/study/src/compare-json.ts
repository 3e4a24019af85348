// compare-json.ts — A comparison for programs: every figure of every variant, by seed, with its interval and its difference.
import type { Comparison } from './compare-text.ts';

/** SI units: seconds, bytes a second, I/Os a second; differences are parts of the baseline. */
export const compareJson = ({ title, baseline, seeds, summaries }: Comparison): string =>
  `${JSON.stringify({ compared: title, baseline, seeds, variants: summaries }, null, 2)}\n`;
