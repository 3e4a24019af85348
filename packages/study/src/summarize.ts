// summarize.ts — All runs of a comparison: each figure of each variant over the seeds, and its difference from the baseline, seed by seed.
import type { Estimate } from './bootstrap.ts';
import { estimate, estimateShare, isYesOrNo, mean } from './bootstrap.ts';
import type { RunResult } from './run-result.ts';
import { WORKLOAD_FIGURES } from './run-result.ts';

/** One thing that is compared, and its runs by seed. */
export interface VariantRuns {
  readonly name: string;
  readonly runs: readonly RunResult[];
}

export interface Figure extends Estimate {
  /** By seed. */
  readonly values: readonly number[];
  readonly againstBaseline: Difference | null;
}

/**
 * The difference of a variant from the baseline with the same seed, as a part of the baseline: -0.1 is a tenth less. Of two shares: the
 * one less the other.
 */
export interface Difference extends Estimate {
  readonly ofShares?: true;
  /** The interval leaves out zero: with other seeds the sign would be the same. */
  readonly real: boolean;
}

export interface VariantSummary {
  readonly name: string;
  readonly figures: Readonly<Record<string, Figure>>;
  /** Median part of the I/O by disk. */
  readonly shares: Readonly<Record<string, number>>;
}

export function summarize(variants: readonly VariantRuns[], baseline: string): VariantSummary[] {
  const base = variants.find(({ name }) => name === baseline);
  return variants.map((variant) => ({
    name: variant.name,
    figures: Object.fromEntries(
      figureNames(variants).map((figure) => [
        figure,
        figureOf(variant, figure, { base, variants }),
      ]),
    ),
    shares: sharesOf(variant),
  }));
}

/** In the order in which runs have them. */
export const figureNames = (variants: readonly VariantRuns[]): readonly string[] => [
  ...new Set(variants.flatMap(({ runs }) => runs.flatMap(({ figures }) => Object.keys(figures)))),
];

interface Compared {
  readonly base: VariantRuns | undefined;
  readonly variants: readonly VariantRuns[];
}

function figureOf(variant: VariantRuns, figure: string, { base, variants }: Compared): Figure {
  const values = valuesOf(variant, figure);
  const name = `${variant.name} ${figure}`;
  const isShare = isShareOfRuns(figure, variants);
  const again = base === undefined || base === variant ? null : valuesOf(base, figure);
  const differenceOf = isShare ? differenceOfShares : difference;
  return {
    values,
    ...(isShare ? estimateShare(values) : estimate(values, name)),
    againstBaseline: again === null ? null : differenceOf(values, again, name),
  };
}

/** A measure of the lab that is 0 or 1 in every run of every variant. */
const isShareOfRuns = (figure: string, variants: readonly VariantRuns[]): boolean =>
  !(WORKLOAD_FIGURES as readonly string[]).includes(figure) &&
  variants.every((variant) => isYesOrNo(valuesOf(variant, figure)));

/** The figures that are shares of the runs. */
export const sharesOfRuns = (variants: readonly VariantRuns[]): readonly string[] =>
  figureNames(variants).filter((figure) => isShareOfRuns(figure, variants));

const valuesOf = ({ runs }: VariantRuns, figure: string): number[] =>
  runs.map(({ figures }) => figures[figure] ?? NaN);

function difference(
  values: readonly number[],
  base: readonly number[],
  name: string,
): Difference | null {
  const changes = values.map((value, i) => relative(value, base[i] ?? NaN));
  if (changes.some((change) => !Number.isFinite(change))) return null;
  return judged(estimate(changes, `${name} against the baseline`));
}

function differenceOfShares(
  values: readonly number[],
  base: readonly number[],
  name: string,
): Difference {
  const changes = values.map((value, i) => value - (base[i] ?? NaN));
  return { ...judged(estimate(changes, `${name} against the baseline`, mean)), ofShares: true };
}

const judged = ({ median, interval }: Estimate): Difference => ({
  median,
  interval,
  real: interval !== null && (interval[0] > 0 || interval[1] < 0),
});

/** 0 when both are 0: no change. NaN when only the baseline is 0. */
const relative = (value: number, base: number): number =>
  base === 0 ? (value === 0 ? 0 : NaN) : (value - base) / base;

function sharesOf({ name, runs }: VariantRuns): Record<string, number> {
  const disks = [...new Set(runs.flatMap(({ shares }) => Object.keys(shares)))];
  return Object.fromEntries(
    disks.map((disk) => {
      const values = runs.map(({ shares }) => shares[disk] ?? 0);
      return [disk, estimate(values, `${name} share of ${disk}`).median];
    }),
  );
}
