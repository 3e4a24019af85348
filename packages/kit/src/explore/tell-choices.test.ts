import type { Deviation } from '@dmsim/sim';
import { expect, it } from 'vitest';

import { tellChoices } from './tell-choices.ts';

const choice = (at: number | null, what: string, instead: string): Deviation => ({
  nth: 0,
  choice: 1,
  at,
  what,
  instead,
});

it('tells in one line what goes before the same event at the same instant', () => {
  expect(
    tellChoices([
      choice(1e9, 'a', 'worker'),
      choice(1e9, 'b', 'worker'),
      choice(1e9, 'c', 'timer'),
      choice(2e9, 'd', 'timer'),
      choice(null, 'the start of dd', 'takes 2 times as long'),
      choice(null, 'the start of ls', 'takes 2 times as long'),
    ]),
  ).toEqual([
    'at 1.000000 s: a, then b before worker',
    'at 1.000000 s: c before timer',
    'at 2.000000 s: d before timer',
    'the start of dd takes 2 times as long',
    'the start of ls takes 2 times as long',
  ]);
});
