// Every lab prints what Linux printed whatever order the events of an instant come in, and whatever gives I/O back.
import type { MachineOptions } from '@dmsim/host';
import type { ChoiceOptions } from '@dmsim/sim';
import { JITTER, micros, random } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import { ALL, shareOf } from '../share.ts';
import { daemonLabNames, labNames, playLab, readExpected, readLab } from './lab-runner.ts';

/** The labs that were recorded first: each shows one promise of dm, and is tried under more orders than the others. */
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

const SEEDS_OF_FIRST = ALL ? 50 : 10;
/** `DMSIM_SEEDS=200 npx vitest run …` tries more. Of two, one has jitter. */
const SEEDS = Number(process.env['DMSIM_SEEDS'] ?? (ALL ? 4 : 2));

/** Labs that print something else with `pushback`; each must, or it does not belong here. */
const SHOW_PUSHBACK: Readonly<Record<string, string>> = {
  'pushed-back-writes-come-before-deferred':
    'shows the order itself: 6.12 maps again the newest first, the patches of 2006 in order',
  'neighbours-merge-in-a-plug':
    'counts I/O of a striped map: 6.12 has a record for each fragment, the patches of 2006 one for the whole bio',
  'diskstats-of-a-stack': 'counts I/O of a striped map, as above',
  'linear-over-striped-over-linear': 'counts I/O of a striped map, as above',
  'write-back-and-a-table-that-fails': 'counts reads that a table splits, as above',
  'reads-around-a-hole': 'counts reads that a table splits, as above',
  'zeroes-through-stripes': 'counts I/O of a striped map, as above',
  'discards-counted': 'counts discards that a table splits, as above',
  'limits-of-maps-without-devices': 'counts I/O of maps of two targets, as above',
};

/** Says what went wrong; null if nothing did. */
function difference(name: string, options: MachineOptions): string | null {
  const { text, outcome, violations } = playLab(readLab(name), options);
  if (outcome.kind !== 'exited') return JSON.stringify(outcome);
  if (violations.length > 0) return JSON.stringify(violations);
  return text === readExpected(name) ? null : text;
}

/** The first seed of `1 … seeds` with another outcome, and what it was. Even seeds have the jitter of a machine, too. */
function firstDifference(
  name: string,
  seeds: number,
  late: ChoiceOptions = JITTER,
): { seed: number; what: string } | null {
  for (let seed = 1; seed <= seeds; seed++) {
    const jitter = seed % 2 === 0 ? late : {};
    const what = difference(name, { chooser: random(seed), ...jitter });
    if (what !== null) return { seed, what };
  }
  return null;
}

describe('with pushback, the way of 2006,', () => {
  const names = labNames().filter((name) => !Object.hasOwn(SHOW_PUSHBACK, name));
  it.each(shareOf(names, 24))('%s prints what Linux printed', (name) => {
    expect(difference(name, { requeue: 'pushback' })).toBeNull();
  });

  it.each(Object.entries(SHOW_PUSHBACK))('%s prints something else: it %s', (name) => {
    expect(difference(name, { requeue: 'pushback' })).not.toBeNull();
  });
});

/** Labs in which something that comes a millisecond late gives another line, as it may on Linux, and what it is. */
const HASTY: Readonly<Record<string, string>> = {
  'reload-resets-path-states':
    'counts events: two that a path raises are one if the worker comes after the second',
};

/** Labs with a race in one instant, of which the recording shows one end. */
const RACES: Readonly<Record<string, string>> = {
  'replaced-by-an-error-table-under-io':
    'dmsetup remove --force swaps in an error table and removes the map at once: the writer may have closed it by then, or not',
  'remove-force-while-a-delay-holds':
    'dmsetup remove --force ends the I/O by a suspend and removes the map soon after: here its writer may take longer to close it',
  'bio-map-over-flakey-and-error-maps':
    'a read is sent beside a write that fails the last path: it may be over before that',
};

// All others don't depend on the order in one instant, nor on what a command or a disk takes: what they wait for they wait for
// with a sleep that is long enough.
describe('in any order of what is due at one instant, or within a millisecond', () => {
  const names = labNames().filter((name) => !Object.hasOwn({ ...HASTY, ...RACES }, name));
  const others = names.filter((name) => !FIRST.has(name));
  it.each([...FIRST, ...shareOf(others, 24)])('%s prints what Linux printed', (name) => {
    const seeds = FIRST.has(name) ? Math.max(SEEDS, SEEDS_OF_FIRST) : SEEDS;
    expect(firstDifference(name, seeds)).toBeNull();
  });

  it.each(Object.entries(HASTY))(
    '%s prints what Linux printed if only the order at one instant differs: it %s',
    (name) => {
      expect(firstDifference(name, SEEDS, {})).toBeNull();
    },
  );

  it.each(Object.entries(RACES))('%s has another end, too: %s', (name) => {
    expect(firstDifference(name, 20, {})).not.toBeNull();
  });
});

/** Labs with a line that Linux does not fix, and the race that it is. */
const NOT_FIXED: Readonly<Record<string, string>> = {
  'daemon-deferred-removal-cancelled':
    'a map goes with its last opener: the second of a checker may come before the uevent, and its message finds no map',
  'daemon-ghost-paths':
    'a map is removed and made again at once: the uevent of the removal may reach the daemon after the new map is there',
  'multipath-create-and-flush':
    'a process in the background is to have the map open before the next command flushes it, and nothing says that it has',
};

/**
 * Less than the millisecond for which the daemon waits for a checker: a machine on which a thread that is ready gets no
 * processor for longer reports paths as pending, on Linux too.
 */
const DAEMON_JITTER = { ...JITTER, slack: micros(500) };

/** `DMSIM_SEEDS=20` gives every lab all of these. Where all is tested, each lab has some of them, the next one others; otherwise a ninth of the labs have one. */
const DAEMON_SEEDS = 20;
const ALL_SEEDS = Array.from({ length: DAEMON_SEEDS }, (_, i) => i + 1);
const [SEEDS_A_LAB, LABS] = SEEDS >= DAEMON_SEEDS ? [DAEMON_SEEDS, 1] : ALL ? [6, 1] : [1, 9];

describe('with the daemon, in any order of what is due within half a millisecond,', () => {
  const names = daemonLabNames().filter((name) => !Object.hasOwn(NOT_FIXED, name));
  const withFirst = names.map((name, i) => [name, i % DAEMON_SEEDS] as const);

  it.each(shareOf(withFirst, LABS))('%s prints what Linux printed', (name, first) => {
    const seeds = [...ALL_SEEDS.slice(first), ...ALL_SEEDS].slice(0, SEEDS_A_LAB);
    const wrong = seeds.filter(
      (seed) => difference(name, { chooser: random(seed), ...DAEMON_JITTER }) !== null,
    );
    expect(wrong).toEqual([]);
  });
});
