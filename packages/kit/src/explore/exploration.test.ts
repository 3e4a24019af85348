import { expect, it } from 'vitest';

import { createExploration, nextBatch, takeResult } from './exploration.ts';
import { createTally } from './tally.ts';

it('takes more branches from one batch than a call can have arguments', () => {
  const exploration = createExploration({
    strategy: 'exhaustive',
    runs: 1e6,
    seed: 1,
    maxDeviations: Infinity,
  });
  const { number } = nextBatch(exploration) ?? { number: -1 };
  const branches = Array.from({ length: 300_000 }, (_, i) => [[i, 1] as const]);
  takeResult(exploration, number, { tally: createTally(), branches });
  expect(exploration.branches).toHaveLength(300_001);
});
