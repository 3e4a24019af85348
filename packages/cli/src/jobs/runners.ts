// runners.ts — The function for each kind of work that runs a piece, in this thread, in another one, or on another machine.
import type { BatchResult, NumberedBatch } from '@dmsim/kit';
import type { RunOutcome, RunTask } from '@dmsim/study';

import type { SharedExploration } from '../explore/runner.ts';
import { explorationRunner } from '../explore/runner.ts';
import type { SharedStudy } from '../study/runner.ts';
import { studyRunner } from '../study/runner.ts';

/** By kind: what all pieces share, a piece, its answer. */
export interface Runners {
  readonly study: {
    readonly shared: SharedStudy;
    readonly piece: readonly RunTask[];
    readonly answer: readonly RunOutcome[];
  };
  readonly explore: {
    readonly shared: SharedExploration;
    readonly piece: NumberedBatch;
    readonly answer: BatchResult;
  };
}

export interface Job<K extends keyof Runners = keyof Runners> {
  readonly kind: K;
  readonly shared: Runners[K]['shared'];
}

export type Runner<K extends keyof Runners> = (piece: Runners[K]['piece']) => Runners[K]['answer'];

const RUNNERS: {
  readonly [K in keyof Runners]: (shared: Runners[K]['shared']) => Promise<Runner<K>>;
} = {
  study: studyRunner,
  explore: explorationRunner,
};

export const runnerOf = <K extends keyof Runners>({ kind, shared }: Job<K>): Promise<Runner<K>> =>
  RUNNERS[kind](shared);
