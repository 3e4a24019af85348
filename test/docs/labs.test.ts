// The labs of docs/labs print what their .expected says, in any order of events where Linux would too, and are all listed.
import { readdirSync, readFileSync } from 'node:fs';

import type { MachineOptions } from '@dmsim/host';
import { createMachine, runLab } from '@dmsim/host';
import { JITTER, millis, random } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

const folder = new URL('../../docs/labs/', import.meta.url);
const all = [
  ...readdirSync(folder),
  ...['incidents', 'tutorial'].flatMap((under) =>
    readdirSync(new URL(`${under}/`, folder)).map((name) => `${under}/${name}`),
  ),
]
  .filter((name) => name.endsWith('.sh'))
  .map((name) => name.slice(0, -3))
  .toSorted();
/** Labs with guests have a test of their own, in test/qemu. */
const names = all.filter((name) => !name.startsWith('guest-'));
const page = readFileSync(new URL('README.md', folder), 'utf8').split('\n');
const readLab = (name: string): string => readFileSync(new URL(`${name}.sh`, folder), 'utf8');

/** Labs in which Linux breaks an invariant: that is what they are about. */
const BREAKS: Readonly<Record<string, readonly string[]>> = {
  'incidents/lun-behind-an-old-path': [
    "no write reaches a logical unit whose WWID is not the map's",
  ],
  'incidents/last-path-deleted-with-partitions': ['queueing ends when it was promised'],
  'incidents/removal-by-the-daemon-hangs': ['queueing ends when it was promised'],
};

/** Returns its output; it must end well. */
function play(name: string, options: MachineOptions = {}): string {
  let text = '';
  const { outcome, violations } = runLab(createMachine(options), {
    name: `${name}.sh`,
    text: readLab(name),
    onOutput: (_fd, bytes) => {
      text += new TextDecoder().decode(bytes);
    },
  });
  const broken = [...new Set(violations.map(({ invariant }) => invariant))];
  expect([outcome, broken]).toEqual([{ kind: 'exited', status: 0 }, BREAKS[name] ?? []]);
  return text;
}

describe.each(names)('%s', (name) => {
  it('prints what its .expected says', async () => {
    await expect(play(name)).toMatchFileSnapshot(new URL(`${name}.expected`, folder).pathname);
  });

  it('is listed, with what it takes of simctl', () => {
    const row = page.find((line) => line.startsWith(`| [${name}](${name}.sh)`));
    const used = new Set([...readLab(name).matchAll(/\bsimctl ([a-z]+)/g)].map(([, verb]) => verb));
    const listed = row?.split('|').at(-2)?.trim() ?? '?';
    expect(new Set(listed.split(', ').filter((verb) => verb !== ''))).toEqual(used);
  });
});

describe('docs/labs/README.md', () => {
  it.each(all)('lists %s', (name) => {
    expect(page.some((line) => line.startsWith(`| [${name}](${name}.sh)`))).toBe(true);
  });
});

describe('in any order of what is due at one instant', () => {
  // The others print times, which chance decides.
  it.each(['noflush-or-flush', 'path-flapping', 'queue-if-no-path-timeout', 'replug'])(
    '%s prints the same',
    (name) => {
      const text = play(name);
      for (let seed = 1; seed <= 5; seed++) {
        expect(play(name, { chooser: random(seed) })).toBe(text);
      }
    },
  );
});

describe('a race', () => {
  // The seeds that `dmsim explore` would try.
  it.each([
    [
      'incidents/flush-meets-a-probe',
      ['the map is Active\n', 'the map is Gone\n', 'the map is Suspended\n'],
    ],
  ])('of %s ends in each of the ways that its head names', (name, ways) => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= 300 && seen.size < ways.length; seed++) {
      seen.add(play(name, { chooser: random(seed), ...JITTER, slack: millis(1) }));
    }
    expect([...seen].toSorted()).toEqual(ways);
  });
});
