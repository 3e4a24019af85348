export { replayDifferences, replayQmp } from './replay.ts';

export type { Difference, ReplayOptions } from './replay.ts';
