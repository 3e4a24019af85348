import { AssertionFailed } from '@dmsim/sim';
import { expect, it } from 'vitest';

import type { Study } from './run-once.ts';
import { runOnce } from './run-once.ts';

const study: Study = {
  lab: { name: 'lab.sh', text: 'simctl measure answer 42' },
  workload: null,
  fault: null,
  files: [],
  checkInvariants: true,
};
const task = { variables: {}, seed: 1 };

it('tells an error of the simulator from a run that can’t be counted', () => {
  const crashed = runOnce(study, task, {
    drive: () => {
      throw new AssertionFailed('bio 17 is in no queue');
    },
  });
  expect(crashed).toMatchObject({
    kind: 'crashed',
    name: 'AssertionFailed',
    message: 'bio 17 is in no queue',
    stack: expect.stringContaining('run-once.test'),
  });
  expect(runOnce(study, task, {})).toMatchObject({
    kind: 'done',
    result: { figures: { answer: 42 } },
  });
});
