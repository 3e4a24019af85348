import { DM_TRACE } from '@dmsim/dm';
import type { Invariant } from '@dmsim/observe';
import { expect, it } from 'vitest';

import { anySchedule } from '../arbitraries/schedules.ts';
import { failureText, search } from './check.ts';

const seeing = (see: () => void, more: Partial<Invariant> = {}): Invariant => ({
  name: 'mine',
  meaning: '',
  points: [DM_TRACE.dm_suspend.code],
  start: () => ({ see }),
  ...more,
});

/** The text of the failure; empty without one. */
function said(invariant: Invariant): string {
  const { failure } = search(anySchedule(), { runs: 60, invariants: [invariant] });
  return failure === null ? '' : failureText(failure);
}

function throwOops(): never {
  throw new Error('oops');
}

it('blames the invariant that throws, with its error, and no other one', () => {
  expect(said(seeing(throwOops))).toMatch(
    /^the invariant "mine": see threw: oops\nError: oops\n +at .*throwOops/,
  );
  const start = seeing(() => undefined, { start: throwOops });
  expect(said(start)).toMatch(/^the invariant "mine": start threw: oops\n/);
  const end = seeing(() => undefined, { start: () => ({ see: () => undefined, end: throwOops }) });
  expect(said(end)).toMatch(/^the invariant "mine": end threw: oops\n/);
});

it('says so when a failure does not come again with the same choices', () => {
  let seen = 0;
  const outlives = seeing(() => undefined, {
    start: ({ report }) => ({
      see({ at }) {
        if (++seen === 20) report({ message: 'it was the twentieth', at });
      },
    }),
  });
  expect(said(outlives)).toMatch(
    /^mine: it was the twentieth\nA second run of the same schedule and the same choices did not fail\./,
  );
  const always = seeing(() => undefined, {
    start: ({ report }) => ({ see: ({ at }) => report({ message: 'always', at }) }),
  });
  expect(said(always)).toMatch(/^mine: always\nIt /);
});
