// figure-text.ts — A figure of a variant, and a difference, as text: shares of runs are read otherwise than medians.
import {
  formatChange,
  formatFigure,
  formatPoints,
  formatShare,
  quantityOf,
} from './format-figure.ts';
import { WORKLOAD_FIGURES } from './run-result.ts';
import type { Difference, Figure } from './summarize.ts';
import type { Sweep } from './sweep.ts';

export function figureText(name: string, figure: Figure | undefined): string {
  if (figure?.share !== undefined) return formatShare(figure.share);
  return formatFigure(figure?.median ?? NaN, quantityOf(name));
}

/** How the numbers of a difference are shown. */
export const changeFormat = ({ ofShares }: Difference): ((change: number) => string) =>
  ofShares === true ? formatPoints : formatChange;

/** How the values of a sweep's measure are shown. */
export const measureFormat = ({ shares }: Sweep, measure: string): ((value: number) => string) =>
  shares.includes(measure) ? formatShare : (value) => formatFigure(value, quantityOf(measure));

/** The measures that the lab itself takes. */
export const ownMeasures = (names: readonly string[]): readonly string[] =>
  names.filter((name) => !(WORKLOAD_FIGURES as readonly string[]).includes(name));
