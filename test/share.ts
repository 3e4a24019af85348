// share.ts — The share of the long tests that runs: all of them with DMSIM_TESTS=all, as in .ci/run.

export const ALL: boolean = process.env['DMSIM_TESTS'] === 'all';

/** The time-out of a test that makes as many runs as it is told to, in ms. */
export const LONG = 3_600_000;

/** How many runs a search makes whose share is `runs`: ten times as many when all is tested, and as many as DMSIM_RUNS says. */
export const times = (runs: number): number =>
  Number(process.env['DMSIM_RUNS'] ?? (ALL ? 10 * runs : runs));

/** The share of a long list that is tested: the whole list with DMSIM_TESTS=all, else every `nth` of it. */
export const shareOf = <T>(list: readonly T[], nth: number): readonly T[] =>
  ALL ? list : list.filter((_, i) => i % nth === 0);
