// Every lab prints what Linux printed whatever order the events of an instant come in, and whatever gives I/O back.
import type { MachineOptions } from '@dmsim/host';
import { JITTER, random } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import { labNames, playLab, readExpected, readLab } from './lab-runner.ts';

/** Those recorded first: each shows one promise of dm, and is tried under more orders than the others. */
const FIRST: ReadonlySet<string> = new Set([
  'bad-multipath-tables',
  'bio-mode-queue',
  'failover-data',
  'flush-loses-queued',
  'messages',
  'replug',
  'replug-bio',
  'stat-round-robin',
  'suspend-states',
  'targets',
]);

const SEEDS_OF_FIRST = 50;
/** `DMSIM_SEEDS=200 npx vitest run …` tries more. */
const SEEDS = Number(process.env['DMSIM_SEEDS'] ?? 5);

/** Labs that print something else with `pushback`; each must, or it does not belong here. */
const SHOW_PUSHBACK: Readonly<Record<string, string>> = {
  'pushed-back-writes-come-before-deferred':
    'shows the order itself: 6.12 maps again the newest first, the patches of 2006 in order',
  'neighbours-merge-in-a-plug':
    'counts I/O of a striped map: 6.12 has a record for each fragment, the patches of 2006 one for the whole bio',
};

/** What went wrong, or null. */
function difference(name: string, options: MachineOptions): string | null {
  const { text, outcome, violations } = playLab(readLab(name), options);
  if (outcome.kind !== 'exited') return JSON.stringify(outcome);
  if (violations.length > 0) return JSON.stringify(violations);
  return text === readExpected(name) ? null : text;
}

/** The first seed of `1 … seeds` with another outcome, and what it was. Even seeds have the jitter of a machine, too. */
function firstDifference(name: string, seeds: number): { seed: number; what: string } | null {
  for (let seed = 1; seed <= seeds; seed++) {
    const jitter = seed % 2 === 0 ? JITTER : {};
    const what = difference(name, { chooser: random(seed), ...jitter });
    if (what !== null) return { seed, what };
  }
  return null;
}

describe('with deferred-head, the way of 6.12,', () => {
  it.each(labNames())('%s', (name) => {
    expect(difference(name, { requeue: 'deferred-head' })).toBeNull();
  });
});

describe('with pushback, the way of 2006,', () => {
  it.each(labNames().filter((name) => !Object.hasOwn(SHOW_PUSHBACK, name)))('%s', (name) => {
    expect(difference(name, { requeue: 'pushback' })).toBeNull();
  });

  it.each(Object.entries(SHOW_PUSHBACK))('%s %s', (name) => {
    expect(difference(name, { requeue: 'pushback' })).not.toBeNull();
  });
});

// No lab is left out: none that was recorded, twice with the same outcome, depends on the order in one instant, nor on
// what a command or a disk takes: what it waits for it waits for with a sleep that is long enough.
describe('in any order of what is due at one instant, or within a millisecond', () => {
  it.each(labNames())('%s', (name) => {
    const seeds = FIRST.has(name) ? Math.max(SEEDS, SEEDS_OF_FIRST) : SEEDS;
    expect(firstDifference(name, seeds)).toBeNull();
  });
});
