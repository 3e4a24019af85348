// Mistakes made on purpose: each is found by the property that guards against it, and by the invariant that is about it.
import { describe, expect, it } from 'vitest';

import type { Requeue } from '../properties/check-property.ts';
import type { Mutation } from './run-mutant.ts';
import { runMutant } from './run-mutant.ts';

const RUNS = 3000;
const TIMEOUT = 120_000;

interface Case extends Mutation {
  readonly requeue: Requeue;
  /** The invariant that breaks. */
  readonly breaks: string;
}

const MISTAKES: readonly Case[] = [
  {
    name: 'pushed-back bios are put behind those that were deferred',
    file: 'dm/src/requeue.ts',
    replace: '  bioListMergeHead(deferred, given);',
    by: `  for (let bio = given.head; bio !== null; bio = given.head) {
    given.head = bio.next;
    bioListAdd(deferred, bio);
  }
  given.tail = null;
  given.length = 0;`,
    requeue: 'pushback',
    breaks: 'pushed-back I/O goes before deferred I/O',
  },
  {
    name: 'a bio that is pushed back goes to the tail of deferred',
    file: 'dm/src/requeue.ts',
    replace: '    bioListAddHead(md.deferred, io.orig);',
    by: '    bioListAdd(md.deferred, io.orig);',
    requeue: 'deferred-head',
    breaks: 'pushed-back I/O goes before deferred I/O',
  },
  {
    name: 'the noflush flag is cleared before the wait is over',
    file: 'dm/src/suspend.ts',
    replace:
      "  const wake = yield* waitForCompletion(md, { interruptible: flag === 'suspended' });",
    by: `  endNoflush(md, noflush);
  const wake = yield* waitForCompletion(md, { interruptible: flag === 'suspended' });`,
    requeue: 'deferred-head',
    breaks: 'no path loss is seen while I/O is queued',
  },
  {
    name: 'a path that is reinstated does not kick the queue',
    file: 'multipath/src/path-state.ts',
    replace: `  if (isFirst) {
    runMdQueueAsync(m);
    processQueuedIoList(m);
  }
  retryQueuedBios(m);
  disableNopathTimeout(m);`,
    by: '  disableNopathTimeout(m);',
    requeue: 'deferred-head',
    breaks: 'queued I/O uses a path that is there',
  },
  {
    name: 'a table is replaced without waiting for the I/O in it',
    file: 'dm/src/ioctl/suspend.ts',
    replace: '      const error = yield* suspend(md, options);\n',
    by: '      const error = undefined; md.suspended = true; void options; void suspend;\n',
    requeue: 'deferred-head',
    breaks: 'a destroyed table has no I/O',
  },
  {
    name: 'the saved queue_if_no_path is forgotten at resume',
    file: 'multipath/src/suspend.ts',
    replace: '  m.queueIfNoPath = true;',
    by: '  m.queueIfNoPath = false;',
    requeue: 'deferred-head',
    breaks: 'no path loss is seen while I/O is queued',
  },
];

describe.each(MISTAKES)('when $name', (mistake) => {
  it(`"${mistake.breaks}" is broken`, { timeout: TIMEOUT }, () => {
    const { reason, runs, commands } = runMutant(mistake, { requeue: mistake.requeue, runs: RUNS });
    if (reason === null) return expect.fail(`nothing was found in ${runs} runs`);
    expect(reason).toContain(mistake.breaks);
    expect(commands).toBeLessThanOrEqual(12);
  });
});

it.each(['deferred-head', 'pushback'] as const)(
  'without a mistake nothing is found with requeue: %s',
  { timeout: TIMEOUT },
  (requeue) => {
    expect(runMutant(null, { requeue, runs: 500 })).toMatchObject({ reason: null, runs: 500 });
  },
);
