// distribution-map.ts — Counts queue depths, batch sizes and latencies in fio's steps. After fio's io_u.c: io_u_mark_map, io_u_mark_latency.

/** Queue depths at the start of an I/O: 1, 2, 4, 8, 16, 32, >=64. */
export const DEPTHS: readonly string[] = ['1', '2', '4', '8', '16', '32', '>=64'];
/** I/Os submitted or completed at a time: 0, 4, 8, 16, 32, 64, >=64. */
export const BATCHES: readonly string[] = ['0', '4', '8', '16', '32', '64', '>=64'];

export const depthStep = (depth: number): number =>
  depth >= 64 ? 6 : depth < 2 ? 0 : 31 - Math.clz32(depth);

export function batchStep(count: number): number {
  if (count === 0) return 0;
  if (count > 64) return 6;
  return count <= 4 ? 1 : 31 - Math.clz32(count - 1);
}

/** The upper bounds of the steps, in ns, us and ms. A latency belongs to the first step whose bound is larger. */
export const BELOW_1000: readonly number[] = [2, 4, 10, 20, 50, 100, 250, 500, 750, 1000];
export const MILLISECONDS: readonly string[] = [...BELOW_1000.map(String), '2000', '>=2000'];

export interface LatencySteps {
  readonly ns: Float64Array;
  readonly us: Float64Array;
  readonly ms: Float64Array;
}

export const createLatencySteps = (): LatencySteps => ({
  ns: new Float64Array(10),
  us: new Float64Array(10),
  ms: new Float64Array(12),
});

export function markLatency(steps: LatencySteps, ns: number): void {
  if (ns < 1000) bump(steps.ns, stepBelow1000(ns));
  else if (ns < 1e6) bump(steps.us, stepBelow1000(Math.floor(ns / 1000)));
  else if (ns < 1e9) bump(steps.ms, stepBelow1000(Math.floor(ns / 1e6)));
  else bump(steps.ms, ns < 2e9 ? 10 : 11);
}

function bump(counts: Float64Array, i: number): void {
  counts[i] = (counts[i] as number) + 1;
}

function stepBelow1000(value: number): number {
  let i = 0;
  while (value >= (BELOW_1000[i] as number)) i++;
  return i;
}

export function addCounts(into: Float64Array, from: Float64Array): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] as number) + (from[i] as number);
}

/** Returns the percentage of `total` in each step. A step that is not empty has at least `least`. */
export const shares = (counts: Float64Array, total: number, least: number): number[] =>
  Array.from(counts, (count) =>
    total === 0 || count === 0 ? 0 : Math.max((100 * count) / total, least),
  );
