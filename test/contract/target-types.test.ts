import type { TargetType } from '@dmsim/dm';
import {
  delayTarget,
  dustTarget,
  errorTarget,
  flakeyTarget,
  linearTarget,
  stripedTarget,
  zeroTarget,
} from '@dmsim/dm';
import { createMultipathModule } from '@dmsim/multipath';
import { createSim } from '@dmsim/sim';

import { targetContract } from './target-type.case.ts';

targetContract(linearTarget, { params: '1:0 8' });
targetContract(stripedTarget, { params: '2 16 1:0 0 1:1 0' });
targetContract(delayTarget, { params: '1:0 0 20' });
targetContract(dustTarget, { params: '1:0 0 512' });
targetContract(flakeyTarget, { params: '1:0 0 60 0' });
targetContract(errorTarget, {
  params: '',
  skip: [
    {
      reason: 'Linux takes any number of words but two for none',
      tests: [
        'refuses a table line with a word too many, says why in the log, and holds no device for it',
      ],
    },
  ],
});
targetContract(zeroTarget, { params: '' });
targetContract(createMultipathModule(createSim()).target, {
  create: (sim) => createMultipathModule(sim).target as unknown as TargetType,
  params: '3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 2 1 1:0 1 1:1 1',
});
