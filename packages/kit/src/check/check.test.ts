import { BLOCK_TRACE } from '@dmsim/block';
import { DM_TRACE } from '@dmsim/dm';
import type { Invariant } from '@dmsim/observe';
import { expect, it } from 'vitest';

import { anySchedule } from '../arbitraries/schedules.ts';
import { failureText } from './check.ts';
import { search } from './search.ts';

const seeing = (see: () => void, more: Partial<Invariant> = {}): Invariant => ({
  name: 'mine',
  meaning: '',
  points: [DM_TRACE.dm_suspend.code],
  start: () => ({ see }),
  ...more,
});

/** The text of the failure; empty without one. */
function said(invariant: Invariant): string {
  const { failure } = search(anySchedule({ minCommands: 3, maxCommands: 8 }), {
    runs: 60,
    invariants: [invariant],
  });
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

it('shrinks to no schedule that a filter leaves out', () => {
  const atLeastFive = anySchedule().filter(({ commands }) => commands.length >= 5);
  const { failure } = search(atLeastFive, { runs: 1, judge: () => 'always' });
  expect(failure?.schedule.commands).toHaveLength(5);
});

it('makes a failure small that takes another order than the usual one, and it comes again with the choices that are left', () => {
  const { block_rq_issue: issue, block_rq_complete: complete } = BLOCK_TRACE;
  const inTurn = seeing(() => undefined, {
    points: [issue.code, complete.code],
    start({ report }) {
      const issued = new Map<number, number[]>();
      return {
        see({ at, dev, id, point }) {
          const waiting = issued.get(dev) ?? [];
          issued.set(
            dev,
            point === issue.code ? [...waiting, id] : waiting.filter((n) => n !== id),
          );
          if (point === complete.code && waiting.indexOf(id) > 0)
            report({ message: 'overtakes', at });
        },
      };
    },
  });
  const { failure } = search(anySchedule(), { runs: 60, slack: 0, invariants: [inTurn] });
  expect(failure).toMatchObject({ reason: 'mine: overtakes', repeats: true });
  expect(failure?.choices).toHaveLength(1);
  expect(failure?.schedule.commands).toHaveLength(2);
});
