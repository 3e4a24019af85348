import { alua, emc, HARDWARE_HANDLERS, hpSw, rdac } from '@dmsim/multipath';
import { expect, it } from 'vitest';

import { handlerContract } from './hardware-handler.case.ts';

const noParams = [
  {
    reason: 'it has no parameters',
    tests: ['takes the parameters it knows and refuses others'],
  },
];

handlerContract(alua, {
  goodParams: [['0'], ['1'], ['01']],
  badParams: [[], ['2'], ['x'], ['1', '1'], ['foo', 'bar']],
  skip: [
    {
      reason: 'the array decides which ports are optimized',
      tests: ['moves the unit to a passive path'],
    },
  ],
});
handlerContract(emc, {
  goodParams: [
    ['0', '1'],
    ['1', '0'],
  ],
  badParams: [[], ['1'], ['2', '0'], ['0', '-1'], ['0', '0', '0']],
});
handlerContract(hpSw, { skip: noParams });
handlerContract(rdac, { skip: noParams });

it('covers every handler of the module', () => {
  expect(HARDWARE_HANDLERS).toEqual([alua, emc, hpSw, rdac]);
});
