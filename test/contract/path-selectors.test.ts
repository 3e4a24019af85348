import {
  historicalServiceTime,
  ioAffinity,
  PATH_SELECTORS,
  queueLength,
  roundRobin,
  serviceTime,
} from '@dmsim/multipath';
import { expect, it } from 'vitest';

import { firstPath } from './first-path.case.ts';
import { selectorContract } from './path-selector.case.ts';

selectorContract(roundRobin);
selectorContract(queueLength);
selectorContract(serviceTime);
selectorContract(historicalServiceTime, {
  selectorArgs: ['972', '2'],
  skip: [
    {
      reason: 'it remembers how long each I/O took',
      tests: ['is as it was when an I/O has come and gone'],
    },
  ],
});
selectorContract(ioAffinity, {
  pathArgs: (index) => [(1 << index).toString(16)],
  skip: [
    {
      reason: 'it follows the CPU, which is always the same here',
      tests: [
        'chooses every idle path in its turn',
        'chooses among all again after each has failed and come back',
        'gives every path its share of a steady load, and again when it was lost and has come back',
      ],
    },
  ],
});
selectorContract(firstPath, {
  skip: [
    {
      reason: 'to use one path only is what it is for',
      tests: [
        'chooses every idle path in its turn',
        'chooses among all again after each has failed and come back',
        'gives every path its share of a steady load, and again when it was lost and has come back',
      ],
    },
  ],
});

it('covers every selector of the module', () => {
  const covered = [roundRobin, queueLength, serviceTime, historicalServiceTime, ioAffinity];
  expect(PATH_SELECTORS.map(({ name }) => name)).toEqual(covered.map(({ name }) => name));
});
