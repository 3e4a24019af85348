// sweep.ts — The results of a sweep: each measure at each point of the grid, and where it crosses a boundary.
import type { Estimate } from './bootstrap.ts';
import { estimate, estimateShare, isYesOrNo, shownOf } from './bootstrap.ts';
import { WORKLOAD_FIGURES } from './run-result.ts';
import type { Point, Variable } from './vary.ts';

export interface SweptPoint {
  readonly point: Point;
  /** By measure, over the seeds. */
  readonly measures: Readonly<Record<string, Estimate>>;
}

export interface Sweep {
  readonly variables: readonly Variable[];
  readonly seeds: number;
  /** In the order of the grid. */
  readonly points: readonly SweptPoint[];
  readonly measures: readonly string[];
  /** Those that are 0 or 1 in every run: what is shown of them is the share of the runs in which they are 1. */
  readonly shares: readonly string[];
}

/** `figures` are those of every run: the seeds of the first point, then those of the second, ... */
export function sweepOf(
  variables: readonly Variable[],
  points: readonly Point[],
  figures: readonly Readonly<Record<string, number>>[],
): Sweep {
  const seeds = points.length === 0 ? 0 : figures.length / points.length;
  const measures = [...new Set(figures.flatMap((run) => Object.keys(run)))];
  const shares = measures.filter((measure) => isShareOfRuns(measure, figures, seeds));
  const swept = points.map((point, i) => {
    const runs = figures.slice(i * seeds, (i + 1) * seeds);
    const name = JSON.stringify(point);
    const estimates = measures.map((measure) => {
      const values = runs.map((run) => run[measure] ?? NaN);
      const isShare = shares.includes(measure);
      const found = isShare ? estimateShare(values) : estimate(values, `${name} ${measure}`);
      return [measure, found] as const;
    });
    return { point, measures: Object.fromEntries(estimates) };
  });
  return { variables, seeds, points: swept, measures, shares };
}

const isShareOfRuns = (
  measure: string,
  figures: readonly Readonly<Record<string, number>>[],
  seeds: number,
): boolean =>
  seeds > 1 &&
  !(WORKLOAD_FIGURES as readonly string[]).includes(measure) &&
  isYesOrNo(figures.map((run) => run[measure] ?? NaN));

export function valueAt({ measures }: SweptPoint, measure: string): number {
  const found = measures[measure];
  return found === undefined ? NaN : shownOf(found);
}

/** Halfway between the lowest and the highest value, where none is given. */
export function boundaryOf({ points }: Sweep, measure: string): number {
  const values = points.map((point) => valueAt(point, measure)).filter(Number.isFinite);
  return (Math.min(...values) + Math.max(...values)) / 2;
}
