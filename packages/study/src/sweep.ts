// sweep.ts — The results of a sweep: each measure at each point of the grid, and where it crosses a boundary.
import type { Estimate } from './bootstrap.ts';
import { estimate } from './bootstrap.ts';
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
}

/** `figures` are those of every run: the seeds of the first point, then those of the second, ... */
export function sweepOf(
  variables: readonly Variable[],
  points: readonly Point[],
  figures: readonly Readonly<Record<string, number>>[],
): Sweep {
  const seeds = points.length === 0 ? 0 : figures.length / points.length;
  const measures = [...new Set(figures.flatMap((run) => Object.keys(run)))];
  const swept = points.map((point, i) => {
    const runs = figures.slice(i * seeds, (i + 1) * seeds);
    const name = JSON.stringify(point);
    const estimates = measures.map((measure) => {
      const values = runs.map((run) => run[measure] ?? NaN);
      return [measure, estimate(values, `${name} ${measure}`)] as const;
    });
    return { point, measures: Object.fromEntries(estimates) };
  });
  return { variables, seeds, points: swept, measures };
}

export const valueAt = ({ measures }: SweptPoint, measure: string): number =>
  measures[measure]?.median ?? NaN;

/** Halfway between the lowest and the highest value, where none is given. */
export function boundaryOf({ points }: Sweep, measure: string): number {
  const values = points.map((point) => valueAt(point, measure)).filter(Number.isFinite);
  return (Math.min(...values) + Math.max(...values)) / 2;
}
