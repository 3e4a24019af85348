// Bugs that dm had: each is found by the properties with their default settings, and made small. What takes many runs is left
// to DMSIM_TESTS=all.
import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ALL, shareOf } from '../share.ts';
import { EXHIBITS } from './exhibits.ts';
import type { JudgeOptions, Verdict } from './judge.ts';
import { storyOf } from './museum-page.ts';
import type { Museum } from './run-exhibit.ts';
import { openMuseum, settingsOf } from './run-exhibit.ts';

const DEFAULTS: JudgeOptions = {
  requeue: 'deferred-head',
  runs: 2000,
  seed: 1,
  strategy: 'random',
  slack: 1_000_000,
};

/** The runs of a search in which there is nothing to find. */
const FRUITLESS_RUNS = ALL ? 2000 : 30;
const COMMON = Object.entries(EXHIBITS).filter(([, { rare = false }]) => ALL || !rare);
const SHOWN = shareOf(COMMON, 8);

let museum: Museum;
/** All at once: the museum lets two in at a time. */
const visits = new Map<string, Promise<Verdict>>();

beforeAll(async () => {
  museum = await openMuseum();
  for (const [name, exhibit] of SHOWN) {
    const visit = museum.judge(exhibit, { ...DEFAULTS, ...settingsOf(exhibit) });
    // Told by the test that waits for it.
    visit.catch(() => undefined);
    visits.set(name, visit);
  }
});
afterAll(() => museum.close());

describe.each(SHOWN)('%s', (name, { title, breaks }) => {
  it(`is found: ${title}`, async () => {
    const { found, runs } = (await visits.get(name)) as Verdict;
    if (found === null) return expect.fail(`nothing was found in ${runs} runs`);
    expect(found.reason.slice(0, breaks.length)).toBe(breaks);
    expect(found.commands).toBeLessThanOrEqual(12);
  });
});

it('has only exhibits that fit the source as it is', () => {
  for (const exhibit of Object.values(EXHIBITS)) expect(() => museum.fit(exhibit)).not.toThrow();
});

it('has a page that tells the story of each', () => {
  const page = readFileSync(new URL('../../docs/museum.md', import.meta.url), 'utf8');
  const words = (text: string): string => text.replaceAll(/\s+/g, ' ');
  for (const [name, exhibit] of Object.entries(EXHIBITS)) {
    expect(words(page)).toContain(words(storyOf(name, exhibit).join('\n')));
    expect(page).toContain(`| [${name}](#${name})`);
  }
});

it('holds at least twenty exhibits, each with its source and its story', () => {
  const exhibits = Object.values(EXHIBITS);
  expect(exhibits.length).toBeGreaterThanOrEqual(20);
  for (const { source, story } of exhibits) {
    expect(source).not.toBe('');
    expect([1, 2, 3, 4, 5]).toContain(story.length);
  }
});

it('finds without slack no bug that takes slack', async () => {
  const slackers = Object.values(EXHIBITS).filter(({ takesSlack }) => takesSlack === true);
  expect(slackers.length).toBeGreaterThanOrEqual(3);
  const verdicts = await Promise.all(
    slackers.map((exhibit) => {
      const options = { ...DEFAULTS, ...settingsOf(exhibit), runs: FRUITLESS_RUNS, slack: 0 };
      return museum.judge(exhibit, options);
    }),
  );
  expect(verdicts.filter(({ found }) => found !== null)).toEqual([]);
});

it.each(['deferred-head', 'pushback'] as const)(
  'finds nothing in the code as it is, with requeue: %s',
  async (requeue) => {
    const { found } = await museum.judge(null, { ...DEFAULTS, requeue, runs: FRUITLESS_RUNS });
    expect(found).toBeNull();
  },
);
