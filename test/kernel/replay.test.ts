// Every lab prints what Linux printed. Those that pass megabytes through many programs do it with DMSIM_TESTS=all only.
import { describe, expect, it } from 'vitest';

import { ALL } from '../share.ts';
import { daemonLabNames, labNames, playLab, readExpected, readLab } from './lab-runner.ts';

/** Labs of more than a second each. */
const LONG = new Set([
  'a-rescue-past-the-page-cache',
  'programs-that-announce-what-they-read',
  'reads-around-a-hole',
  'what-the-page-cache-hides',
]);

describe.each([...labNames(), ...daemonLabNames()])('%s', (name) => {
  it.runIf(ALL || !LONG.has(name))('prints what Linux printed', () => {
    const { text, outcome, violations } = playLab(readLab(name));
    expect({ text, violations, kind: outcome.kind }).toEqual({
      text: readExpected(name),
      violations: [],
      kind: 'exited',
    });
  });
});
