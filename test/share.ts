// share.ts — How much of the long tests runs: all of it with DMSIM_TESTS=all, as in .ci/run, and else a share.

export const ALL: boolean = process.env['DMSIM_TESTS'] === 'all';
